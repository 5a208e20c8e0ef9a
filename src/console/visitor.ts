import type { Person } from '../domain/audit.ts';
import type { Locale } from '../words/locale.ts';

/** Viewers see, ask and download; admins also decide on people, change the policy and connect Feishu. */
export type Role = 'viewer' | 'admin';

/** Whom a page is made for. */
export type Visitor = Person & {
  role: Role;
  sessionId: string;
  locale: Locale;
  /** IANA zone in which every time is shown. */
  timeZone: string;
  /** Goes into every form. */
  formToken: string;
  /** Path and query of the page, for the switch of language. */
  path: string;
};

/** Never the whole visitor: what goes into the trail must not hold the session. */
export const personOf = ({ openId, name }: Visitor): Person => ({ openId, name });

/** What every route behind the sign-in finds in its context. */
export type Env = { Variables: { visitor: Visitor } };
