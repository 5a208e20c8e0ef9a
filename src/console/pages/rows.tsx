import type { Participant } from '../../domain/meeting.ts';
import type { Report } from '../../domain/report.ts';
import type { Judged } from '../../domain/verdict.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import { wordsOf } from '../../words/locale.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';
import { rowsShown } from './timeline.tsx';

/** The rows of one person as Feishu sent them, in their order; a time that could not be read shows what was sent. */
export const Rows = ({
  judged,
  report,
  visitor: { locale, timeZone },
}: {
  judged: Judged;
  report: Pick<Report, 'snapshot' | 'meeting'>;
  visitor: Visitor;
}) => {
  const { participants: header, attendance, replies } = wordsOf(locale);
  const own = meetingWords[locale];
  const all = judged.rows.flatMap((row) => report.snapshot.participants[row] ?? []);
  const { parts } = report.meeting;
  const read = (value: string | null, sent: string | undefined) =>
    sent === undefined ? (value ?? '–') : own.why.sent(shorten(sent, 60));
  const moment = (at: number | null) => (at === null ? null : wallClock(timeZone, at));
  const cells = (row: Participant): [label: string, text: string][] => [
    [header.device, [row.device, row.appVersion].filter((text) => text !== '').join(' ')],
    ...(parts ? [[header.part, String((row.part ?? 0) + 1)] as [string, string]] : []),
    [header.joined, read(moment(row.joinedAt), row.unreadable?.joinTime)],
    [header.left, read(moment(row.leftAt), row.unreadable?.leaveTime)],
    [
      header.connected,
      read(row.connectedSeconds === null ? null : clock(row.connectedSeconds), row.unreadable?.timeInMeeting),
    ],
    [attendance.reply, replies[row.reply]],
    [header.leaveReason, row.leaveReason],
  ];
  const [first] = all;
  if (first === undefined) return null;
  return (
    <section>
      <h2>{own.why.rows}</h2>
      <p class="note">{own.why.rowsHint}</p>
      <div class="scroll">
        <table class="cards-on-phone">
          <thead>
            <tr>
              <th scope="col">#</th>
              {cells(first).map(([label]) => (
                <th scope="col">{label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.slice(0, rowsShown).map((row, index) => (
              <tr>
                <th scope="row">{index + 1}</th>
                {cells(row).map(([label, text]) => (
                  <td data-label={label}>{shorten(text, 80) || '–'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length > rowsShown && <p class="note">{own.more(all.length - rowsShown)}</p>}
    </section>
  );
};
