import { wallClock } from '../../domain/zone.ts';
import type { ConnectionState, Finding } from '../deps.ts';
import type { Visitor } from '../visitor.ts';
import { connectionWords } from '../words/connection.ts';
import { Shell, Token } from './shell.tsx';

type Props = { visitor: Visitor; state: ConnectionState; findings: readonly Finding[] | null; now: number };

const tones = { app: 'done', never: 'waiting', connected: 'done', broken: 'failed' } as const;

const Facts = ({ visitor: { locale, timeZone }, state, now }: Omit<Props, 'findings'>) => {
  const words = connectionWords[locale];
  const at = (unixSeconds: number) => wallClock(timeZone, unixSeconds).slice(0, 16);
  if (state.state === 'app' || state.state === 'never') return null;
  if (state.state === 'broken')
    return (
      <dl>
        <div>
          <dt>{words.cause}</dt>
          <dd>
            {words.causes[state.cause] ?? state.cause}
            <small>{at(state.since)}</small>
          </dd>
        </div>
      </dl>
    );
  const daysLeft = Math.max(0, Math.ceil((state.until - now / 1000) / 86_400));
  return (
    <dl>
      <div>
        <dt>{words.person}</dt>
        <dd>
          {state.person.name}
          <small>
            <code>{state.person.openId}</code>
          </small>
        </dd>
      </div>
      <div>
        <dt>{words.since}</dt>
        <dd>{at(state.since)}</dd>
      </div>
      <div>
        <dt>{words.until}</dt>
        <dd>
          {at(state.until)}
          <small>{words.daysLeft(daysLeft)}</small>
        </dd>
      </div>
      <div>
        <dt>{words.lastRefresh}</dt>
        <dd>{at(state.lastRefreshAt)}</dd>
      </div>
    </dl>
  );
};

const Findings = ({ visitor: { locale }, findings }: { visitor: Visitor; findings: readonly Finding[] }) => {
  const words = connectionWords[locale];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.columns.check}</th>
          <th scope="col">{words.columns.result}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ check, problem, remedy }) => (
          <tr>
            <th scope="row">{words.names[check] ?? check}</th>
            <td>
              <span class={`chip ${problem === null ? 'done' : 'failed'}`}>
                {problem === null ? words.ok : words.problem}
              </span>
              {problem !== null && (
                <p class="small">
                  {remedy?.[locale]} <span class="soft">{problem}</span>
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Who authorised and until when, and what else has to be in order. */
export const ConnectionPage = ({ visitor, state, findings, now }: Props) => {
  const { locale, role } = visitor;
  const words = connectionWords[locale];
  const said = words.states[state.state];
  const mayAuthorise = state.state !== 'app' && role === 'admin';
  return (
    <Shell visitor={visitor} place="connection" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">
        <span class={`chip ${tones[state.state]}`}>{said.title}</span> {said.text}
      </p>
      <Facts visitor={visitor} state={state} now={now} />
      {mayAuthorise && (
        <p class="actions">
          <a class={`button ${state.state === 'connected' ? 'second' : ''}`} href={`/connect?lang=${locale}`}>
            {state.state === 'never' ? words.connect : words.reconnect}
          </a>
        </p>
      )}
      {state.state !== 'app' && role !== 'admin' && <p class="note">{words.adminsOnly}</p>}
      <section>
        <h2>{words.checks}</h2>
        <p class="soft">{words.checksText}</p>
        {findings && <Findings visitor={visitor} findings={findings} />}
        <form method="post" action="/connection" class="actions">
          <Token visitor={visitor} />
          <button type="submit" class="button second">
            {words.examine}
          </button>
        </form>
      </section>
    </Shell>
  );
};
