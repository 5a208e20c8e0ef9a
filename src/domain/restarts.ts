import type { Meeting, Part, Snapshot } from './meeting.ts';

/** A meeting that ended and was begun again: for people it is one. */
export type Restarted = Meeting & { parts: readonly Part[] };

/**
 * The restarted meetings among ended instances, in any order. An instance goes on with the one before it under the same
 * number when it begins at its end or at most so many seconds later; overlapping ones never join. 0 seconds join nothing.
 */
export const restartsOf = (instances: readonly Meeting[], withinSeconds: number): Restarted[] => {
  if (withinSeconds === 0) return [];
  const chains: [Meeting, ...Meeting[]][] = [];
  for (const instance of inOrder(instances)) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    const breakSeconds = last?.meetingNo === instance.meetingNo ? instance.startsAt - last.endsAt : -1;
    if (chain !== undefined && breakSeconds >= 0 && breakSeconds <= withinSeconds) chain.push(instance);
    else chains.push([instance]);
  }
  return chains.filter(({ length }) => length > 1).map(asOne);
};

/** Each instance once, however often it was listed; by number, then by time. */
const inOrder = (instances: readonly Meeting[]): Meeting[] =>
  [...new Map(instances.map((each) => [each.instanceId, each])).values()].sort(
    (a, b) => Number(a.meetingNo) - Number(b.meetingNo) || a.startsAt - b.startsAt || a.endsAt - b.endsAt,
  );

/** From the first start to the last end, under the ids of the first and the last and with the first one's words. */
const asOne = ([first, ...others]: readonly [Meeting, ...Meeting[]]): Restarted => {
  const last = others.at(-1) ?? first;
  const parts = [first, ...others].map(({ instanceId, startsAt, endsAt }): Part => ({ instanceId, startsAt, endsAt }));
  return { ...first, instanceId: joinedId(first, last), endsAt: last.endsAt, parts };
};

const joinedId = (first: Pick<Part, 'instanceId'>, last: Pick<Part, 'instanceId'>): string =>
  first === last ? first.instanceId : `${first.instanceId}_${last.instanceId}`;

/** Whether a joined report can have this instance id; an id from outside can look alike. */
export const isJoinedId = (instanceId: string): boolean => instanceId.includes('_');

/** What else may have a report of its own of a restarted meeting: each part, and each shorter run of them. */
export const reportsWithin = ({ instanceId, parts }: Restarted): Pick<Part, 'instanceId' | 'startsAt'>[] =>
  parts
    .flatMap((first, index) =>
      parts.slice(index).map((last) => ({ instanceId: joinedId(first, last), startsAt: first.startsAt })),
    )
    .filter((each) => each.instanceId !== instanceId);

/** Seconds that a meeting lasted, the breaks of a restarted one excluded. */
export const lengthSeconds = ({ startsAt, endsAt, parts }: Pick<Meeting, 'startsAt' | 'endsAt' | 'parts'>): number =>
  sum((parts ?? [{ startsAt, endsAt }]).map((part) => Math.max(0, part.endsAt - part.startsAt)));

/**
 * The snapshots of a meeting's parts, in their order, as one: whole only when each of them is, and shown to be so by what
 * all have in common. Feishu announced numbers for each part, and nothing for them together.
 */
export const mergeSnapshots = (snapshots: readonly Snapshot[]): Snapshot => {
  const [proof = null, ...otherProofs] = new Set(snapshots.map((each) => each.proof));
  const calls = allKnown(snapshots.map((each) => each.calls));
  const fetchedAt = allKnown(snapshots.map((each) => each.fetchedAt));
  return {
    participants: snapshots.flatMap(({ participants }, part) => participants.map((row) => ({ ...row, part }))),
    complete: snapshots.every(({ complete }) => complete),
    proof: otherProofs.length === 0 ? proof : null,
    pages: sum(snapshots.map(({ pages }) => pages)),
    reads: sum(snapshots.map(({ reads }) => reads)),
    calls: calls && sum(calls),
    fetchedAt: fetchedAt && Math.max(...fetchedAt),
    announced: null,
    webinar: snapshots.some(({ webinar }) => webinar),
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const allKnown = (values: readonly (number | null)[]): number[] | null => {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
};
