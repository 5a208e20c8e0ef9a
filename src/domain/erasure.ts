import { identityOf } from './identity.ts';
import type { Participant } from './meeting.ts';

/** Whose data is to go, by every id they are known by; e-mail addresses in lower case. */
export type Person = Readonly<Record<'userIds' | 'employeeIds' | 'emails' | 'openIds', ReadonlySet<string>>>;

/** A meeting's rows may bear open_ids as user_ids; then one is the other. */
export const personOf = (ids: Record<keyof Person, Iterable<string>>): Person => {
  const given = (kind: keyof Person) => [...ids[kind]].map((id) => id.trim()).filter((id) => id !== '');
  const userIds = given('userIds');
  return {
    userIds: new Set(userIds),
    employeeIds: new Set(given('employeeIds')),
    emails: new Set(given('emails').map((email) => email.toLowerCase())),
    openIds: new Set([...given('openIds'), ...userIds.filter((id) => id.startsWith('ou_'))]),
  };
};

/** What stands for the person afterwards: made of chance, so that nothing leads back. */
export type Alias = (identity: string) => string;

export const erasedName = '已删除 Erased';

const isPerson = ({ userId, employeeId, email }: Participant, person: Person): boolean =>
  person.userIds.has(userId) || person.employeeIds.has(employeeId) || person.emails.has(email.toLowerCase());

/** The row with its times and reply, which the counts are made of, and nothing that says whose it is. */
const withoutPerson = ({ detail: _, ...row }: Participant, userId: string): Participant => ({
  ...row,
  name: erasedName,
  userId,
  employeeId: '',
  email: '',
});

/**
 * The rows with the person's made anonymous. Rows that bear the same name and no id go too: nobody can tell that they are
 * somebody else's. Everybody stays as many attendees as they were.
 */
export const eraseRows = (
  participants: readonly Participant[],
  person: Person,
  alias: Alias,
): { participants: Participant[]; rows: number } => {
  const names = new Set(participants.flatMap((row) => (isPerson(row, person) && row.name !== '' ? [row.name] : [])));
  let rows = 0;
  const erased = participants.map((row) => {
    const identity = identityOf(row);
    const isNamesake = identity === null && row.meetingRoomId === '' && names.has(row.name);
    if (!isNamesake && !isPerson(row, person)) return row;
    rows += 1;
    return withoutPerson(row, identity === null ? '' : alias(identity));
  });
  return { participants: erased, rows };
};

/** The person by every id that rows of theirs bear beside the ones that are known. */
export const alsoKnownAs = (participants: readonly Participant[], person: Person): Person => {
  const rows = participants.filter((row) => isPerson(row, person));
  return personOf({
    userIds: [...person.userIds, ...rows.map(({ userId }) => userId)],
    employeeIds: [...person.employeeIds, ...rows.map(({ employeeId }) => employeeId)],
    emails: [...person.emails, ...rows.map(({ email }) => email)],
    openIds: person.openIds,
  });
};

/** Whether a text is the person's identity as reports key it: `u:`, `e:` or `m:` before the id. */
const isIdentity = (text: string, { userIds, employeeIds, emails }: Person): boolean => {
  const id = text.slice(2);
  if (text.startsWith('u:')) return userIds.has(id);
  if (text.startsWith('e:')) return employeeIds.has(id);
  return text.startsWith('m:') && emails.has(id.toLowerCase());
};

/** Whether a text names the person by something that no other text holds by chance. */
const names = (text: string, { openIds, emails }: Person): boolean =>
  (text.match(/[\w.+-]+@[\w.-]+|\w+/g) ?? []).some((word) => openIds.has(word) || emails.has(word.toLowerCase()));

/**
 * A JSON value, of whatever form, without the person: ids become aliases, texts that name them go as a whole, and so does
 * what stands beside an id of theirs in one object: the name, and the reason that somebody wrote about them.
 */
export const eraseIn = (value: unknown, person: Person, alias: Alias): { value: unknown; places: number } => {
  let places = 0;
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') {
      if (!isIdentity(each, person) && !names(each, person)) return each;
      places += 1;
      return isIdentity(each, person) ? `u:${alias(each)}` : 'erased';
    }
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each !== 'object' || each === null) return each;
    const before = places;
    const walked = Object.fromEntries(
      Object.entries(each).map(([key, inner]) => [key, typeof inner === 'object' ? inner : walk(inner)]),
    );
    const beside =
      before === places ? {} : { ...('name' in each && { name: '' }), ...('reason' in each && text(each)) };
    const inner = Object.fromEntries(
      Object.entries(walked).map(([key, found]) => [key, typeof found === 'object' ? walk(found) : found]),
    );
    return { ...inner, ...beside };
  };
  return { value: walk(value), places };
};

/** A decision's reason is free text; a request's is one of our own words. */
const text = (each: object): object => ('person' in each ? { reason: '' } : {});
