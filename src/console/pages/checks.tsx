import type { Check } from '../../domain/checks.ts';
import type { Report } from '../../domain/report.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { addressOf } from '../people.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';

/** What a person has to look at, by kind; each leads to the people whom it concerns. */
export const Checks = ({
  report,
  checks,
  jobId,
  locale,
}: {
  report: Report;
  checks: readonly Check[];
  jobId: string;
  locale: Locale;
}) => {
  const words = wordsOf(locale);
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
              <a href={kind === 'room' ? '#rooms' : addressOf(jobId, { check: kind })}>
                {words.checks[kind].issue} ({count})
              </a>{' '}
              <span class="soft">{words.checks[kind].action}</span>
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
