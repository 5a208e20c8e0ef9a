import type { PolicyVersion } from '../../../domain/policy.ts';
import type { SavedPolicy } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';
import { Shell } from '../shell.tsx';
import { Fingerprint, History, savedText } from './saved.tsx';
import { PolicyTold } from './told.tsx';

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
