import type { Report } from '../../domain/report.ts';
import { timesOf } from '../../domain/times.ts';
import type { Judged } from '../../domain/verdict.ts';
import { clock } from '../../words/clock.ts';
import { percentText } from '../../words/summary.ts';
import { type Axis, type Stretch, stretchesOf } from '../axis.ts';
import type { MeetingWords } from '../words/meeting.ts';

/** Width of the picture in pixels, as its style has it too, and where the middles of its two bars lie. */
const width = 200;
const whenAt = 4;
const howLongAt = 13;

const unitsOf = (axis: Axis) => (seconds: number) =>
  Math.round((Math.min(seconds, axis.seconds) / axis.seconds) * width);

/** What the pictures of all people have in common: the two grooves, the breaks, and the required time. Stands once on a page. */
export const Groove = ({ axis, requiredSeconds }: { axis: Axis; requiredSeconds: number }) => {
  const x = unitsOf(axis);
  return (
    <g id="groove">
      <path class="groove" d={`M0 ${whenAt}h${width}M0 ${howLongAt}h${width}`} />
      {axis.breaks.length > 0 && <path class="break" d={axis.breaks.map((at) => `M${x(at)} 0v8`).join('')} />}
      {requiredSeconds > 0 && <path class="limit" d={`M${Math.min(x(requiredSeconds), width - 1)} 9v11`} />}
    </g>
  );
};

type PictureProps = {
  judged: Judged;
  report: Pick<Report, 'snapshot' | 'meeting'>;
  axis: Axis;
  words: MeetingWords['people'];
};

/**
 * One person: above when they were there, below for how long, both on the scale of the meeting's length. The lower bar
 * begins at 0 and not at the first join, for nobody knows which part of a span was spent in the meeting; so the required
 * time is at the same place for everybody.
 */
export const Picture = ({ judged, report, axis, words }: PictureProps) => {
  const x = unitsOf(axis);
  const line = (y: number, { from, to }: Stretch) => {
    const start = Math.min(x(from), width - 1);
    return `M${start} ${y}h${Math.max(1, x(to) - start)}`;
  };
  const spans = judged.rows.flatMap((row) => {
    const participant = report.snapshot.participants[row];
    return (participant && timesOf(participant, report.meeting).span) ?? [];
  });
  const { there, seen } = stretchesOf(spans, axis);
  const { certainSeconds: certain, possibleSeconds: possible } = judged;
  const unsure = seen.filter((each) => !there.some(({ from, to }) => from <= each.from && each.to <= to));
  const pale = unsure.map((stretch) => line(whenAt, stretch));
  if (possible > certain) pale.push(line(howLongAt, { from: certain, to: possible }));
  const solid = there.map((stretch) => line(whenAt, stretch));
  if (certain > 0) solid.push(line(howLongAt, { from: 0, to: certain }));
  const share = (seconds: number) => percentText(Math.min(1, seconds / axis.seconds));
  const label = words.picture(share(certain), possible > certain ? share(possible) : null);
  return (
    <svg class="tl" role="img" aria-label={label}>
      <use href="#groove" />
      {pale.length > 0 && <path class="pale" d={pale.join('')} />}
      {solid.length > 0 && <path d={solid.join('')} />}
    </svg>
  );
};

/** What the pictures mean, and the groove that they all use. */
export const Legend = ({
  axis,
  requiredSeconds,
  words,
}: {
  axis: Axis;
  requiredSeconds: number;
  words: MeetingWords['legend'];
}) => {
  if (axis.seconds === 0) return <p class="note">{words.noLength}</p>;
  return (
    <div class="legend small soft">
      <svg class="tl" aria-hidden="true">
        <Groove axis={axis} requiredSeconds={requiredSeconds} />
        <path class="pale" d={`M120 ${whenAt}h60M150 ${howLongAt}h20`} />
        <path d={`M10 ${whenAt}h90M0 ${howLongAt}h150`} />
      </svg>
      <ul>
        <li>{words.when}</li>
        <li>
          {words.howLong} {requiredSeconds > 0 && words.required(clock(requiredSeconds))}
        </li>
        {axis.breaks.length > 0 && <li>{words.breaks}</li>}
      </ul>
    </div>
  );
};
