import type { Check } from '../../domain/checks.ts';
import type { Report } from '../../domain/report.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import { decisionText } from '../../words/decision.ts';
import { wordsOf } from '../../words/locale.ts';
import { addressOf } from '../people.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';

/** Decisions past these are in the workbook only. */
const decisionsShown = 20;

/** What a person has to look at, by kind; each leads to the people whom it concerns. */
export const Checks = ({
  report,
  checks,
  jobId,
  visitor: { locale, timeZone },
}: {
  report: Report;
  checks: readonly Check[];
  jobId: string;
  visitor: Visitor;
}) => {
  const words = wordsOf(locale);
  /** Of a decision each is told: HR has to be asked, not only counted. */
  const decisions = (wanted: Check['kind']) => {
    const told = checks.flatMap((each) => (each.about === 'decision' && each.kind === wanted ? [each] : []));
    return (
      told.length > 0 && (
        <ul class="checks">
          {told.slice(0, decisionsShown).map((each) => (
            <li>
              {each.judged && <b>{shorten(each.judged.name, 60)}</b>}{' '}
              {shorten(decisionText(each, { words, timeZone }), 400)}
            </li>
          ))}
          {told.length > decisionsShown && <li>{meetingWords[locale].more(told.length - decisionsShown)}</li>}
        </ul>
      )
    );
  };
  const title = (kind: Check['kind'], count: number) => `${words.checks[kind].issue} (${count})`;
  const counts = new Map<Check['kind'], number>();
  for (const { kind } of checks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (
    <section>
      <h2>{words.sheets.toCheck}</h2>
      {counts.size === 0 ? (
        <p class="note">{report.snapshot.complete ? words.toCheck.nothing : words.toCheck.incomplete}</p>
      ) : (
        <ul class="checks">
          {[...counts].map(([kind, count]) => (
            <li>
              {kind === 'stray-decision' ? (
                <b>{title(kind, count)}</b>
              ) : (
                <a href={kind === 'room' ? '#rooms' : addressOf(jobId, { check: kind })}>{title(kind, count)}</a>
              )}{' '}
              <span class="soft">{words.checks[kind].action}</span>
              {decisions(kind)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const roomsShown = 20;

/** The Rooms devices, which are nobody. */
export const Rooms = ({ rooms, visitor: { locale, timeZone } }: Pick<Report, 'rooms'> & { visitor: Visitor }) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale];
  const time = (moment: number | null) => (moment === null ? null : wallClock(timeZone, moment));
  if (rooms.length === 0) return null;
  return (
    <section id="rooms">
      <h2>{own.rooms}</h2>
      <ul class="checks">
        {rooms.slice(0, roomsShown).map(({ name, meetingRoomId, joinedAt, leftAt, connectedSeconds }) => (
          <li>
            <b>{shorten(name || meetingRoomId, 60)}</b>{' '}
            <span class="soft">
              {words.reason.room({
                from: time(joinedAt),
                to: time(leftAt),
                connected: connectedSeconds === null ? null : clock(connectedSeconds),
              })}
            </span>
          </li>
        ))}
      </ul>
      {rooms.length > roomsShown && <p class="note">{own.more(rooms.length - roomsShown)}</p>}
    </section>
  );
};
