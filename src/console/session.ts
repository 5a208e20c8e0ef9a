import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Person } from '../domain/audit.ts';
import { sealedCookie } from './sealed-cookie.ts';

/** What the browser of somebody who is signed in keeps, sealed. Times are Unix milliseconds. */
export type Session = Person & { id: string; startedAt: number; seenAt: number };

/** Without a click for so long, one has to sign in again. */
export const idleMs = 60 * 60_000;
/** However busy, one has to sign in again once a working day. */
export const longestMs = 12 * 3_600_000;
/** The time of the last click is noted no more often than this. */
const noteMs = 60_000;

/** Holds it in the browser. */
export const sessionCookie = (appSecret: string) =>
  sealedCookie<Session>(appSecret, { name: 'session', purpose: 'console session', maxAge: longestMs / 1000 });

/** A new one at every sign-in, so that no id from before it is of use. */
export const newSession = ({ openId, name }: Person, now: number): Session => ({
  openId,
  name,
  id: randomBytes(32).toString('base64url'),
  startedAt: now,
  seenAt: now,
});

/** Whether the browser's word still counts; whether the session was ended elsewhere is not asked here. */
export const isFresh = ({ startedAt, seenAt }: Session, now: number): boolean =>
  now < startedAt + longestMs && now < seenAt + idleMs;

/** The session as seen now, or null when what the browser keeps will do. */
export const seenAgain = (session: Session, now: number): Session | null =>
  now - session.seenAt < noteMs ? null : { ...session, seenAt: now };

/** What every form of this session carries, and no other site can know. */
export const formToken = ({ id }: Session, appSecret: string): string =>
  createHmac('sha256', appSecret).update(`form ${id}`).digest('base64url');

/** Takes the same time for every wrong one. */
export const isToken = (given: string, expected: string): boolean => {
  const [one, other] = [given, expected].map((text) => createHmac('sha256', 'compare').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
};
