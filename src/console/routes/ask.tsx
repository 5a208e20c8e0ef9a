import { Hono } from 'hono';
import { parseTime } from '../../domain/zone.ts';
import type { ConsoleDeps } from '../deps.ts';
import { digitsOf } from '../meeting-no.ts';
import { AskPage, type Question } from '../pages/ask.tsx';
import { checkedRange, isSound, todayIn, weekTo } from '../range.ts';
import { type Env, personOf, type Visitor } from '../visitor.ts';
import { askWords } from '../words/ask.ts';

/** Feishu is asked by start time; a day lasts to its last second. */
const lastSecond = 'T23:59:59';

const read = (given: Record<string, string | undefined>, visitor: Visitor, now: number): Question => {
  const { locale, timeZone } = visitor;
  const today = todayIn(timeZone, now);
  const { no: number = '', from = weekTo(today), to = today } = given;
  const { errors, ...range } = checkedRange({ from, to }, locale);
  const isNumber = /^\d{9}$/.test(digitsOf(number));
  return {
    ...range,
    number: number.slice(0, 40),
    errors: { ...errors, ...(!isNumber && { no: askWords[locale].badNumber }) },
  };
};

const isAnswerable = (question: Question): boolean => question.errors.no === undefined && isSound(question);

/** Asking for reports by number: find, pick, file. */
export const askRoutes = ({ ask, audit, now }: ConsoleDeps) => {
  const find = async ({ number, from, to }: Question, { timeZone }: Visitor) =>
    ask.find({
      meetingNo: digitsOf(number),
      from: parseTime(timeZone, from) as number,
      to: parseTime(timeZone, `${to}${lastSecond}`) as number,
    });

  return new Hono<Env>()
    .get('/ask', async (c) => {
      const { visitor } = c.var;
      const given = c.req.query();
      const question = read(given, visitor, now());
      if (given.no === undefined)
        return c.html(<AskPage visitor={visitor} question={{ ...question, errors: {} }} found={null} />);
      const found = isAnswerable(question) ? await find(question, visitor) : null;
      const status = found === null ? 422 : 'remedy' in found ? 502 : 200;
      return c.html(<AskPage visitor={visitor} question={question} found={found} />, status);
    })
    .post('/ask', async (c) => {
      const { visitor } = c.var;
      const body = await c.req.parseBody({ all: true });
      const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
      const question = read({ no: text('no'), from: text('from'), to: text('to') }, visitor, now());
      if (!isAnswerable(question)) return c.html(<AskPage visitor={visitor} question={question} found={null} />, 422);
      // Feishu is asked again: what a browser sends picks, and never says what a meeting was.
      const found = await find(question, visitor);
      if ('remedy' in found) return c.html(<AskPage visitor={visitor} question={question} found={found} />, 502);
      const picked = [body.instance ?? []].flat();
      const chosen = body.all === '1' ? found : found.filter(({ instanceId }) => picked.includes(instanceId));
      if (chosen.length === 0) {
        const pick = askWords[visitor.locale].pickOne;
        const asked = { ...question, errors: { pick } };
        return c.html(<AskPage visitor={visitor} question={asked} found={found} />, 422);
      }
      const person = personOf(visitor);
      await audit(person, { what: 'asked', instanceIds: chosen.map(({ instanceId }) => instanceId) });
      await ask.file(chosen, person);
      const { from, to, number } = question;
      return c.redirect(`/?${new URLSearchParams({ q: digitsOf(number), from, to })}`, 303);
    });
};
