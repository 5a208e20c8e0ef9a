import type { PolicyVersion } from '../../../domain/policy.ts';
import { wallClock } from '../../../domain/zone.ts';
import type { SavedPolicy } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';
import { Shell } from '../shell.tsx';
import { Differences, PolicyTold } from './told.tsx';

/** Minutes are enough for a person. */
export const timeText = (timeZone: string, unixSeconds: number): string =>
  wallClock(timeZone, unixSeconds).slice(0, 16);

const savedText = ({ by, at }: SavedPolicy, { locale, timeZone }: Visitor): string =>
  policyWords[locale].savedBy({ name: by.name, time: timeText(timeZone, at) });

/** `sha256` in full: it is what the workbook's evidence names. */
const Fingerprint = ({ sha256 }: { sha256: string }) => (
  <p class="small soft">
    SHA-256 <code>{sha256}</code>
  </p>
);

const History = ({ visitor, saved, inForce }: { visitor: Visitor; saved: readonly SavedPolicy[]; inForce: string }) => {
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

/** The policy in force as its object was read; `isThere` is false when there is none and the built-in one counts. */
type InForce = { version: PolicyVersion; isThere: boolean } | { problem: string };

const Admin = ({ visitor, isReadable }: { visitor: Visitor; isReadable: boolean }) => {
  const words = policyWords[visitor.locale];
  if (visitor.role !== 'admin') return null;
  return (
    <div class="actions noprint">
      <a class="button" href="/policy/edit">
        {words.edit}
      </a>
      {isReadable && (
        <a class="button second" href="/policy/rejudge">
          {words.rejudge}
        </a>
      )}
    </div>
  );
};

type PolicyPageProps = { visitor: Visitor; inForce: InForce; saved: readonly SavedPolicy[]; isJustSaved: boolean };

/** The policy in force, whole and in words, who put it there, and what was before. */
export const PolicyPage = ({ visitor, inForce, saved, isJustSaved }: PolicyPageProps) => {
  const words = policyWords[visitor.locale];
  if ('problem' in inForce) {
    const { title, text, admin, viewer } = words.unreadable;
    return (
      <Shell visitor={visitor} place="policy" title={words.title}>
        <h1>{words.title}</h1>
        <div class="callout bad">
          <p>
            <strong>{title}</strong> {text} {visitor.role === 'admin' ? admin : viewer}
          </p>
          <p lang="en">
            <code>{inForce.problem}</code>
          </p>
        </div>
        <Admin visitor={visitor} isReadable={false} />
        <History visitor={visitor} saved={saved} inForce="" />
      </Shell>
    );
  }
  const { policy, sha256 } = inForce.version;
  const note = saved.find((each) => each.sha256 === sha256);
  return (
    <Shell visitor={visitor} place="policy" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      {isJustSaved && (
        <p class="callout good" role="status">
          {words.saved} {words.savedHint} <a href="/policy/rejudge">{words.rejudge}</a>
        </p>
      )}
      <div class="inforce">
        <strong>{policy.name}</strong> <span class="chip done">{words.inForce}</span>
        <p class="soft">{note ? savedText(note, visitor) : inForce.isThere ? words.elsewhere : words.builtIn}</p>
        <Fingerprint sha256={sha256} />
      </div>
      <Admin visitor={visitor} isReadable={true} />
      <PolicyTold policy={policy} locale={visitor.locale} />
      <History visitor={visitor} saved={saved} inForce={sha256} />
    </Shell>
  );
};

type VersionPageProps = {
  visitor: Visitor;
  version: PolicyVersion;
  inForce: PolicyVersion | null;
  saved: readonly SavedPolicy[];
};

/** One version that was saved or used, and how the policy in force differs from it. */
export const VersionPage = ({ visitor, version, inForce, saved }: VersionPageProps) => {
  const words = policyWords[visitor.locale];
  const { policy, sha256 } = version;
  const isInForce = inForce?.sha256 === sha256;
  const notes = saved.filter((each) => each.sha256 === sha256);
  return (
    <Shell visitor={visitor} place="policy" title={`${words.version.title} ${sha256.slice(0, 12)}`}>
      <h1>{words.version.title}</h1>
      <p class="lede">{isInForce ? words.version.sameAsInForce : words.version.hint}</p>
      <div class="inforce">
        <strong>{policy.name}</strong> {isInForce && <span class="chip done">{words.inForce}</span>}
        {notes.map((note) => (
          <p class="soft">{savedText(note, visitor)}</p>
        ))}
        <Fingerprint sha256={sha256} />
      </div>
      <div class="actions noprint">
        {visitor.role === 'admin' && (
          <a class="button" href={`/policy/edit?from=${sha256}`}>
            {words.version.useAsDraft}
          </a>
        )}
        <a href="/policy">{words.title}</a>
      </div>
      {inForce && !isInForce && (
        <Differences before={inForce.policy} after={policy} locale={visitor.locale} afterIs={words.difference.this} />
      )}
      <PolicyTold policy={policy} locale={visitor.locale} />
    </Shell>
  );
};
