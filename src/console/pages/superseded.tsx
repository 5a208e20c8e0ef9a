import { meetingPath } from '../address.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';
import { Shell } from './shell.tsx';

/** Why nothing was done: somebody was faster. */
export const SupersededPage = ({ jobId, visitor }: { jobId: string; visitor: Visitor }) => {
  const words = meetingWords[visitor.locale].superseded;
  return (
    <Shell visitor={visitor} place="meetings" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.text}</p>
      <p class="actions">
        <a class="button slim" href={meetingPath(jobId)}>
          {words.open}
        </a>
      </p>
    </Shell>
  );
};
