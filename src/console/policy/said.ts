import type { Fields } from './codec.ts';
import { jobIdIn } from './job-id.ts';

const actions = ['check', 'try', 'save', 'as-json', 'as-form', 'add', 'open', 'up'] as const;

/** What somebody sent with the form of the policy. */
export type Said = {
  action: (typeof actions)[number];
  /** Which exception to open or move, or how many people a trial has shown already. */
  index: number;
  /** How the draft is written here, and how it was written in the editor. */
  as: 'form' | 'json';
  editor: 'form' | 'json';
  etag: string;
  fields: Fields;
  json: string;
  /** The meeting to try it on: as chosen, as typed, and the job that is meant. */
  chosen: string;
  typed: string;
  jobId: string | null;
};

/** Fields that nobody knows are not looked at, nor are files. */
export const saidIn = (form: FormData): Said => {
  const fields: Fields = new Map();
  for (const [name, value] of form)
    if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value]);
  const first = (name: string): string => fields.get(name)?.[0] ?? '';
  const [, word, index = '0'] = /^([a-z-]+)(?::(\d{1,6}))?$/.exec(first('do')) ?? [];
  const as = first('as') === 'json' ? 'json' : 'form';
  const chosen = first('job');
  const typed = first('jobId').trim();
  return {
    action: actions.find((action) => action === word) ?? 'check',
    index: Number(index),
    as,
    editor: first('editor') === 'form' ? 'form' : as,
    etag: first('etag'),
    fields,
    json: first('json'),
    chosen,
    typed,
    jobId: jobIdIn(typed || chosen),
  };
};
