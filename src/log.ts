/** One structured line: an event's name with ids and counts. Never names, topics, addresses, tokens or bodies. */
export type Log = (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;

/** Logs as JSON lines, one object per line, so that no value can forge a second line. */
export const jsonLog =
  (write: (line: string) => void): Log =>
  (event, fields) =>
    write(`${JSON.stringify({ event, ...fields })}\n`);
