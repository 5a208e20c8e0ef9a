import { compare } from '../domain/counts.ts';
import { personKey } from '../domain/decisions.ts';
import { replies } from '../domain/meeting.ts';
import { restartSeconds } from '../domain/policy.ts';
import { lengthSeconds } from '../domain/restarts.ts';
import { countOf } from '../domain/sequence.ts';
import { wallClock } from '../domain/zone.ts';
import { clock } from '../words/clock.ts';
import { overrideText, punctualityText, thresholdText } from '../words/policy.ts';
import type { Context } from './context.ts';
import { heightOf, linesOf } from './fit.ts';
import { type Line, pageSheet } from './page.ts';
import type { Value } from './rows.ts';
import type { Sheet } from './sheet.ts';
import type { StyleName } from './styles.ts';
import { duration, momentIn } from './time.ts';

const KEY_WIDTH = 34;
const VALUE_WIDTH = 90;

/** What somebody needs to repeat the judgement, or to doubt it. */
export const evidenceSheet = (context: Context): Sheet => {
  const { report, words, timeZone } = context;
  const { meeting, snapshot, counted, policy, rules, judged, rooms, provenance } = report;
  const { evidence: say } = words;
  const { devices } = counted;
  const at = momentIn(timeZone);
  const limit = { meeting, words };
  const lines: Line[] = [
    section(say.meeting),
    fact(say.topic, meeting.topic),
    fact(say.meetingNo, meeting.meetingNo),
    fact(say.instanceId, meeting.instanceId),
    fact(say.start, at(meeting.startsAt), 'dateTime'),
    fact(say.end, at(meeting.endsAt), 'dateTime'),
    fact(say.length, duration(lengthSeconds(meeting)), 'durationLeft'),
    fact(say.timeZone, timeZone),
    ...restart(context),

    section(say.policy),
    fact(say.policyName, policy.policy.name),
    fact(say.sha256, policy.sha256),
    fact(say.override, overrideText(report, words)),
    fact(say.minimum, thresholdText(rules.minimum, limit)),
    fact(say.partial, rules.partial === null ? say.noPartial : thresholdText(rules.partial, limit)),
    ...replies.map((reply) =>
      fact(say.expectation(words.replies[reply]), words.expectations[rules.expectations[reply]]),
    ),
    fact(say.late, punctualityText(rules.late, words)),
    fact(say.leftEarly, punctualityText(rules.leftEarly, words)),
    fact(say.externals, words.policy.externals[rules.externals]),

    section(say.snapshot),
    fact(say.sealed, snapshot.complete ? say.sealedBy[snapshot.proof ?? 'pages'] : say.sealedNo),
    fact(say.fetchedAt, at(snapshot.fetchedAt) ?? say.notSaid, 'dateTime'),
    fact(say.reads, snapshot.reads, 'integerLeft'),
    fact(say.calls, snapshot.calls ?? say.notSaid, 'integerLeft'),
    fact(say.pages, snapshot.pages, 'integerLeft'),
    fact(say.rows, snapshot.participants.length, 'integerLeft'),
    fact(say.webinar, snapshot.webinar ? words.yes : words.no),
    fact(say.announcedParticipants, snapshot.announced?.participants ?? say.notSaid, 'integerLeft'),
    fact(
      say.countedPeople,
      countOf(judged, ({ joined }) => joined),
      'integerLeft',
    ),
    fact(say.countedRooms, rooms.filter(({ joinedAt }) => joinedAt !== null).length, 'integerLeft'),
    fact(say.announcedDevices, snapshot.announced?.devices ?? say.notSaid, 'integerLeft'),
    fact(say.countedDevices, devices.people + devices.rooms + devices.viewers, 'integerLeft'),
    fact(say.announcedViewers, snapshot.announced?.viewers ?? say.notSaid, 'integerLeft'),
    fact(say.countedViewers, counted.participants.viewers, 'integerLeft'),
    fact(say.comparison, say.standings[compare(snapshot.announced, counted)]),

    section(say.request),
    fact(say.jobId, provenance.jobId),
    fact(say.reason, say.reasons[provenance.reason]),
    fact(say.sourceEventId, provenance.sourceEventId),
    fact(say.requestedBy, provenance.requestedBy),
    fact(say.appVersion, provenance.appVersion),

    ...decisionLines(context),

    section(say.method),
    {
      height: heightOf(linesOf(say.rules, KEY_WIDTH + VALUE_WIDTH)),
      cells: [{ at: 1, span: 2, style: 'text', value: say.rules }],
    },
  ];
  return pageSheet({ name: words.sheets.evidence, widths: [KEY_WIDTH, VALUE_WIDTH], lines });
};

/** The instances that a restarted meeting is made of, and the break that its length leaves out. */
const restart = ({ report: { meeting, policy }, words: { evidence: say }, timeZone }: Context): Line[] => {
  const { parts = [], startsAt, endsAt } = meeting;
  if (parts.length === 0) return [];
  return [
    section(say.restart),
    ...parts.map((part, index) => {
      const from = wallClock(timeZone, part.startsAt);
      const to = wallClock(timeZone, part.endsAt);
      return fact(say.part(index + 1), say.instance({ id: part.instanceId, from, to }));
    }),
    fact(say.breaks, duration(endsAt - startsAt - lengthSeconds(meeting)), 'durationLeft'),
    fact(say.restartRule, say.restartWithin(clock(restartSeconds(policy.policy)))),
  ];
};

/** Every decision of HR's in the order in which they were taken, also those that no longer count. */
const decisionLines = ({ report: { decisions, judged }, words, timeZone }: Context): Line[] => {
  if (decisions.length === 0) return [];
  const people = new Map(decisions.map(({ person }) => [person, person]));
  for (const person of judged) {
    const key = personKey(person);
    if (people.has(key)) people.set(key, person.name || key);
  }
  return [
    section(words.decision.history),
    ...decisions.map(({ person, verdict, by, reason, at }) =>
      fact(
        wallClock(timeZone, at),
        words.decision.entry({
          person: people.get(person) ?? person,
          verdict: verdict === null ? words.decision.takenBack : words.verdicts[verdict],
          by: `${by.name} (${by.openId})`,
          reason,
        }),
      ),
    ),
  ];
};

const section = (value: string): Line => ({ height: 26, cells: [{ at: 1, span: 2, style: 'section', value }] });

/** A text that stands in for a number is written as text; numbers stand left, beside their key. */
const fact = (key: string, value: Value, style: StyleName = 'text'): Line => ({
  height: heightOf(typeof value === 'string' ? linesOf(value, VALUE_WIDTH) : 1),
  cells: [
    { at: 1, style: 'key', value: key },
    { at: 2, style: typeof value === 'string' ? 'text' : style, value },
  ],
});
