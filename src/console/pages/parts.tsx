import type { PropsWithChildren } from 'hono/jsx';
import type { Job } from '../../domain/job.ts';
import type { Summary } from '../../domain/summary.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Locale } from '../../words/locale.ts';
import { wordsOf } from '../../words/locale.ts';
import { standingOf } from '../standing.ts';
import { frameWords } from '../words/frame.ts';

export const StatusChip = ({ locale, job }: { locale: Locale; job: Job | null }) => {
  const standing = standingOf(job);
  return <span class={`chip ${standing}`}>{frameWords[locale].statuses[standing]}</span>;
};

export const VerdictChip = ({ locale, verdict }: { locale: Locale; verdict: Verdict['kind'] }) => (
  <span class={`chip ${verdict}`}>{wordsOf(locale).verdicts[verdict]}</span>
);

/** The rate as a bar: what is sure, what the open verdicts may add, and the rest; the number beside it says the same. */
export const RateBar = ({ rate, rateIfCleared }: Pick<Summary, 'rate' | 'rateIfCleared'>) => {
  if (rate === null) return null;
  const sure = rate * 100;
  return (
    <svg class="rate" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="8" />
      <rect class="open" width={(rateIfCleared ?? rate) * 100} height="8" />
      <rect class="sure" width={sure} height="8" />
    </svg>
  );
};

/** A label with its input, and what is wrong with it. The input names itself `name` and takes `describe`. */
export const Field = ({
  name,
  label,
  hint,
  error,
  children,
}: PropsWithChildren<{ name: string; label: string; hint?: string; error?: string | undefined }>) => (
  <div class="field">
    <label for={name}>{label}</label>
    {children}
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {error && (
      <p class="error" id={`${name}-error`}>
        {error}
      </p>
    )}
  </div>
);

/** What ties an input to its field: id, name, and the texts that describe it. The first that is wrong takes the focus. */
export const tied = (name: string, { hint, error }: { hint?: boolean; error?: string | undefined } = {}) => {
  const described = [...(hint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])].join(' ');
  return {
    id: name,
    name,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(error && { 'aria-invalid': 'true' as const, autofocus: true }),
  };
};
