import type { Meeting, Snapshot } from './domain/meeting.ts';
import { type Policy, restartSeconds } from './domain/policy.ts';
import { mergeSnapshots, restartsOf } from './domain/restarts.ts';
import { FeishuError } from './feishu/error.ts';
import type { Log } from './log.ts';
import { StoreError } from './store/objects.ts';
import { PolicyError, type PolicyStore } from './store/policies.ts';
import { firstJobId, type ReportRequest, type RequestStore, toRequest } from './store/requests.ts';

export type RestartDeps = {
  requests: Pick<RequestStore, 'file'>;
  /** The ended instances of a nine-digit number that began within [from, to], Unix seconds. */
  findMeetings: (query: { meetingNo: string; from: number; to: number }) => Promise<Meeting[]>;
  timeZone: string;
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
};

/** Feishu tells of no meeting that is longer. */
const daySeconds = 86_400;

/**
 * Looks whether an instance is part of a restarted meeting, and files the request for the joined report. Whichever part
 * looks last files it under the same key. A look that fails is only logged: the instance's own report stands.
 * @param known The instances, if they were looked up already.
 */
export const createFileRestarted =
  ({ requests, findMeetings, timeZone, now, log }: RestartDeps) =>
  async (request: ReportRequest, policy: Policy, known: (() => Meeting[]) | null = null): Promise<void> => {
    const { jobId, meeting } = request;
    const withinSeconds = restartSeconds(policy);
    if (withinSeconds === 0 || meeting.parts !== undefined) return;
    const find = () => {
      const from = Math.max(0, meeting.startsAt - daySeconds);
      const to = Math.min(Math.floor(now() / 1000), meeting.endsAt + daySeconds);
      return findMeetings({ meetingNo: meeting.meetingNo, from, to });
    };
    try {
      // The list may not know this instance yet; where it does, its times are those that every part finds.
      const instances = [meeting, ...(known?.() ?? (await find()))];
      const isPart = ({ instanceId }: { instanceId: string }) => instanceId === meeting.instanceId;
      const restarted = restartsOf(instances, withinSeconds).find(({ parts }) => parts.some(isPart));
      if (restarted === undefined) return;
      const joined = toRequest({ ...request, meeting: restarted }, timeZone);
      log('work.restarted', { jobId, joinedJobId: joined.jobId, outcome: await requests.file(joined) });
    } catch (error) {
      const known = error instanceof FeishuError || error instanceof StoreError;
      log('work.restart-unknown', { jobId, code: known ? error.code : 'UNKNOWN' });
    }
  };

/** The longest break that the policy in force allows; 0 while it cannot be read, for then every report waits for it. */
export const readRestartSeconds = async (policies: Pick<PolicyStore, 'current'>): Promise<number> => {
  try {
    return restartSeconds((await policies.current()).policy);
  } catch (error) {
    if (error instanceof PolicyError) return 0;
    throw error;
  }
};

/**
 * The rows of a meeting. Those of a restarted one are taken from the first report of each part when they are whole, and
 * fetched otherwise.
 */
export const fetchParts = async (
  meeting: Meeting,
  deps: {
    fetch: (meeting: Meeting, part?: number) => Promise<Snapshot>;
    savedSnapshot: (jobId: string) => Promise<Snapshot | null>;
    timeZone: string;
  },
): Promise<Snapshot> => {
  const { parts, ...whole } = meeting;
  if (parts === undefined) return deps.fetch(meeting);
  const snapshots: Snapshot[] = [];
  for (const [index, part] of parts.entries()) {
    const saved = await deps.savedSnapshot(firstJobId(part, deps.timeZone));
    // An instance that ended anew has rows that its first report does not know.
    const isWhole = saved?.complete === true && (saved.fetchedAt ?? 0) >= part.endsAt;
    snapshots.push(isWhole ? saved : await deps.fetch({ ...whole, ...part }, index));
  }
  return mergeSnapshots(snapshots);
};
