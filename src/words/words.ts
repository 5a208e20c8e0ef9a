import type { DecisionKind, DoubtKind, OpenKind } from '../domain/checks.ts';
import type { Standing } from '../domain/counts.ts';
import type { Announced, Proof, Reply } from '../domain/meeting.ts';
import type { Expectation } from '../domain/policy.ts';
import type { Provenance } from '../domain/report.ts';
import type { Flag, Verdict } from '../domain/verdict.ts';

type Kind = Verdict['kind'];
export type VerdictWords = Record<Kind, string>;

/** Everything a person reads, in one language. Durations come as `1:05:09`, moments as `yyyy-mm-dd hh:mm:ss`. */
export type Words = {
  sheets: Record<'summary' | 'attendance' | 'toCheck' | 'departments' | 'participants' | 'evidence', string>;
  verdicts: VerdictWords;
  meanings: VerdictWords;
  expectations: Record<Expectation, string>;
  replies: Record<Reply, string>;
  flags: Record<Flag, string>;
  webinarRoles: Record<'panellist' | 'audience', string>;
  yes: string;
  no: string;
  listSeparator: string;
  /** Between two sentences. */
  sentenceSeparator: string;
  /** Ends a text that was too long for a cell. */
  truncated: string;
  attendance: Record<
    | 'name'
    | 'employeeId'
    | 'department'
    | 'email'
    | 'external'
    | 'reply'
    | 'expected'
    | 'verdict'
    | 'reason'
    | 'flags'
    | 'firstJoin'
    | 'lastLeave'
    | 'certain'
    | 'possible'
    | 'required'
    | 'percent'
    | 'late'
    | 'leftEarly'
    | 'userId',
    string
  >;
  decision: Record<'verdict' | 'reason' | 'by' | 'at' | 'history' | 'takenBack', string> & {
    /** What HR reads instead of what to do. */
    settled: (verdict: string, by: string) => string;
    /** One entry of the history. */
    entry: (facts: Record<'person' | 'verdict' | 'by' | 'reason', string>) => string;
    /** Who decided what beside which verdict, and what the rules say now. */
    contested: (facts: Record<'by' | 'at' | 'verdict' | 'before' | 'now', string>) => string;
    /** Who decided what of whom; `saidOf` is the report of other rows that it was said of. */
    stray: (facts: Record<'person' | 'by' | 'at' | 'verdict' | 'reason', string> & { saidOf: string | null }) => string;
    /** Somebody without an id, by the number of their row. */
    row: (number: number) => string;
  };
  toCheck: Record<'issue' | 'why' | 'action' | 'nothingIssue' | 'nothing' | 'incomplete', string>;
  checks: Record<DecisionKind | OpenKind | DoubtKind | 'room', { issue: string; action: string }>;
  doubts: Record<DoubtKind, string>;
  departments: Record<
    'required' | 'rate' | 'rateIfCleared' | 'optional' | 'excused' | 'externals' | 'walkIns' | 'total',
    string
  > & {
    /** The header of a figure when HR's decisions stand in for the computed verdicts. */
    decided: (header: string) => string;
  };
  participants: Record<
    | 'meetingRoomId'
    | 'joined'
    | 'left'
    | 'connected'
    | 'leaveReason'
    | 'device'
    | 'appVersion'
    | 'networkType'
    | 'protocol'
    | 'rtcProxy'
    | 'audio'
    | 'video'
    | 'sharing'
    | 'webinarRole'
    | 'phone'
    | 'publicIp'
    | 'internalIp'
    | 'location'
    | 'microphone'
    | 'speaker'
    | 'camera'
    | 'part'
    | 'countedAs'
    | 'room',
    string
  >;
  reason: {
    present: (time: string) => string;
    between: (certain: string, possible: string) => string;
    required: (presence: string, required: string) => string;
    neverJoined: string;
    notSeen: string;
    nothingRequired: string;
    partialFrom: (time: string) => string;
    late: (time: string, graceMinutes: number) => string;
    leftEarly: (time: string, graceMinutes: number) => string;
    countsAsInsufficient: string;
    devices: (count: number) => string;
    timeUnknown: string;
    incomplete: string;
    noTimes: string;
    external: string;
    reply: (reply: string, expectation: string) => string;
    room: (facts: { from: string | null; to: string | null; connected: string | null }) => string;
  };
  summary: {
    untitled: string;
    /** `breaks` is what the length of a restarted meeting leaves out. */
    when: (
      facts: Record<'from' | 'to' | 'length' | 'timeZone' | 'meetingNo', string> & { breaks: string | null },
    ) => string;
    incomplete: string;
    difference: (facts: {
      announced: Announced;
      listed: Record<'people' | 'rooms' | 'devices', number>;
      proof: Proof | null;
    }) => string;
    rate: string;
    nobodyRequired: string;
    sentence: (facts: { attended: number; required: number; rateIfCleared: string | null }) => string;
    /** What the counts become by HR's decisions. */
    decided: (facts: { people: number; attended: number; required: number; rate: string | null }) => string;
    others: (facts: Record<'optional' | 'excused' | 'externals' | 'walkIns' | 'rooms', number>) => string;
    absent: (count: number) => string;
    tooShort: (count: number) => string;
    toCheck: (count: number) => string;
    none: string;
    more: (count: number, sheet: string) => string;
    otherChecks: (count: number, sheet: string) => string;
    departments: string;
    moreDepartments: (count: number, sheet: string) => string;
    legend: string;
  };
  evidence: Record<
    | 'item'
    | 'value'
    | 'meeting'
    | 'instanceId'
    | 'meetingNo'
    | 'topic'
    | 'start'
    | 'end'
    | 'length'
    | 'timeZone'
    | 'restart'
    | 'breaks'
    | 'restartRule'
    | 'policy'
    | 'policyName'
    | 'sha256'
    | 'override'
    | 'noOverride'
    | 'minimum'
    | 'partial'
    | 'noPartial'
    | 'late'
    | 'leftEarly'
    | 'externals'
    | 'snapshot'
    | 'sealed'
    | 'sealedNo'
    | 'fetchedAt'
    | 'reads'
    | 'calls'
    | 'pages'
    | 'rows'
    | 'webinar'
    | 'announcedParticipants'
    | 'countedPeople'
    | 'countedRooms'
    | 'announcedDevices'
    | 'countedDevices'
    | 'announcedViewers'
    | 'countedViewers'
    | 'comparison'
    | 'notSaid'
    | 'request'
    | 'jobId'
    | 'reason'
    | 'sourceEventId'
    | 'requestedBy'
    | 'appVersion'
    | 'method'
    | 'rules',
    string
  > & {
    expectation: (reply: string) => string;
    part: (position: number) => string;
    instance: (facts: Record<'id' | 'from' | 'to', string>) => string;
    restartWithin: (time: string) => string;
    reasons: Record<Provenance['reason'], string>;
    /** `pages`: nothing but the end of paging shows that the list is whole. */
    sealedBy: Record<Proof | 'pages', string>;
    standings: Record<Standing, string>;
  };
  policy: {
    percent: (percent: number) => string;
    minutes: (minutes: number) => string;
    both: (limits: readonly [string, string]) => string;
    either: (limits: readonly [string, string]) => string;
    here: (limit: string, time: string) => string;
    beyond: (graceMinutes: number, effect: string) => string;
    countsAs: Record<'flag' | 'insufficient', string>;
    externals: Record<'optional' | 'same', string>;
    override: (position: number, match: string) => string;
    match: Record<'meetingNo' | 'topicContains' | 'ownerOpenId', (value: string) => string>;
  };
};
