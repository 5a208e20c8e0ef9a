import type { Decision } from './domain/decisions.ts';
import { partsOf } from './domain/job-id.ts';
import { reportsWithin } from './domain/restarts.ts';
import { firstJobId, type ReportRequest, type RequestStore, readableRequest, rowsOf } from './store/requests.ts';

const isOf =
  (instanceId: string) =>
  ({ saidOf }: Decision): boolean =>
    saidOf !== undefined && partsOf(saidOf).instanceId === instanceId;

/**
 * What HR decided on the parts of a restarted meeting, and on shorter runs of them, that its request does not have yet,
 * each marked with whence it comes. Decisions are only ever added, so the count of those it has says which are new.
 */
export const saidOnParts = async (
  { meeting, decisions = [] }: ReportRequest,
  { requests, timeZone }: { requests: Pick<RequestStore, 'get' | 'revisions'>; timeZone: string },
): Promise<Decision[]> => {
  const { parts } = meeting;
  if (parts === undefined) return [];
  const said: Decision[] = [];
  for (const source of reportsWithin({ ...meeting, parts })) {
    const first = firstJobId(source, timeZone);
    const newest = (await requests.revisions(first)).at(-1) ?? 0;
    // A first report has none.
    const request = newest === 0 ? null : await readableRequest(requests, first.replace(/0$/, String(newest)));
    if (request === null) continue;
    const isOfSource = isOf(source.instanceId);
    const theirs = (request.decisions ?? []).map((each) => ({ saidOf: rowsOf(request), ...each })).filter(isOfSource);
    said.push(...theirs.slice(decisions.filter(isOfSource).length));
  }
  return said;
};
