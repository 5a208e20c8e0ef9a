import type { PolicyVersion } from '../../../domain/policy.ts';
import type { SavedPolicy } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';
import { Shell } from '../shell.tsx';
import { Carried } from './carried.tsx';
import { timeText } from './saved.tsx';
import { Differences } from './told.tsx';

type ConflictPageProps = {
  visitor: Visitor;
  version: PolicyVersion;
  /** What is in force by now; null when it cannot be read. */
  inForce: PolicyVersion | null;
  /** Who put it there; null when nobody noted it. */
  saved: SavedPolicy | null;
  etag: string;
  editor: 'form' | 'json';
};

/** Somebody else was faster: both versions beside each other, and the draft to go on with. */
export const ConflictPage = ({ visitor, version, inForce, saved, etag, editor }: ConflictPageProps) => {
  const { locale, timeZone } = visitor;
  const { conflict: words, unreadable } = policyWords[locale];
  return (
    <Shell visitor={visitor} place="policy" title={words.title}>
      <h1>{words.title}</h1>
      <p class="callout warn" role="alert">
        {saved && words.by({ name: saved.by.name, time: timeText(timeZone, saved.at) })} {words.text}
      </p>
      {inForce ? (
        <Differences before={inForce.policy} after={version.policy} locale={locale} />
      ) : (
        <p class="callout bad">{unreadable.title}</p>
      )}
      <Carried visitor={visitor} version={version} etag={etag} editor={editor}>
        <div class="actions">
          <button type="submit" name="do" value={`as-${editor}`} class="button">
            {words.go}
          </button>
          <button type="submit" name="do" value="save" class="button second">
            {words.save}
          </button>
        </div>
      </Carried>
    </Shell>
  );
};
