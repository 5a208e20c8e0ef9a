import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { handlerNames } from '../../.build/handlers.ts';

export type Resource = { Type: string; Properties: Record<string, unknown>; [key: string]: unknown };
export type Template = {
  Resources: Record<string, Resource>;
  Conditions: Record<string, unknown>;
  Outputs: Record<string, unknown>;
};

/** What CloudFormation fills in when it deploys, so that names and ARNs can be read. */
const pseudo: Record<string, string> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'ap-southeast-1',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * serverless.yml packaged with the given parameters, offline and with no credentials, from artifacts that hold nothing.
 * @throws when osls warns of anything.
 */
export const packaged = async (params: Record<string, string> = {}): Promise<Template> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-stack-'));
  try {
    await cp('serverless.yml', join(folder, 'serverless.yml'));
    await cp('.stack', join(folder, '.stack'), { recursive: true });
    await mkdir(join(folder, 'dist'));
    for (const name of handlerNames) await writeFile(join(folder, 'dist', `${name}.zip`), zipSync({}));
    const osls = resolve('node_modules/osls/bin/serverless.js');
    const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
    const said = await promisify(execFile)(process.execPath, [osls, 'package', ...given], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, SLS_TELEMETRY_DISABLED: '1' },
    });
    if (/warning|deprecat/i.test(said.stdout + said.stderr)) throw new Error(said.stdout + said.stderr);
    const file = join(folder, '.serverless/cloudformation-template-update-stack.json');
    return JSON.parse(await readFile(file, 'utf8')) as Template;
  } finally {
    await rm(folder, { recursive: true });
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The template as CloudFormation would read it: conditions decided, references replaced by names such as `<Bucket>` and
 * `<Bucket.Arn>`, and what refers to `AWS::NoValue` left out.
 */
export const resolved = ({ Conditions, Resources }: Template): Record<string, Resource> => {
  const nothing = Symbol('AWS::NoValue');
  const condition = (value: unknown): boolean => {
    if (!isObject(value)) throw new Error(`no condition: ${JSON.stringify(value)}`);
    const [[name, argument] = []] = Object.entries(value);
    const list = argument as unknown[];
    if (name === 'Fn::Not') return !condition(list[0]);
    if (name === 'Fn::Equals') return String(fill(list[0])) === String(fill(list[1]));
    throw new Error(`unknown condition ${name}`);
  };
  const refer = (name: string): unknown => (name === 'AWS::NoValue' ? nothing : (pseudo[name] ?? `<${name}>`));
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill).filter((each) => each !== nothing);
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const [[name, argument] = []] = entries;
    if (entries.length === 1 && name === 'Ref') return refer(String(argument));
    if (entries.length === 1 && name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
    if (entries.length === 1 && name === 'Fn::Sub') {
      if (typeof argument !== 'string') throw new Error('Fn::Sub with a map is not read here');
      return argument.replaceAll(/\$\{([^}]+)\}/g, (_, each: string) => pseudo[each] ?? `<${each}>`);
    }
    if (entries.length === 1 && name === 'Fn::If') {
      const [which, yes, no] = argument as [string, unknown, unknown];
      return fill(condition(Conditions[which]) ? yes : no);
    }
    return Object.fromEntries(
      entries.map(([key, each]) => [key, fill(each)] as const).filter(([, each]) => each !== nothing),
    );
  };
  return fill(Resources) as Record<string, Resource>;
};
