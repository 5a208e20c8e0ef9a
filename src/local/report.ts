import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { isTimeZone } from '../config.ts';
import type { Meeting, Snapshot } from '../domain/meeting.ts';
import { defaultPolicy, type PolicyVersion } from '../domain/policy.ts';
import { toReport } from '../domain/report.ts';
import { FeishuError, wordFor } from '../feishu/error.ts';
import { parsePage } from '../feishu/participants.ts';
import type { DetailLevel } from '../feishu/row.ts';
import { PolicyError, parsePolicy, versionOf } from '../store/policies.ts';
import { renderWorkbook } from '../workbook/render.ts';
import { toResult } from './result.ts';

/** Judges a saved fetch offline: `npm run report -- --meeting m.json --participants p.json --out r.xlsx`. */

/** The user's input is not usable; the message is one line that names file, path and problem. */
class InputError extends Error {
  override readonly name = 'InputError';
}

const usage =
  'Usage: npm run report -- --meeting m.json --participants p.json [--policy policy.json] [--locale zh|en] [--time-zone Z] [--detail full] --out r.xlsx [--json r.json]';

/** npm runs scripts in the package's folder; a path means the folder the user typed it in. */
const typedIn = process.env.npm_lifecycle_event === 'report' ? (process.env.INIT_CWD ?? '.') : '.';

/** Strict UTF-8, for a file in another encoding would misspell names in silence; a byte order mark is skipped. */
const readJson = async (file: string): Promise<unknown> => {
  const bytes = await readFile(resolve(typedIn, file)).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${file}: cannot be read (${error.code ?? 'unknown'}); give the path of a JSON file`);
  });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new InputError(`${file}: is not valid JSON in UTF-8`);
  }
};

/** The problem of a parse as `path: message`; the first one, for the message is one line. */
const firstIssue = (error: z.ZodError): string => {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || 'the whole file'}: ${issue.message}` : 'is not as expected';
};

const seconds = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], 'must be Unix seconds')
  .refine((value) => Number.isSafeInteger(value) && value >= 0 && value < 1e11, 'must be whole Unix seconds');

const meetingFile = z
  .object({
    instanceId: z.string('must be a text'),
    meetingNo: z.string('must be a text'),
    topic: z.string('must be a text'),
    startTime: seconds,
    endTime: seconds,
    ownerOpenId: z.string('must be a text').nullish(),
  })
  .refine((meeting) => meeting.endTime >= meeting.startTime, {
    path: ['endTime'],
    message: 'must not be before startTime',
  });

const readMeeting = async (file: string): Promise<Meeting> => {
  const parsed = meetingFile.safeParse(await readJson(file));
  if (!parsed.success) throw new InputError(`${file}: ${firstIssue(parsed.error)}`);
  const { instanceId, meetingNo, topic, startTime, endTime, ownerOpenId } = parsed.data;
  return { instanceId, meetingNo, topic, startsAt: startTime, endsAt: endTime, ownerOpenId: ownerOpenId ?? '' };
};

/** An answer that Feishu gave instead of a page has no rows to judge. */
const refuseFailure = (answer: unknown): void => {
  const { code } = z.object({ code: z.unknown().optional() }).catch({}).parse(answer);
  if (typeof code === 'number' && code !== 0)
    throw new FeishuError(
      wordFor(code) ?? 'UNKNOWN',
      `code: is ${code}: Feishu refused this call; save an answer with code 0`,
    );
};

const readSnapshot = async (file: string, detail: DetailLevel): Promise<Snapshot> => {
  const json = await readJson(file);
  const answers: unknown[] = Array.isArray(json) ? json : [json];
  if (answers.length === 0) throw new InputError(`${file}: holds no page; save at least one answer of Feishu`);
  const pages = answers.map((each, index) => {
    try {
      refuseFailure(each);
      return parsePage(each, detail);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      throw new InputError(`${file}: ${Array.isArray(json) ? `[${index}].` : ''}${error.message}`);
    }
  });
  return {
    participants: pages.flatMap((page) => page.items),
    complete: pages.at(-1)?.hasMore === false,
    proof: null,
    pages: pages.length,
    reads: 1,
    calls: null,
    fetchedAt: null,
    announced: null,
    webinar: false,
  };
};

