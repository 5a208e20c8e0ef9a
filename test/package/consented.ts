import { people } from '../../src/local/feishu-oauth.ts';

/** The user-token secret after the meeting administrator has agreed at a stand-in, its access token already at its end. */
export const consented = async (url: string, app: { appId: string; appSecret: string }): Promise<string> => {
  const scope = 'vc:rooms.room.detailinfo:read vc:meeting:readonly offline_access';
  const redirect_uri = 'https://console.test/connect/callback';
  const asked = new URLSearchParams({ client_id: app.appId, response_type: 'code', redirect_uri, scope });
  const choice = new URLSearchParams({ person: people.admin.openId, decision: 'accept' });
  for (const each of scope.split(' ')) choice.append('scope', each);
  const agreed = await fetch(`${url}/open-apis/authen/v1/authorize?${asked}`, {
    method: 'POST',
    body: choice,
    redirect: 'manual',
  });
  const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code');
  const answered = await fetch(`${url}/open-apis/authen/v2/oauth/token`, {
    method: 'POST',
    body: JSON.stringify({
      grant_type: 'authorization_code',
      client_id: app.appId,
      client_secret: app.appSecret,
      redirect_uri,
      code,
    }),
  });
  const pair = (await answered.json()) as Record<string, string>;
  const now = Math.floor(Date.now() / 1000);
  return JSON.stringify({
    accessToken: pair.access_token,
    accessTokenExpiresAt: now,
    refreshToken: pair.refresh_token,
    refreshTokenExpiresAt: now + 604_800,
    authorizedAt: now,
    refreshedAt: now - 7200,
    openId: people.admin.openId,
    name: people.admin.name,
    scope,
  });
};
