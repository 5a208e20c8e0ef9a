import { attendeesOf, type Room, roomsOf } from './attendees.ts';
import { type Counted, countJoined } from './counts.ts';
import { asDecided, type Decision } from './decisions.ts';
import { byIdentity } from './identity.ts';
import type { Meeting, Participant, Snapshot } from './meeting.ts';
import { type PolicyVersion, type Rules, rulesFor } from './policy.ts';
import type { Sequence } from './sequence.ts';
import { type DepartmentSummary, type Summary, summarise, summariseDepartments } from './summary.ts';
import { type Judged, judgeBy } from './verdict.ts';

/** Where a report comes from: what HR needs to trace it back. */
export type Provenance = {
  /** `<yyyy-mm-dd>/<instanceId>.<revision>`, or '' for an offline report. */
  jobId: string;
  /** Why the report was asked for. */
  reason: 'meeting-ended' | 'on-demand' | 'reconcile' | 're-judged' | 'decided' | 'offline';
  /** Feishu's event id, '' when no event asked. */
  sourceEventId: string;
  /** Who asked, '' when nobody did. */
  requestedBy: string;
  appVersion: string;
};

/** A judged meeting: everything that the workbook shows. */
export type Report = {
  meeting: Meeting;
  snapshot: Snapshot;
  policy: PolicyVersion;
  rules: Rules;
  /** Index of the policy's override that set the rules, or null. */
  override: number | null;
  judged: readonly Judged[];
  rooms: readonly Room[];
  /** Who joined, to hold against what was announced. */
  counted: Counted;
  summary: Summary;
  departments: readonly DepartmentSummary[];
  /** HR's decisions on people of this meeting, oldest first, and what the counts become by them; null when none is in force. */
  decisions: readonly Decision[];
  decided: Summary | null;
  provenance: Provenance;
};

/** A report whose two long lists need not be in memory: they are gone through a few times, from the first to the last. */
export type Told = Omit<Report, 'judged' | 'snapshot'> & {
  judged: Sequence<Judged>;
  snapshot: Omit<Snapshot, 'participants'> & { participants: Sequence<Participant> };
};

/** The whole of judging: snapshot and policy in, report out. */
export const toReport = ({
  meeting,
  snapshot,
  policy,
  provenance,
  decisions = [],
}: Pick<Report, 'meeting' | 'snapshot' | 'policy' | 'provenance'> & { decisions?: readonly Decision[] }): Report => {
  const { rules, override } = rulesFor(policy.policy, meeting);
  const { participants, complete } = snapshot;
  const grouped = byIdentity(participants);
  const rooms = roomsOf({ participants, grouped });
  const judged = Array.from(attendeesOf({ participants, meeting, grouped }), judgeBy({ meeting, rules, complete }));
  const decided = asDecided(judged, decisions);
  return {
    meeting,
    snapshot,
    policy,
    rules,
    override,
    judged,
    rooms,
    counted: countJoined(participants, grouped),
    summary: summarise(judged, rooms),
    departments: summariseDepartments(judged, decided),
    decisions,
    decided: decided && summarise(decided, rooms),
    provenance,
  };
};