const readPolicy = async (file: string | undefined): Promise<PolicyVersion> => {
  if (file === undefined) return versionOf(defaultPolicy);
  try {
    return versionOf(parsePolicy(await readJson(file)));
  } catch (error) {
    if (error instanceof PolicyError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
};

const oneOf = <const T extends string>(option: string, value: string, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new InputError(`--${option}: must be ${allowed.join(' or ')}, not ${value}`);
  return found;
};

const parseOptions = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...args],
      tokens: true,
      options: {
        meeting: text,
        participants: text,
        policy: text,
        locale: { ...text, default: 'zh' },
        'time-zone': { ...text, default: 'Asia/Shanghai' },
        detail: { ...text, default: 'standard' },
        out: text,
        json: text,
      },
    });
  } catch (error) {
    throw new InputError(`${error instanceof Error ? error.message.split('\n')[0] : error} — ${usage}`);
  }
};

/** One value for each option: of two, nobody can tell which is meant. */
const readOptions = (args: readonly string[]) => {
  const { values, tokens } = parseOptions(args);
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (given.has(token.name)) throw new InputError(`--${token.name}: is given twice`);
    if (token.value === '') throw new InputError(`--${token.name}: is empty`);
    given.add(token.name);
  }
  return values;
};

/** The same for every path that leads to one file, also through a link; of a file that is not there yet, its path. */
const fileAt = async (path: string): Promise<string> => {
  const file = resolve(typedIn, path);
  return stat(file, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => file,
  );
};

const write = (file: string, data: AsyncIterable<Uint8Array> | string) =>
  writeFile(resolve(typedIn, file), data).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${file}: cannot be written (${error.code ?? 'unknown'}); does its folder exist?`);
  });

const run = async (args: readonly string[]): Promise<void> => {
  const options = readOptions(args);
  const { meeting: meetingPath, participants: participantsPath, out } = options;
  if (!meetingPath) throw new InputError(`--meeting: is missing — ${usage}`);
  if (!participantsPath) throw new InputError(`--participants: is missing — ${usage}`);
  if (!out) throw new InputError(`--out: is missing — ${usage}`);
  const paths = [meetingPath, participantsPath, options.policy].filter((path) => path !== undefined);
  const inputs = await Promise.all(paths.map(fileAt));
  const outFile = await fileAt(out);
  if (inputs.includes(outFile)) throw new InputError(`--out: ${out} is an input; give another file`);
  if (options.json !== undefined && [...inputs, outFile].includes(await fileAt(options.json)))
    throw new InputError(`--json: ${options.json} is an input or --out; give another file`);
  const locale = oneOf('locale', options.locale, ['zh', 'en']);
  const detail = oneOf('detail', options.detail, ['standard', 'full']);
  const timeZone = options['time-zone'];
  if (!isTimeZone(timeZone))
    throw new InputError(`--time-zone: ${timeZone} is not an IANA time zone such as Asia/Shanghai`);

  const report = toReport({
    meeting: await readMeeting(meetingPath),
    snapshot: await readSnapshot(participantsPath, detail),
    policy: await readPolicy(options.policy),
    provenance: { jobId: '', reason: 'offline', sourceEventId: '', requestedBy: '', appVersion: packageJson.version },
  });
  await write(out, renderWorkbook(report, { locale, timeZone }));
  if (options.json !== undefined) await write(options.json, `${JSON.stringify(toResult(report), null, 2)}\n`);
};

run(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  // One line, whatever was typed: what it quotes may hold line breaks or a terminal's control codes.
  console.error(error.message.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  process.exitCode = 2;
});
