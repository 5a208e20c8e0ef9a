import { partsOf } from './domain/job-id.ts';
import type { Meeting } from './domain/meeting.ts';
import { type Restarted, restartsOf } from './domain/restarts.ts';
import { isWorkingTime } from './domain/working-time.ts';
import { dayOf } from './domain/zone.ts';
import { FeishuError } from './feishu/error.ts';
import { type MeetingRecord, toMeeting } from './feishu/meetings.ts';
import { readRestartSeconds } from './restarts.ts';
import { type CursorStore, watchDays } from './store/cursor.ts';
import type { PolicyStore } from './store/policies.ts';
import { inheriting, inRevision, type ReportRequest, readableRequest, toRequest } from './store/requests.ts';
import { createTend, type Known, type TendDeps } from './tend.ts';

export type ReconcileDeps = TendDeps & {
  /** The ended meetings of a span of time, Unix seconds: all of them, or an error. */
  listMeetings: (span: { from: number; to: number }) => Promise<MeetingRecord[]>;
  cursor: CursorStore;
  policies: Pick<PolicyStore, 'current'>;
  timeZone: string;
  /** How far before the last listing the next one begins. */
  windowHours: number;
  /** Unix milliseconds. */
  now: () => number;
};

/** What one cycle did. */
export type Reconciled = {
  /** Ended meetings that Feishu listed. */
  listed: number;
  /** Requests for meetings that had none. */
  filed: number;
  redriven: number;
  /** New revisions of reports that went out incomplete. */
  revised: number;
  /** Objects and records that only a person can mend. */
  unreadable: number;
  /** Why the list was not read to its end; null when it was. The next cycle asks for the rest again. */
  notListed: string | null;
};

const daySeconds = 86_400;
/** What has just ended is left to its event. */
const freshSeconds = 300;
/** The list's times may differ from the event's by so much without meaning another end. */
const sameEndSeconds = 60;
/** After an outage the list is read in pieces, oldest first, and the cursor follows each. */
const pieceSeconds = 7 * daySeconds;
const furthestSeconds = 365 * daySeconds;

/** Every day that the span touches in the zone; the shortest of days has 23 hours. */
const daysOf = (timeZone: string, { from, to }: { from: number; to: number }): string[] => {
  const days = [dayOf(timeZone, to)];
  for (let moment = from; moment < to; moment += daySeconds / 2) days.push(dayOf(timeZone, moment));
  return days;
};

/** The request that a listed meeting still needs: its first, or the next when it has ended anew since. */
const missingRequest = (first: ReportRequest, known: Known | undefined): ReportRequest | null => {
  if (known === undefined) return first;
  const endedAnew = known.endsAt !== null && first.meeting.endsAt > known.endsAt + sameEndSeconds;
  return endedAnew ? inRevision(first, known.revision + 1) : null;
};

/**
 * The safety net under events and messages. One cycle sees to the jobs that are not finished, and files what Feishu
 * lists and nobody asked for. Two cycles at once do no harm; a cycle that was missed is made up for by the next.
 */
