import type { PolicyVersion } from '../../../domain/policy.ts';
import type { SavedPolicy } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';
import { Shell } from '../shell.tsx';
import { Fingerprint, savedText } from './saved.tsx';
import { Differences, PolicyTold } from './told.tsx';

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
