import { wallClock } from '../../../domain/zone.ts';
import type { SavedPolicy } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';

/** Minutes are enough for a person. */
export const timeText = (timeZone: string, unixSeconds: number): string =>
  wallClock(timeZone, unixSeconds).slice(0, 16);

export const savedText = ({ by, at }: SavedPolicy, { locale, timeZone }: Visitor): string =>
  policyWords[locale].savedBy({ name: by.name, time: timeText(timeZone, at) });

/** `sha256` in full: it is what the workbook's evidence names. */
export const Fingerprint = ({ sha256 }: { sha256: string }) => (
  <p class="small soft">
    SHA-256 <code>{sha256}</code>
  </p>
);

export const History = ({
  visitor,
  saved,
  inForce,
}: {
  visitor: Visitor;
  saved: readonly SavedPolicy[];
  inForce: string;
}) => {
  const words = policyWords[visitor.locale];
  const { columns } = words.history;
  let isMarked = false;
  const mark = (sha256: string): boolean => {
    if (isMarked || sha256 !== inForce) return false;
    isMarked = true;
    return true;
  };
  return (
    <section>
      <h2 id="history">{words.sections.history}</h2>
      {saved.length === 0 ? (
        <p>{words.history.empty}</p>
      ) : (
        <table class="cards-on-phone" aria-labelledby="history">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.version}</th>
              <th scope="col">{columns.by}</th>
              <th scope="col">{columns.at}</th>
            </tr>
          </thead>
          <tbody>
            {saved.map(({ sha256, name, by, at }) => (
              <tr>
                <th scope="row">
                  {name} {mark(sha256) && <span class="chip done">{words.inForce}</span>}
                </th>
                <td data-label={columns.version}>
                  <a href={`/policy/versions/${sha256}`}>
                    <code>{sha256.slice(0, 12)}</code>
                  </a>
                </td>
                <td data-label={columns.by}>{by.name}</td>
                <td data-label={columns.at}>{timeText(visitor.timeZone, at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
