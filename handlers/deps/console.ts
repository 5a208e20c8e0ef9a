import packageJson from '../../package.json' with { type: 'json' };
import { createFiling } from '../../src/ask.ts';
import { createBrowse } from '../../src/browse.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createConnect } from '../../src/connect.ts';
import type { ConnectionState, ConsoleDeps, PolicyDeps } from '../../src/console/deps.ts';
import { diagnose } from '../../src/doctor.ts';
import { systemClock } from '../../src/feishu/clock.ts';
import { FeishuError } from '../../src/feishu/error.ts';
import { createOAuth } from '../../src/feishu/oauth.ts';
import { createReview } from '../../src/review.ts';
import { createSignIn } from '../../src/sign-in.ts';
import { attemptStore } from '../../src/store/attempts.ts';
import { auditStore } from '../../src/store/audit.ts';
import { authorisedSeconds } from '../../src/store/authorisation.ts';
import { type ConnectionStore, connectionStore } from '../../src/store/connection.ts';
import { cursorStore, watchDays } from '../../src/store/cursor.ts';
import { finishedStore } from '../../src/store/finished.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { unlessUnreadable } from '../../src/store/objects.ts';
import { PolicyError, type PolicyStore, parsePolicy, policyStore, versionOf } from '../../src/store/policies.ts';
import { reportStore } from '../../src/store/reports.ts';
import { sessionStore } from '../../src/store/sessions.ts';
import { snapshotStore } from '../../src/store/snapshots.ts';
import { doctorChecks } from './doctor.ts';
import { credentialsOf, now, objectsOf } from './environment.ts';
import { authorisationOf, clientOf, findMeetingsWith, probe, tokensOf } from './feishu.ts';
import { log } from './log.ts';
import { askedRequests } from './requests.ts';

/** Two calls of ten seconds come before it, and an HTTP API waits thirty. */
const consoleProbeMs = 5000;
/** For the same thirty seconds. */
const findMs = 20_000;
/**
 * And so that a refresh begins only while the function has time left to store its answer. Whoever connects waits longer,
 * with nothing to lose: their page may not come, their tokens are kept.
 */
const patienceMs = 12_000;
/** The link is followed at once; what is left of its minute is for a slow line. */
const linkSeconds = 60;

const seconds = (): number => Math.floor(now() / 1000);

/** The policy's keys, for the page that edits them. */
export const policyDesk = (store: PolicyStore): PolicyDeps => ({
  read: async () => {
    const { etag, ...found } = await store.read();
    return 'version' in found ? { ...found, etag } : { problem: found.problem.message, etag };
  },
  parse: (value) => {
    try {
      return versionOf(parsePolicy(value));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      return { problems: error.problems };
    }
  },
  save: (version, { etag, by }) => store.save(version, { etag, by, at: seconds() }),
  saved: store.saved,
  byHash: (sha256) => unlessUnreadable(() => store.byHash(sha256)),
});

const stateOf = async ({ tokenKind }: Config, connections: ConnectionStore): Promise<ConnectionState> => {
  if (tokenKind === 'tenant') return { state: 'app' };
  const found = await connections.get();
  if (found === null) return { state: 'never' };
  const { since } = found;
  if (found.state === 'authorise-again') return { state: 'broken', cause: found.cause, since };
  const { openId, name, lastRefreshAt } = found;
  return { state: 'connected', person: { openId, name }, since, until: since + authorisedSeconds, lastRefreshAt };
};

export const consoleDeps = async (): Promise<ConsoleDeps> => {
  const config = readConfig(process.env);
  const { feishuBaseUrl: baseUrl, feishuAccountsUrl: accountsUrl, locale, timeZone } = config;
  const { consoleAdmins: admins, consoleViewers: viewers } = config;
  if (admins.length === 0) log('console.nobody-may-connect', {});
  const objects = await objectsOf(config);
  const credentials = await (await credentialsOf(config))();
  const { appId: clientId, appSecret } = credentials;
  const oauth = createOAuth({ baseUrl, accountsUrl, clientId, clientSecret: appSecret, clock: systemClock });
  const client = clientOf(config, tokensOf(config, objects, credentials, patienceMs));
  const { useOnce } = attemptStore(objects);
  const audit = auditStore(objects, { timeZone, now });
  const requests = askedRequests(objects);
  const jobs = jobStore(objects);
  const policies = policyStore(objects, config.policyKey);
  const reports = reportStore(objects);
  const watch = (days: readonly string[]) => watchDays(cursorStore(objects), days, seconds());
  const findMeetings = findMeetingsWith(client, findMs);
  const filing = createFiling({ requests, jobs, watchDays: watch, timeZone, now });
  const roleOf = (openId: string) =>
    admins.includes(openId) ? ('admin' as const) : viewers.includes(openId) ? ('viewer' as const) : null;
  return {
    connect: createConnect({
      oauth,
      useOnce,
      mayManageMeetings: (accessToken) =>
        probe(baseUrl, { get: async () => accessToken, invalidate: () => {} }, consoleProbeMs),
      connect: async (grant, person) => {
        await audit.write(person, { what: 'connected' });
        await authorisationOf(config, objects, credentials).connect(grant, person);
      },
      admins,
      now,
      log,
    }),
    nobodyMayConnect: admins.length === 0,
    signIn: createSignIn({
      oauth,
      useOnce,
      mayEnter: (openId) => roleOf(openId) !== null,
      onSignedIn: (person) => audit.write(person, { what: 'signed-in' }),
      now,
      log,
    }),
    roleOf,
    sessions: sessionStore(objects),
    audit: audit.write,
    meetings: { browse: createBrowse({ requests, jobs, finished: finishedStore(objects) }) },
    ask: {
      find: async (query) => {
        try {
          return await findMeetings(query);
        } catch (error) {
          if (!(error instanceof FeishuError)) throw error;
          return { remedy: error.remedy };
        }
      },
      file: (meetings, { openId, name }) => filing.file(meetings, { requestedBy: `${name} (${openId})` }),
    },
    review: {
      ...createReview({
        requests,
        jobs,
        snapshots: snapshotStore(objects),
        policies,
        watchDays: watch,
        appVersion: packageJson.version,
        now,
      }),
      link: (jobId) => reports.link(jobId, linkSeconds),
    },
    policy: policyDesk(policies),
    connection: {
      connection: () => stateOf(config, connectionStore(objects)),
      examine: async () =>
        (await diagnose(await doctorChecks(patienceMs))).map((finding) =>
          finding.outcome === 'ok'
            ? { check: finding.check, problem: null, remedy: null }
            : { check: finding.check, problem: finding.problem, remedy: finding.remedy },
        ),
    },
    trail: { auditOf: (day, before) => audit.list({ day, limit: 100, ...(before !== undefined && { before }) }) },
    appSecret,
    locale,
    timeZone,
    now,
    onError: (error) =>
      log('console.error', { error: error.name, ...('code' in error && { code: String(error.code) }) }),
  };
};
