import { html } from 'hono/html';

/** What the stand-in knows of somebody who can sign in. */
export type StandInPerson = { openId: string; name: string; role: string; mayManageMeetings: boolean };

/**
 * The stand-in's page of consent. The choice is posted to the address it came from: `person`, `scope` for each scope
 * left ticked, and `decision`.
 */
export const consentPage = (
  appId: string,
  scopes: readonly string[],
  people: readonly StandInPerson[],
) => html`<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Stand-in Feishu</title>
    <style>
      :root { color-scheme: light dark; }
      body { font: 1rem/1.6 system-ui, 'Noto Sans CJK SC', sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
      fieldset { margin: 1.25rem 0; padding: 0.5rem 1rem 0.75rem; border: 1px solid #8888; border-radius: 0.6rem; }
      label { display: block; margin: 0.4rem 0; }
      button { font: inherit; padding: 0.5rem 1.5rem; margin-right: 0.75rem; }
      code { overflow-wrap: anywhere; }
    </style>
  </head>
  <body>
    <p><strong>飞书替身 · Stand-in Feishu</strong></p>
    <h1>授权 · Authorise</h1>
    <p>应用 App: <code>${appId}</code></p>
    <form method="post">
      <fieldset>
        <legend>登录身份 · Sign in as</legend>
        ${people.map(
          ({ openId, name, role }, index) =>
            html`<label><input type="radio" name="person" value="${openId}" ${index === 0 ? 'checked' : ''}> ${name} <small>${role}</small></label>`,
        )}
      </fieldset>
      <fieldset>
        <legend>权限 · Permissions</legend>
        ${scopes.map(
          (scope) =>
            html`<label><input type="checkbox" name="scope" value="${scope}" checked> <code>${scope}</code></label>`,
        )}
      </fieldset>
      <button name="decision" value="accept">同意 · Accept</button>
      <button name="decision" value="cancel">取消 · Cancel</button>
    </form>
  </body>
</html>`;
