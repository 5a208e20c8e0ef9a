import type { PropsWithChildren } from 'hono/jsx';
import type { Fields } from '../../policy/codec.ts';
import { Field, tied } from '../parts.tsx';

/** What every control of the form knows: the fields as they were written, and what is wrong with which. */
export type Form = { fields: Fields; errors: ReadonlyMap<string, string> };

type Control = { form: Form; name: string; label: string; hint?: string };

const valueIn = ({ fields }: Form, name: string): string => fields.get(name)?.[0] ?? '';

const framed = ({ form, name, label, hint }: Control) => {
  const error = form.errors.get(name);
  return {
    field: { name, label, error, ...(hint !== undefined && { hint }) },
    control: tied(name, { hint: hint !== undefined, error }),
  };
};

export const TextField = (props: Control) => {
  const { field, control } = framed(props);
  return (
    <Field {...field}>
      <input {...control} value={valueIn(props.form, props.name)} autocomplete="off" />
    </Field>
  );
};

/** Not of type number: a browser says nothing of what it cannot read, and we could not answer it. */
export const NumberField = (props: Control) => {
  const { field, control } = framed(props);
  return (
    <Field {...field}>
      <input {...control} value={valueIn(props.form, props.name)} inputmode="decimal" size={8} autocomplete="off" />
    </Field>
  );
};

export const LinesField = (props: Control) => {
  const { field, control } = framed(props);
  return (
    <Field {...field}>
      <textarea {...control} rows={3}>
        {valueIn(props.form, props.name)}
      </textarea>
    </Field>
  );
};

/** @property on The option with which a switch shows what is behind it. */
export const Choice = (props: Control & { options: Readonly<Record<string, string>>; on?: string }) => {
  const { field, control } = framed(props);
  const value = valueIn(props.form, props.name);
  return (
    <Field {...field}>
      <select {...control}>
        {Object.entries(props.options).map(([option, text]) => (
          <option value={option} selected={option === value} class={option === props.on ? 'on' : undefined}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
};

/** A box; ticked it says `value`. */
export const Box = ({ form, name, label, value }: Control & { value: string }) => {
  const error = form.errors.get(name);
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          class="on"
          {...tied(name, { error })}
          value={value}
          checked={form.fields.get(name)?.includes(value) ?? false}
        />
        {label}
      </label>
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
};

/** Fields that belong together, and what is wrong with them as a whole. */
export const Group = ({
  form,
  name,
  legend,
  hint,
  children,
}: PropsWithChildren<{ form: Form; name: string; legend: string; hint?: string }>) => {
  const error = form.errors.get(name);
  return (
    <fieldset id={name} tabindex={-1} aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{legend}</legend>
      {hint && <p class="hint">{hint}</p>}
      {error && (
        <p class="error" id={`${name}-error`}>
          {error}
        </p>
      )}
      {children}
    </fieldset>
  );
};
