import type { Locale } from '../../words/locale.ts';
import { shownDay } from '../days.ts';
import type { Range } from '../range.ts';
import { rangeWords } from '../words/range.ts';
import { Field, tied } from './parts.tsx';

type RangeFieldsProps = { locale: Locale; range: Range; required?: boolean };

/** The two date fields of a form, each with what is wrong with it. */
export const RangeFields = ({ locale, range, required = false }: RangeFieldsProps) => (
  <>
    {(['from', 'to'] as const).map((name) => (
      <Field name={name} label={rangeWords[locale][name]} error={range.errors[name]}>
        <input
          type="date"
          required={required}
          {...tied(name, { error: range.errors[name] })}
          value={shownDay(range[name])}
        />
      </Field>
    ))}
  </>
);