export const createReconcile = (deps: ReconcileDeps): (() => Promise<Reconciled>) => {
  const { requests, cursor, timeZone, stuckMinutes, log } = deps;
  const windowSeconds = deps.windowHours * 3600;
  const tendDay = createTend(deps);
  const seconds = () => Math.floor(deps.now() / 1000);

  return async () => {
    const at = seconds();
    const done: Reconciled = { listed: 0, filed: 0, redriven: 0, revised: 0, unreadable: 0, notListed: null };
    const { listedUntil, openDays } = await cursor.get();
    const since = Math.max(Math.min(listedUntil ?? at, at), at - furthestSeconds);
    const known = new Map<string, Known>();

    const tendDays = async (): Promise<void> => {
      // A meeting lies under the day of its start, which may be a day before its end.
      const touched = daysOf(timeZone, { from: since - windowSeconds - daySeconds, to: at });
      const open = new Map<string, boolean>();
      for (const day of new Set([...touched, ...Object.keys(openDays)])) {
        const tended = await tendDay(day, at);
        for (const [instanceId, each] of tended.known) known.set(instanceId, each);
        for (const outcome of tended.outcomes)
          if (outcome !== 'finished' && outcome !== 'unfinished') done[outcome] += 1;
        open.set(
          day,
          tended.outcomes.some((outcome) => outcome !== 'finished'),
        );
      }
      await cursor.update((now) => {
        // A day that was named a moment ago stays: what it was named for may not be filed yet.
        const kept = Object.entries(now.openDays).filter(([, namedAt]) => namedAt > at - stuckMinutes * 60);
        const found = [...open].flatMap(([day, isOpen]) => (isOpen ? [[day, at] as const] : []));
        return { ...now, openDays: Object.fromEntries([...kept, ...found]) };
      });
    };

    const requestFor = (meeting: Meeting): ReportRequest | null => {
      if (meeting.endsAt > at - freshSeconds) return null;
      const asked = { reason: 'reconcile', sourceEventId: '', requestedBy: '', requestedAt: meeting.endsAt } as const;
      return missingRequest(toRequest({ meeting, ...asked }, timeZone), known.get(meeting.instanceId));
    };

    const usable = (records: readonly MeetingRecord[]): Meeting[] =>
      records.flatMap((record) => {
        try {
          return toMeeting(record);
        } catch (error) {
          if (!(error instanceof FeishuError)) throw error;
          done.unreadable += 1;
          log('reconcile.unusable', { code: error.code });
          return [];
        }
      });

    /**
     * Restarted meetings that no part's own job has filed, as when the policy passes over each part. Of a chain that a
     * listing shows only the end of, the joined report is already known.
     */
    const restarted = async (meetings: readonly Meeting[]): Promise<Meeting[]> => {
      const ids = [...known.keys()];
      const isNew = ({ instanceId, parts }: Restarted): boolean =>
        known.has(instanceId) || !ids.some((id) => id.endsWith(`_${parts.at(-1)?.instanceId}`));
      return restartsOf(meetings, await readRestartSeconds(deps.policies)).filter(
        (each) => each.parts.every((part) => known.has(part.instanceId)) && isNew(each),
      );
    };

    /** A meeting that ended anew keeps what HR decided of its people. */
    const heir = async (request: ReportRequest): Promise<ReportRequest> => {
      const before = await readableRequest(requests, inRevision(request, request.revision - 1).jobId);
      return before ? inheriting(request, before) : request;
    };

    const fileMissing = async (meetings: readonly Meeting[]): Promise<void> => {
      const missing = meetings.flatMap((meeting) => requestFor(meeting) ?? []);
      // Named before they are filed: the next cycle's window may be past these days.
      await watchDays(cursor, [...new Set(missing.map(({ jobId }) => partsOf(jobId).day))], at);
      for (const request of missing) {
        const wanted = request.revision === 0 ? request : await heir(request);
        if ((await requests.file(wanted)) === 'already-filed') continue;
        done.filed += 1;
        log('reconcile.filed', { jobId: request.jobId });
      }
    };

    /** Moves the cursor only past what is filed as a whole. */
    const listPiece = async (from: number, to: number): Promise<void> => {
      const records = await deps.listMeetings({ from, to });
      done.listed += records.length;
      const meetings = usable(records);
      await fileMissing(meetings);
      await fileMissing(await restarted(meetings));
      // Never back behind a newer cycle, but back from a moment that is still to come.
      const written = seconds();
      await cursor.update((now) => ({ ...now, listedUntil: Math.max(Math.min(now.listedUntil ?? 0, written), to) }));
    };

    await tendDays();
    try {
      let until = since;
      do {
        const to = Math.min(at, until + pieceSeconds);
        await listPiece(until - windowSeconds, to);
        until = to;
      } while (until < at);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      done.notListed = error.code;
      log('reconcile.not-listed', { code: error.code, feishuCode: error.feishuCode ?? 0 });
    }
    log('reconcile.done', { ...done, notListed: done.notListed ?? '', workingTime: isWorkingTime(timeZone, at) });
    return done;
  };
};
