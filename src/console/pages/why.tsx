import { checksOf } from '../../domain/checks.ts';
import { type Decision, personKey } from '../../domain/decisions.ts';
import type { Report } from '../../domain/report.ts';
import { lengthSeconds } from '../../domain/restarts.ts';
import { NO_DEPARTMENT } from '../../domain/summary.ts';
import type { Judged } from '../../domain/verdict.ts';
import { clock } from '../../words/clock.ts';
import { decisionText } from '../../words/decision.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { overrideText, punctualityText, thresholdText } from '../../words/policy.ts';
import { reasonOf } from '../../words/reason.ts';
import { percentText } from '../../words/summary.ts';
import { meetingPath } from '../address.ts';
import { axisOf } from '../axis.ts';
import type { Draft } from '../decision.ts';
import type { Opened } from '../deps.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';
import { DecisionForm, Decisions } from './decisions.tsx';
import { topicOf, whenOf } from './meeting.tsx';
import { VerdictChip } from './parts.tsx';
import { Rows } from './rows.tsx';
import { Shell } from './shell.tsx';
import { Notices } from './standing.tsx';
import { Timeline } from './timeline.tsx';

/** A name may be long, but no page long with it. */
const longest = 200;

const Facts = ({ facts }: { facts: readonly (readonly [string, string])[] }) => (
  <dl>
    {facts.map(([name, value]) => (
      <div>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Who it is, as far as Feishu says. */
const identityOf = (judged: Judged, locale: Locale) => {
  const { attendance, yes } = wordsOf(locale);
  return [
    [attendance.department, judged.department || NO_DEPARTMENT],
    [attendance.employeeId, judged.employeeId],
    [attendance.email, judged.email],
    [attendance.userId, judged.userId],
    [attendance.external, judged.external ? yes : ''],
  ].flatMap(([name = '', value = '']): [string, string][] => (value === '' ? [] : [[name, shorten(value, longest)]]));
};

/** What the rules ask of this person, and why. */
const rulesOf = (judged: Judged, report: Report, locale: Locale): [string, string][] => {
  const words = wordsOf(locale);
  const { meeting, rules, policy } = report;
  const { attendance, evidence } = words;
  const { expectation, reply } = judged;
  const isByReply = rules.expectations[reply] === expectation;
  return [
    [
      attendance.expected,
      isByReply ? words.reason.reply(words.replies[reply], words.expectations[expectation]) : words.reason.external,
    ],
    [evidence.minimum, thresholdText(rules.minimum, { meeting, words })],
    [evidence.partial, rules.partial === null ? evidence.noPartial : thresholdText(rules.partial, { meeting, words })],
    [evidence.late, punctualityText(rules.late, words)],
    [evidence.leftEarly, punctualityText(rules.leftEarly, words)],
    [evidence.override, overrideText(report, words)],
    [evidence.policy, `${shorten(policy.policy.name, longest)} (${policy.sha256.slice(0, 12)})`],
  ];
};

/** What was measured. */
const measuredOf = (judged: Judged, { meeting }: Report, locale: Locale): [string, string][] => {
  const { attendance } = wordsOf(locale);
  const { certainSeconds, possibleSeconds, requiredSeconds, lateSeconds, leftEarlySeconds } = judged;
  const length = lengthSeconds(meeting);
  return [
    [attendance.certain, clock(certainSeconds)],
    [attendance.possible, clock(possibleSeconds)],
    [attendance.required, clock(requiredSeconds)],
    ...(length > 0 ? [[attendance.percent, percentText(certainSeconds / length)] as [string, string]] : []),
    ...(lateSeconds > 0 ? [[attendance.late, clock(lateSeconds)] as [string, string]] : []),
    ...(leftEarlySeconds > 0 ? [[attendance.leftEarly, clock(leftEarlySeconds)] as [string, string]] : []),
  ];
};

/** Flags with what they mean, and what there is to check with what to do. */
const Notes = ({ judged, report, visitor }: { judged: Judged; report: Report; visitor: Visitor }) => {
  const { locale, timeZone } = visitor;
  const words = wordsOf(locale);
  const own = meetingWords[locale].why;
  const checks = checksOf(report).flatMap((check) =>
    check.about !== 'room' && check.judged === judged ? [check] : [],
  );
  const checked = new Set<string>(checks.map(({ kind }) => kind));
  const flags = judged.flags.filter((flag) => !checked.has(flag));
  if (checks.length + flags.length === 0) return null;
  const because = (check: (typeof checks)[number]): string[] => {
    if (check.about === 'decision') return [decisionText(check, { words, timeZone })];
    return check.about === 'fact' ? [words.doubts[check.kind]] : [];
  };
  const meaning = (flag: (typeof flags)[number]): string => {
    switch (flag) {
      case 'late':
      case 'left-early':
      case 'external':
      case 'not-invited':
      case 'attended-after-declining':
        return own.flags[flag];
      case 'ambiguous-presence':
        return words.checks[flag].action;
      case 'no-times':
      case 'inconsistent-times':
      case 'reply-conflict':
      case 'name-conflict':
      case 'unidentified':
        return words.doubts[flag];
    }
  };
  return (
    <section>
      <h2>{own.notes}</h2>
      <ul class="checks">
        {checks.map((check) => (
          <li>
            <b>{words.checks[check.kind].issue}</b>{' '}
            {[...because(check), words.checks[check.kind].action].join(words.sentenceSeparator)}
          </li>
        ))}
        {flags.map((flag) => (
          <li>
            <b>{words.flags[flag]}</b> {meaning(flag)}
          </li>
        ))}
      </ul>
    </section>
  );
};

type WhyProps = {
  opened: Opened;
  report: Report;
  index: number;
  judged: Judged;
  standing: Decision | null;
  draft: Draft;
  visitor: Visitor;
};

/** Why one person got their verdict: the rule that decided, the rows behind it, and what HR says of it. */
export const WhyPage = (props: WhyProps) => {
  const { opened, report, index, judged, standing, draft, visitor } = props;
  const { jobId } = opened.revision;
  const { locale } = visitor;
  const words = wordsOf(locale);
  const own = meetingWords[locale];
  const axis = axisOf(report.meeting);
  const name = shorten(judged.name, longest) || own.people.nameless;
  const key = personKey(judged);
  const decisions = report.decisions.filter(({ person }) => person === key);
  return (
    <Shell visitor={visitor} place="meetings" title={`${name} · ${topicOf(report.meeting, locale)}`}>
      <p class="small">
        <a class="alone" href={meetingPath(jobId)}>
          ← {topicOf(report.meeting, locale)}
        </a>
        <br />
        <span class="soft">{whenOf(report.meeting, visitor)}</span>
      </p>
      <h1>{name}</h1>
      <Notices opened={opened} locale={locale} />
      <div class="verdict">
        <p>
          <VerdictChip locale={locale} verdict={judged.verdict.kind} /> {words.meanings[judged.verdict.kind]}
        </p>
        <p>
          <b>{reasonOf(report, words)(judged)}</b>
        </p>
        {standing?.verdict && (
          <p>
            {words.decision.verdict} <VerdictChip locale={locale} verdict={standing.verdict} /> {standing.reason}
          </p>
        )}
      </div>
      <section>
        <h2>{own.why.timeline}</h2>
        <Timeline judged={judged} report={report} axis={axis} visitor={visitor} />
        {judged.joined && axis.seconds > 0 && <p class="note small">{own.why.legend}</p>}
      </section>
      <div class="pair">
        <section>
          <h2>{own.why.facts}</h2>
          <Facts facts={[...measuredOf(judged, report, locale), ...identityOf(judged, locale)]} />
        </section>
        <section>
          <h2>{own.why.rule}</h2>
          <Facts facts={rulesOf(judged, report, locale)} />
        </section>
      </div>
      <Notes judged={judged} report={report} visitor={visitor} />
      <Rows judged={judged} report={report} visitor={visitor} />
      <section>
        <h2>{words.decision.history}</h2>
        <Decisions decisions={decisions} standing={standing} visitor={visitor} />
        <DecisionForm jobId={jobId} index={index} draft={draft} mayTakeBack={standing !== null} visitor={visitor} />
      </section>
    </Shell>
  );
};
