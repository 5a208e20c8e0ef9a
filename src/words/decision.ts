import type { Check } from '../domain/checks.ts';
import { rowOf } from '../domain/decisions.ts';
import { wallClock } from '../domain/zone.ts';
import type { Words } from './words.ts';

/** Who decided what, and why HR is asked about it, in a sentence. */
export const decisionText = (
  check: Extract<Check, { about: 'decision' }>,
  { words, timeZone }: { words: Words; timeZone: string },
): string => {
  const { verdicts, decision: say } = words;
  const { by, at, verdict, beside, reason, saidOf = null, person } = check.decision;
  const told = { by: by.name, at: wallClock(timeZone, at), verdict: verdicts[verdict] };
  switch (check.kind) {
    case 'contested-decision': {
      const now = verdicts[check.judged.verdict.kind];
      return say.contested({ ...told, before: beside ? verdicts[beside.kind] : '?', now });
    }
    case 'stray-decision': {
      const row = rowOf(check.decision);
      return say.stray({
        ...told,
        person: row === null ? check.judged?.name || person : say.row(row + 1),
        reason,
        saidOf,
      });
    }
  }
};
