import type { Report } from '../../domain/report.ts';
import { timesOf } from '../../domain/times.ts';
import type { Judged } from '../../domain/verdict.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import { type Axis, isWhole } from '../axis.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { type MeetingWords, meetingWords } from '../words/meeting.ts';

/** Rows of one person past these are in the workbook only. */
export const rowsShown = 40;

/** Heights in pixels: of the times on top, of one bar with the words above it, and of the required time's own words. */
const top = 26;
const step = 36;
const foot = 20;
const barHeight = 11;

type Bar = { text: string; at: number; seconds: number; solid: boolean };

const barsOf = (
  { rows }: Judged,
  { snapshot, meeting }: Pick<Report, 'snapshot' | 'meeting'>,
  axis: Axis,
  { why }: MeetingWords,
): Bar[] =>
  rows.slice(0, rowsShown).flatMap((row, index): Bar[] => {
    const participant = snapshot.participants[row];
    const span = participant && timesOf(participant, meeting).span;
    if (!participant || !span) return [];
    const { device, connectedSeconds } = participant;
    const connected = connectedSeconds === null ? why.unknown : why.connected(clock(connectedSeconds));
    const text = [index + 1, ...(device === '' ? [] : [shorten(device, 20)]), connected].join(' · ');
    const at = axis.at(span.from);
    return [{ text, at, seconds: axis.at(span.to) - at, solid: isWhole(span, axis) }];
  });

const anchorOf = (share: number) => (share < 0.1 ? 'start' : share > 0.9 ? 'end' : 'middle');

type TimelineProps = {
  judged: Judged;
  report: Pick<Report, 'snapshot' | 'meeting'>;
  axis: Axis;
  visitor: Visitor;
};

/** Every row of one person as a bar of its own on the meeting's time, and below them how long they were there in all. */
export const Timeline = ({ judged, report, axis, visitor: { locale, timeZone } }: TimelineProps) => {
  const words = meetingWords[locale];
  const { certainSeconds, possibleSeconds, requiredSeconds, firstJoin, lastLeave } = judged;
  if (axis.seconds === 0) return <p class="note">{words.legend.noLength}</p>;
  if (firstJoin === null || lastLeave === null) return <p class="note">{words.why.never}</p>;

  const time = (moment: number) => wallClock(timeZone, moment).slice(11);
  const bars = barsOf(judged, report, axis, words);
  const sumAt = top + bars.length * step;
  const height = sumAt + step + foot;
  const percent = (seconds: number) => `${((Math.min(seconds, axis.seconds) / axis.seconds) * 100).toFixed(2)}%`;
  const bar = (y: number, kind: string, at: number, seconds: number) => (
    <rect class={kind} x={percent(at)} y={y + 17} width={percent(seconds)} height={barHeight} />
  );
  const label = words.why.picture({
    rows: judged.rows.length,
    from: time(firstJoin),
    to: time(lastLeave),
    certain: clock(certainSeconds),
    possible: clock(possibleSeconds),
    required: clock(requiredSeconds),
  });
  const sum = [clock(certainSeconds), ...(possibleSeconds > certainSeconds ? [clock(possibleSeconds)] : [])];
  const limit = percent(requiredSeconds);
  return (
    <svg class="timeline" width="100%" height={height} role="img" aria-label={label}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => {
        const x = `${share * 100}%`;
        // Minutes are enough, unless the meeting is shorter than ten.
        const moment = time(axis.moment(share * axis.seconds)).slice(0, axis.seconds < 600 ? 8 : 5);
        return (
          <>
            <line class="grid" x1={x} x2={x} y1="18" y2={sumAt} />
            <text x={x} y="12" text-anchor={anchorOf(share)}>
              {moment}
            </text>
          </>
        );
      })}
      {axis.breaks.map((at) => (
        <line class="break" x1={percent(at)} x2={percent(at)} y1="18" y2={sumAt} />
      ))}
      {bars.map(({ text, at, seconds, solid }, index) => (
        <>
          <text class="of" y={top + index * step + 12}>
            {text}
          </text>
          {bar(
            top + index * step,
            solid ? 'solid' : 'pale',
            Math.min(at, axis.seconds * 0.995),
            Math.max(seconds, axis.seconds * 0.005),
          )}
        </>
      ))}
      <text class="of" y={sumAt + 12}>
        {words.why.together(sum.join(' – '))}
      </text>
      {bar(sumAt, 'groove', 0, axis.seconds)}
      {bar(sumAt, 'pale', 0, possibleSeconds)}
      {bar(sumAt, 'solid', 0, certainSeconds)}
      {requiredSeconds > 0 && (
        <>
          <line class="limit" x1={limit} x2={limit} y1={sumAt + 14} y2={sumAt + 32} />
          <text x={limit} y={sumAt + 46} text-anchor={anchorOf(requiredSeconds / axis.seconds)}>
            {words.why.limit(clock(requiredSeconds))}
          </text>
        </>
      )}
    </svg>
  );
};
