/**
 * A process of authorisation.processes.test.ts. Each message asks for one round of contenders, each with caches of its
 * own; the answer lists their tokens, or the codes of their errors.
 */
import { createAuthorisation } from '../src/authorisation.ts';
import { createOAuth } from '../src/feishu/oauth.ts';
import { authorisationStore } from '../src/store/authorisation.ts';
import { connectionStore } from '../src/store/connection.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { leaseStore } from '../src/store/lease.ts';
import { secretStore } from '../src/store/secrets.ts';

/** @property halt The signal this process sends itself at one of its outbound calls: 2n is before, 2n + 1 after the n-th. */
export type Setting = {
  url: string;
  bucket: string;
  secretId: string;
  halt?: { at: number; signal: 'SIGKILL' | 'SIGSTOP' };
};
/** @property connectWith Instead of asking for a token, store what a person has granted. */
export type Round = { contenders: number; offsetMs: number; connectWith?: Parameters<typeof connect>[0] };

const { url, bucket, secretId, halt } = JSON.parse(process.argv[2] ?? '') as Setting;

let offsetMs = 0;
const clock = {
  now: () => Date.now() + offsetMs,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

let step = 0;
const perhapsHalt = async () => {
  const reached = halt?.at === step;
  step += 1;
  if (!reached) return;
  await new Promise((told) => process.send?.('halting', told));
  process.kill(process.pid, halt.signal);
  offsetMs += 61_000; // When it goes on, its lease has run out.
};
const halting =
  <In extends unknown[], Out>(call: (...input: In) => Promise<Out>) =>
  async (...input: In): Promise<Out> => {
    await perhapsHalt();
    const output = await call(...input);
    await perhapsHalt();
    return output;
  };

const directory = directoryObjects(bucket);
const objects = { get: halting(directory.get), put: halting(directory.put) };
const secret = authorisationStore(secretStore(), secretId);
const oauth = createOAuth({ baseUrl: url, accountsUrl: url, clientId: 'cli_a', clientSecret: 'b', clock });
const contender = () =>
  createAuthorisation({
    oauth: { refresh: halting(oauth.refresh) },
    store: { get: halting(secret.get), put: halting(secret.put) },
    leases: leaseStore(objects),
    connections: connectionStore(objects),
    clock,
    log: () => {},
  });

const { connect } = contender();
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

const run = async (round: Round): Promise<string[]> => {
  offsetMs += round.offsetMs;
  const work = round.connectWith
    ? [connect(round.connectWith, { openId: 'ou_2', name: '' }).then(() => 'connected')]
    : Array.from({ length: round.contenders }, () => contender().tokens.get());
  return Promise.all(work.map((each) => each.catch(codeOf)));
};

process.on('message', (round: Round) => {
  void run(round).then((outcomes) => process.send?.(outcomes));
});
process.send?.('ready');
