/**
 * What a field of a log line may look like. This list is the reason that no personal data can be logged: a field that is
 * not on it does not compile, and a value that has not its field's form is withheld. Nothing here has room for a name, a
 * topic, an address, a token or anybody's text.
 */
const forms = {
  jobId: /^\d{4}-\d{2}-\d{2}\/[\w-]{1,64}\.\d{1,9}$/,
  joinedJobId: /^\d{4}-\d{2}-\d{2}\/[\w-]{1,64}\.\d{1,9}$/,
  key: /^[a-z]+\/\d{4}-\d{2}-\d{2}\/[\w-]{1,64}\.\d{1,9}\.[a-z.]{3,8}$/,
  /** Feishu's id of a push, on the report's Evidence sheet too. */
  eventId: /^[\w-]{0,64}$/,
  eventType: /^[a-z0-9]+[._][a-z0-9._]{1,80}$/,
  messageId: /^[\w-]{1,64}$/,
  outcome: /^[a-z-]{1,30}$/,
  status: /^[a-z-]{1,30}$/,
  because: /^[a-z-]{1,30}$/,
  code: /^([A-Z][A-Z0-9_]{1,40}|[A-Za-z]{0,40}(Error|Exception))$/,
  cause: /^[A-Z][A-Z_]{1,40}$/,
  notListed: /^[A-Z_]{0,40}$/,
  error: /^[A-Za-z]{0,40}(Error|Exception|Failure)$/,
  /** Places in a push that were not as announced: names of fields, never values. */
  fields: /^[a-z0-9_. ]{0,200}$/,
} satisfies Record<string, RegExp>;

/** Numbers and truths say nothing about a person. */
const counts = [
  'feishuCode',
  'seconds',
  'daysLeft',
  'receiveCount',
  'pages',
  'rows',
  'calls',
  'reads',
  'undetermined',
  'secondsSinceEnd',
  'listed',
  'filed',
  'redriven',
  'revised',
  'unreadable',
  'complete',
  'workingTime',
] as const;

export type LogFields = Readonly<
  Partial<Record<keyof typeof forms, string> & Record<(typeof counts)[number], number | boolean>>
>;

/** One structured line: an event's name with ids and counts. */
export type Log = (event: string, fields: LogFields) => void;

const formOf = new Map<string, RegExp>(Object.entries(forms));
const isCount = new Set<string>(counts);

/** The field as it may be logged. JavaScript and a cast can bring what TypeScript would refuse. */
const admitted = ([name, value]: [string, unknown]): [string, unknown] => {
  const ok = isCount.has(name)
    ? typeof value === 'number' || typeof value === 'boolean'
    : typeof value === 'string' && formOf.get(name)?.test(value) === true;
  return [name, ok ? value : '[withheld]'];
};

/**
 * Logs as JSON lines, one object per line, so that no value can forge a second line.
 * @param around What else the line tells, made of trusted values: the invocation, metrics.
 */
export const jsonLog =
  (write: (line: string) => void, around: (event: string, fields: LogFields) => object = () => ({})): Log =>
  (event, fields) =>
    write(
      `${JSON.stringify({ event, ...Object.fromEntries(Object.entries(fields).map(admitted)), ...around(event, fields) })}\n`,
    );
