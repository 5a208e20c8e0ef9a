import type { Report } from '../../domain/report.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import type { Axis } from '../axis.ts';
import { type Group, glanceAt, steps } from '../glance.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';
import { VerdictChip } from './parts.tsx';

/** Pixels: of all pictures together at most, of one person at most, and of a group at least. */
const tall = 420;
const tallestLine = 8;
const lowest = 6;

type GlanceProps = { report: Report; axis: Axis; requiredSeconds: number; visitor: Visitor };

/** Everybody in one picture for each verdict; what it shows stands in the table of people as text. */
export const Glance = ({ report, axis, requiredSeconds, visitor: { locale, timeZone } }: GlanceProps) => {
  const words = meetingWords[locale].glance;
  const { groups, each } = glanceAt(report.judged, axis);
  const pixels = (people: number) =>
    Math.max(lowest, Math.round(people * Math.min(tallestLine, tall / report.judged.length)));
  const limit = Math.round((requiredSeconds / axis.seconds) * steps);
  const time = (moment: number) => wallClock(timeZone, moment).slice(11);
  const picture = ({ people, lines }: Group, label: string, shapes: unknown) => (
    <svg
      viewBox={`0 0 ${steps} ${lines}`}
      height={pixels(people)}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {shapes}
    </svg>
  );
  const spans = (group: Group) =>
    picture(
      group,
      group.firstJoin === null || group.lastLeave === null
        ? words.neverJoined
        : words.spans(time(group.firstJoin), time(group.lastLeave)),
      group.span && <path class="span" d={group.span} />,
    );
  const times = (group: Group) => {
    const [least, median, most] = group.range.map(clock) as [string, string, string];
    return picture(
      group,
      words.times({ least, median, most }),
      <>
        {group.possible && <path class="pale" d={group.possible} />}
        {group.certain && <path class="solid" d={group.certain} />}
        {requiredSeconds > 0 && <path class="limit" d={`M${limit} 0v${group.lines}`} />}
      </>,
    );
  };
  return (
    <>
      <p class="note">
        {words.lede} {each > 1 && words.sampled(each)}
      </p>
      <table class="glance">
        <thead>
          <tr>
            <th scope="col">{meetingWords[locale].people.sortBy.verdict}</th>
            <th scope="col">
              {words.span}
              <small>{`${time(report.meeting.startsAt)} – ${time(report.meeting.endsAt)}`}</small>
            </th>
            <th scope="col">
              {words.time}
              <small>{`${clock(0)} – ${clock(axis.seconds)}`}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr>
              <th scope="row">
                <VerdictChip locale={locale} verdict={group.kind} />
                <small>{words.people(group.people)}</small>
              </th>
              <td>{spans(group)}</td>
              <td>{times(group)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
