import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/domain/job.ts';
import { meeting, minute, participant } from '../../make.ts';
import { filled, formIn } from './form.ts';
import { doneJob, jobId, policyWorld, version } from './world.ts';

const hostile = `<img src=x onerror="alert(1)"></textarea><script>'&`;
const builtIn = version({});

/** Texts without tags. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

type World = ReturnType<typeof policyWorld>;

/** Opens the editor, fills in fields and presses a button. */
const press = async (
  world: World,
  action: string,
  over: Record<string, string | string[] | null> = {},
  from = '/policy/edit',
) => {
  const sent = formIn(await world.page(from), '/policy/edit');
  return world.post('/policy/edit?lang=en', filled(sent, { do: action, ...over }));
};

/** Goes on from the page that an answer shows. */
const pressOn = async (
  world: World,
  html: string,
  action: string,
  over: Record<string, string | string[] | null> = {},
) => world.post('/policy/edit?lang=en', filled(formIn(html, '/policy/edit'), { do: action, ...over }));

describe('the policy in words', () => {
  it('is shown whole to a viewer, with its hash, who saved it and when, and nothing to change it with', async () => {
    const world = policyWorld({ role: 'viewer' });
    const { sha256 } = await world.put({
      name: 'All-hands',
      minimum: { percent: 75, minutes: 30 },
      partial: { percent: 50 },
      late: { countsAs: 'insufficient' },
      overrides: [
        { match: { meetingNo: '123456789' }, set: { minimum: { percent: 90 } } },
        { match: { topicContains: 'Standup' }, set: { partial: null, expectations: { declined: 'required' } } },
      ],
      scope: { minMinutes: 10, minPeople: 2, sources: ['calendar'], topicWords: ['周会'] },
      restarts: { withinMinutes: 0 },
    });
    const html = await world.page('/policy');
    const text = textOf(html);
    for (const words of [
      'All-hands',
      sha256,
      'Saved by 李雷 on',
      '75% of the meeting and 30 minutes (never more than the meeting): the higher counts',
      '50% of the meeting',
      'By more than 5 minutes, a required person counts as insufficient',
      'Declined Excused',
      'For meetings whose meeting number is 123456789',
      '90% of the meeting',
      'For meetings whose topic contains “Standup”',
      'Declined: Required',
      'the meeting lasted at least 10 minutes',
      'at least 2 people joined',
      'the topic contains “周会”',
      'is always another meeting',
    ])
      expect(text).toContain(words);
    expect(html).not.toContain('/policy/edit');
    expect(html).not.toContain('/policy/rejudge');
    expect(html).toContain(`/policy/versions/${sha256}`);
  });

  it('says so when nobody has saved one, and when it came another way', async () => {
    const world = policyWorld();
    expect(textOf(await world.page('/policy'))).toContain('No policy has been saved yet: these are the built-in rules');
    world.spoil('{"name":"by hand"}');
    expect(textOf(await world.page('/policy'))).toContain('was not saved on this site');
  });

  it('is in Chinese for who reads Chinese', async () => {
    const text = textOf(await (await policyWorld().get('/policy?lang=zh')).text());
    expect(text).toContain('会议时长的 75%');
    expect(text).toContain('同一会议号在结束后 15 分钟内再次开始');
  });

  it('C6 shows names of policies and people as text', async () => {
    const world = policyWorld();
    const wanted = version({ name: hostile, overrides: [{ match: { topicContains: hostile }, set: {} }] });
    await world.desk.save(wanted, { etag: '', by: { openId: 'ou_x', name: hostile } });
    for (const path of ['/policy', '/policy/edit', '/policy/edit?as=json', `/policy/versions/${wanted.sha256}`]) {
      const html = await world.page(path);
      expect(html).not.toContain('<img');
      expect(html).toContain('&lt;img');
    }
  });

  it('says what is wrong with an object that cannot be read, and lets an admin replace it', async () => {
    const world = policyWorld();
    const before = await world.put({ name: 'Before' });
    world.spoil('{"minimun":{}}');
    const page = textOf(await world.page('/policy'));
    expect(page).toContain('cannot be read');
    expect(page).toContain('minimun: unknown key');
    expect(page).toContain('new reports wait');
    expect(await world.page('/policy/edit')).toContain('value="Before"');
    expect((await press(world, 'save')).status).toBe(303);
    expect(await world.current()).toEqual(before.policy);
  });

  it('offers the built-in rules when nothing readable was ever saved', async () => {
    const world = policyWorld();
    world.spoil('no json');
    expect(await world.page('/policy/edit')).toContain('value="Default"');
    const viewer = policyWorld({ role: 'viewer' });
    viewer.spoil('no json');
    expect(textOf(await viewer.page('/policy'))).toContain('Ask one of the people in CONSOLE_ADMINS');
  });
});

describe('an old version', () => {
  it('is shown whole, with how it differs from the policy in force, and becomes a draft', async () => {
    const world = policyWorld();
    const old = await world.put({ name: 'Old', minimum: { percent: 60 } });
    const now = await world.put({ name: 'New', minimum: { percent: 90 } });
    const html = await world.page(`/policy/versions/${old.sha256}`);
    const text = textOf(html);
    expect(text).toContain('Required time 90% of the meeting 60% of the meeting');
    expect(html).toContain(`/policy/edit?from=${old.sha256}`);
    const draft = await world.page(`/policy/edit?from=${old.sha256}`);
    expect(draft).toMatch(/name="minimum.percent" value="60"/);
    expect((await pressOn(world, draft, 'save')).status).toBe(303);
    expect(await world.current()).toEqual(old.policy);
    expect(textOf(await world.page(`/policy/versions/${old.sha256}`))).toContain('This version is in force');
    expect((await world.desk.saved()).map(({ sha256 }) => sha256)).toContain(now.sha256);
  });

  it.each([
    'f'.repeat(64),
    'F'.repeat(64),
    'f'.repeat(63),
    '../current',
    '..%2fcurrent',
    'current',
    '__proto__',
    '%00',
  ])('C5 is looked up and nothing else: %s', async (id) => {
    const world = policyWorld();
    expect((await world.get(`/policy/versions/${id}`)).status).toBe(404);
    expect((await world.get(`/policy/edit?from=${id}`)).status).toBe(404);
  });
});

describe('who may change it', () => {
  it.each(['/policy/edit', '/policy/edit?as=json', '/policy/rejudge'])('not a viewer: %s', async (path) => {
    const world = policyWorld({ role: 'viewer' });
    expect((await world.get(path)).status).toBe(403);
    expect((await world.post(path, { do: 'save', as: 'json', json: '{}', job: jobId })).status).toBe(403);
    expect(world.acts).toEqual([]);
    expect(world.rejudged).toEqual([]);
  });

  it.each(['/policy/edit', '/policy/rejudge'])('C4 nor a form of another site: %s', async (path) => {
    const world = policyWorld();
    const fields = { do: 'save', etag: '', as: 'json', json: '{"name":"x"}', job: jobId };
    expect((await world.post(path, fields, { origin: 'https://evil.test' })).status).toBe(403);
    const response = await world.app.request(`https://console.test${path}`, {
      method: 'POST',
      headers: { cookie: world.cookie, origin: 'https://console.test' },
      body: new URLSearchParams(fields),
    });
    expect(response.status).toBe(403);
    expect(world.acts).toEqual([]);
    expect(await world.current()).toEqual(builtIn.policy);
  });

  it('nor with more than 256 KB', async () => {
    const world = policyWorld();
    expect((await world.post('/policy/edit', { as: 'json', json: ' '.repeat(262_144) })).status).toBe(413);
  });
});

describe('saving', () => {
  it('puts a new version in force, noted before it is done, and shows it', async () => {
    const world = policyWorld();
    const response = await press(world, 'save', { 'minimum.percent': '８０', name: ' Stricter ' });
    const wanted = version({ name: 'Stricter', minimum: { percent: 80 } });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/policy?saved=${wanted.sha256}`);
    expect(await world.current()).toEqual(wanted.policy);
    expect(world.acts).toEqual([
      { who: { openId: 'ou_me', name: '王芳' }, act: { what: 'policy-saved', policySha256: wanted.sha256 } },
    ]);
    expect((await world.desk.saved()).map(({ by, name }) => [by.name, name])).toEqual([['王芳', 'Stricter']]);
    expect(textOf(await world.page(`/policy?saved=${wanted.sha256}`))).toContain(
      'Saved. Meetings that end from now on',
    );
    expect(textOf(await world.page('/policy?saved=other'))).not.toContain('Saved. Meetings');
  });

  it('does nothing when the audit trail cannot be written', async () => {
    const world = policyWorld({ audit: () => Promise.reject(new Error('no audit')) });
    expect((await press(world, 'save', { name: 'x' })).status).toBe(500);
    expect(await world.current()).toEqual(builtIn.policy);
  });

  it('C7 of what is in force already does nothing, and says so', async () => {
    const world = policyWorld();
    await world.put({ name: 'Same' });
    const response = await press(world, 'save');
    expect(response.status).toBe(200);
    expect(textOf(await response.text())).toContain('exactly the policy in force');
    expect(world.acts).toEqual([]);
    expect(await world.desk.saved()).toHaveLength(1);
  });

  it('C7 of a form that grew old shows who was faster and both versions, and keeps the draft', async () => {
    const world = policyWorld();
    const html = await world.page('/policy/edit');
    const theirs = await world.put({ name: 'Theirs', minimum: { percent: 60 } });
    const response = await pressOn(world, html, 'save', { name: 'Mine' });
    expect(response.status).toBe(409);
    const conflict = await response.text();
    expect(textOf(conflict)).toContain('李雷 saved the policy in force on');
    expect(textOf(conflict)).toContain('Name of the policy Theirs Mine');
    expect(textOf(conflict)).toContain('Required time 60% of the meeting 75% of the meeting');
    expect(world.acts).toEqual([]);
    expect(await world.current()).toEqual(theirs.policy);
    const again = await (await pressOn(world, conflict, 'as-form')).text();
    expect(again).toContain('value="Mine"');
    expect((await pressOn(world, again, 'save')).status).toBe(303);
    expect((await world.current())?.name).toBe('Mine');
  });

  it('C7 tells the same when somebody is faster in the last moment', async () => {
    const world = policyWorld();
    const html = await world.page('/policy/edit');
    const save = world.desk.save;
    let isFirst = true;
    world.desk.save = async (wanted, options) => {
      if (isFirst) await save(version({ name: 'Theirs' }), { ...options, by: world.by });
      isFirst = false;
      return save(wanted, options);
    };
    const racing = policyWorld({ desk: world.desk });
    const response = await pressOn(racing, html, 'save', { name: 'Mine', token: racing.token });
    expect(response.status).toBe(409);
    expect((await world.current())?.name).toBe('Theirs');
  });

  it('C7 of two who send at once lets one through', async () => {
    const world = policyWorld();
    const html = await world.page('/policy/edit');
    const answers = await Promise.all(['A', 'B', 'C'].map((name) => pressOn(world, html, 'save', { name })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  });
});

describe('what is wrong', () => {
  it('is said beside the field and above the form, with what was typed', async () => {
    const world = policyWorld();
    const response = await press(world, 'save', {
      'minimum.percent': '101',
      'late.graceMinutes': '1,000',
      partial: 'own',
      'partial.percent': '',
      scope: 'own',
      'scope.meetingNos': '123456789\n12',
    });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toMatch(
      /<input id="minimum.percent"[^>]*aria-describedby="minimum.percent-error"[^>]*aria-invalid="true"/,
    );
    expect(html).toContain('<p class="error" id="minimum.percent-error">Must be between 0 and 100</p>');
    expect(html).toContain(
      '<a class="alone" href="#minimum.percent">Required time · Percent of the meeting: Must be between 0 and 100</a>',
    );
    expect(html).toContain('<p class="error" id="late.graceMinutes-error">Enter a number such as 75 or 7.5</p>');
    expect(html).toContain('<p class="error" id="partial-error">Enter percent, minutes or both</p>');
    expect(html).toContain('item 2: A meeting number has nine digits</p>');
    expect(html).toContain('value="1,000"');
    expect(textOf(html)).toContain('4 things need correcting');
    for (const [, id = ''] of html.matchAll(/<a href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
    expect(world.acts).toEqual([]);
  });

  it('is never taken for a default: a field left empty, or not sent, is an error', async () => {
    const world = policyWorld();
    const response = await world.post('/policy/edit?lang=en', { do: 'save', etag: '' });
    expect(response.status).toBe(422);
    expect(await world.current()).toEqual(builtIn.policy);
    const empty = await press(world, 'check', { 'late.graceMinutes': '', name: ' ' });
    const html = await empty.text();
    expect(html).toContain('id="late.graceMinutes-error"');
    expect(html).toContain('id="name-error"');
  });

  it('ignores fields that nobody knows, and takes the first of a name that comes twice', async () => {
    const world = policyWorld();
    const sent = formIn(await world.page('/policy/edit'), '/policy/edit');
    const response = await world.post('/policy/edit', [
      ['name', 'First'],
      ...sent,
      ['name', 'Last'],
      ['minimum.seconds', '5'],
      ['__proto__', 'x'],
      ['constructor.prototype.polluted', 'x'],
      ['overrides[99999999].match.meetingNo', '1'],
      ['overrides[-1].match.meetingNo', '1'],
      ['do', 'save'],
    ]);
    expect(response.status).toBe(303);
    expect(await world.current()).toEqual({ ...builtIn.policy, name: 'First' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['{"name": }', 'line 1, column 10'],
    ['{"name":"a","name":"b"}', '“name” is there twice: line 1, column 13'],
    ['{"minimun":{}}', 'minimun: There is no such key'],
    ['{"__proto__":{"name":"x"}}', '__proto__: There is no such key'],
    ['{"minimum":{"constructor":1,"percent":1}}', 'minimum.constructor: There is no such key'],
    ['[]', 'Attendance policy: Must be a JSON object'],
    ['null', 'Attendance policy: Must be a JSON object'],
    ['{"minimum":{"percent":101}}', 'minimum.percent: Must be between 0 and 100'],
    ['', 'line 1, column 1'],
  ])('of JSON is told with its place: %s', async (json, told) => {
    const world = policyWorld();
    const response = await press(world, 'save', { json }, '/policy/edit?as=json');
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(textOf(html)).toContain(told);
    expect(html).toMatch(/<textarea id="json"[^>]*aria-invalid="true"/);
    expect(formIn(html, '/policy/edit')).toContainEqual(['json', json]);
    expect(world.acts).toEqual([]);
  });

  it.each([
    '{',
    '"x"',
    '[1]',
    '{"match":{},"set":{}}',
    '{"match":{"meetingNo":"1"},"set":{"minimum":{"percent":1,"minutes":1}},"x":1}',
    'null',
  ])('of a closed exception that somebody tampered with is told too: %s', async (json) => {
    const world = policyWorld();
    for (const action of ['check', 'open:0', 'up:1', 'add', 'as-json']) {
      const response = await press(world, action, { 'overrides[0]': json });
      expect([200, 422]).toContain(response.status);
    }
    expect((await press(world, 'save', { 'overrides[0]': json })).status).toBe(422);
  });
});

describe('exceptions', () => {
  const two = {
    overrides: [
      { match: { meetingNo: '111111111' }, set: { minimum: { percent: 10 } } },
      { match: { topicContains: 'B' }, set: { externals: 'same' } },
    ],
  };
  const added = {
    'overrides[2].match.meetingNo': '333 333 333',
    'overrides[2].set.minimum': 'own',
    'overrides[2].set.minimum.percent': '33',
  };

  it('are added with the form, and the next stands ready', async () => {
    const world = policyWorld();
    await world.put(two);
    const html = await (await press(world, 'add', added)).text();
    expect(html).toMatch(/<details open/);
    expect(html).toContain('name="overrides[3].match.meetingNo"');
    expect((await pressOn(world, html, 'save')).status).toBe(303);
    expect((await world.current())?.overrides[2]).toEqual({
      match: { meetingNo: '333333333' },
      set: { minimum: { percent: 33, combine: 'both' } },
    });
  });

  it('are removed by a box, moved and opened by a button', async () => {
    const world = policyWorld();
    await world.put(two);
    const moved = await (await press(world, 'up:1')).text();
    const opened = await (await pressOn(world, moved, 'open:0')).text();
    expect(formIn(opened, '/policy/edit')).toContainEqual(['overrides[0].match.topicContains', 'B']);
    expect((await pressOn(world, opened, 'save', { 'remove[1]': 'on' })).status).toBe(303);
    expect((await world.current())?.overrides.map(({ match }) => match)).toEqual([{ topicContains: 'B' }]);
  });

  it('begin with the rules of the policy, so that ticking a rule requires nobody by itself', async () => {
    const world = policyWorld();
    const html = await (await press(world, 'add', { 'overrides[0].match.meetingNo': '111111111' })).text();
    const saved = await pressOn(world, html, 'save', { 'overrides[0].set.expectations': 'own' });
    expect(saved.status).toBe(303);
    expect((await world.current())?.overrides[0]?.set.expectations).toEqual(builtIn.policy.expectations);
  });

  it('leave out what is switched off, whatever stands in its fields', async () => {
    const world = policyWorld();
    const response = await press(world, 'save', { ...added, 'overrides[2].set.minimum': null, name: 'x' });
    expect(response.status).toBe(303);
    expect((await world.current())?.overrides).toEqual([{ match: { meetingNo: '333333333' }, set: {} }]);
  });

  it('are open when something is wrong with them', async () => {
    const world = policyWorld();
    await world.put(two);
    const response = await press(world, 'check', { partial: 'own', 'partial.percent': '50' });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('name="overrides[0].set.minimum.percent"');
    expect(html).toMatch(/<fieldset id="overrides\[0\].set"[^>]*aria-describedby="overrides\[0\].set-error"/);
    expect(html).not.toContain('name="overrides[1].match.topicContains"');
  });

  it('C11 are thirty on a page of less than 60 KB', async () => {
    const world = policyWorld();
    const one = two.overrides[0];
    await world.put({ overrides: Array.from({ length: 30 }, () => one) });
    expect(Buffer.byteLength(await world.page('/policy/edit'))).toBeLessThan(60_000);
  });
});

describe('checking', () => {
  it('saves nothing and says what would differ', async () => {
    const world = policyWorld();
    const html = await (
      await press(world, 'check', { 'minimum.percent': '80', 'expectations.unknown': 'required' })
    ).text();
    expect(textOf(html)).toContain('All is well. It is not saved yet');
    expect(textOf(html)).toContain('Required time 75% of the meeting 80% of the meeting');
    expect(textOf(html)).toContain('Reply: unknown Optional Required');
    expect(world.acts).toEqual([]);
    expect(await world.current()).toEqual(builtIn.policy);
  });

  it('is what the Enter key does: the first button of the form', async () => {
    const html = await policyWorld().page('/policy/edit');
    expect(
      /<form method="post" action="\/policy\/edit".*?<button type="submit" name="do" value="([a-z-]+)"/s.exec(
        html,
      )?.[1],
    ).toBe('check');
  });

  it('says so when two policies mean the same', async () => {
    const world = policyWorld();
    await world.put({ scope: { sources: ['calendar'] } });
    const html = await (
      await press(world, 'check', { json: '{"scope":{"sources":["calendar"]},"restarts":{}}' }, '/policy/edit?as=json')
    ).text();
    expect(textOf(html)).toContain('The rules mean the same');
  });
});

describe('trying it', () => {
  it('shows who would change and why, and saves nothing', async () => {
    const world = policyWorld();
    const html = await (
      await press(world, 'try', { 'minimum.percent': '90', partial: 'own', 'partial.percent': '50', job: jobId })
    ).text();
    const text = textOf(html);
    expect(world.tried).toEqual([jobId]);
    expect(text).toContain('2 people’s verdicts would change');
    expect(text).toContain('Attended → Partial: 1');
    expect(text).toContain('Insufficient → Partial: 1');
    expect(text).toContain('Person 3');
    expect(text).not.toContain('Person 4');
    expect(text).toContain('Present 0:50:00; 0:45:00 required.');
    expect(text).toContain('Present 0:50:00; 0:54:00 required. Partial from 0:30:00.');
    expect(text).toMatch(/Attended 2 1/);
    expect(world.acts).toEqual([]);
    expect(await world.current()).toEqual(builtIn.policy);
    const back = await (await pressOn(world, html, 'as-form')).text();
    expect(formIn(back, '/policy/edit')).toContainEqual(['minimum.percent', '90']);
    expect((await pressOn(world, html, 'save')).status).toBe(303);
  });

  it('says plainly that nobody changes', async () => {
    const response = await press(policyWorld(), 'try', { job: jobId });
    expect(response.status).toBe(200);
    expect(textOf(await response.text())).toContain('Nobody’s verdict would change');
  });

  it('takes an id that is typed, or the address of the page', async () => {
    const world = policyWorld();
    for (const typed of [jobId, ` https://console.test/meetings/${jobId}?lang=en `])
      expect((await press(world, 'try', { jobId: typed })).status).toBe(200);
    expect(world.tried).toEqual([jobId, jobId]);
  });

  it('goes back to JSON when it came from there', async () => {
    const world = policyWorld();
    const html = await (await press(world, 'try', { job: jobId }, '/policy/edit?as=json')).text();
    expect(html).toContain('value="as-json"');
    expect(await (await pressOn(world, html, 'as-json')).text()).toContain('<textarea id="json"');
  });

  it.each(['', 'nonsense', '../../etc', '2026-11-16/1.0', '2026-11-16/../x.0', hostile])(
    'C5 says beside the field that %j is not possible, and keeps the draft',
    async (typed) => {
      const response = await press(policyWorld(), 'try', { jobId: typed, name: 'Draft' });
      expect(response.status).toBe(422);
      const html = await response.text();
      expect(html).toMatch(/<p class="error" id="job-error">(Not possible|Choose a meeting)/);
      expect(html).toContain('value="Draft"');
      expect(html).not.toContain('<img');
    },
  );

  it('C11 shows 1,200 people page by page, each below 60 KB, each person once', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) =>
      participant({ userId: `ou_${index}`, name: `${hostile} ${index}`, connectedSeconds: 2800 }),
    );
    const world = policyWorld({ rows });
    let html = await (await press(world, 'try', { 'minimum.percent': '90', job: jobId })).text();
    const seen: string[] = [];
    for (;;) {
      expect(Buffer.byteLength(html)).toBeLessThan(60_000);
      expect(html).not.toContain('<img');
      seen.push(...[...html.matchAll(/&#39;&amp; (\d+)<span/g)].map(([, index = '']) => index));
      const [, next] = /value="(try:\d+)"[^>]*>Next/.exec(html) ?? [];
      if (next === undefined) break;
      html = await (await pressOn(world, html, next)).text();
    }
    expect(seen).toEqual(rows.map((_, index) => String(index)));
  });

  it('says of whom HR decided that no policy changes that', async () => {
    const by = { openId: 'ou_hr', name: '李雷' };
    const decisions = [{ person: 'u:ou_3', verdict: 'excused' as const, reason: 'ill', by, at: minute(80) }];
    const html = await (await press(policyWorld({ decisions }), 'try', { 'minimum.percent': '90', job: jobId })).text();
    expect(textOf(html)).toContain('HR decided “Excused”; no policy changes that');
  });

  it('offers recent meetings that are done, newest first', async () => {
    const line = (instanceId: string, over: Partial<Job>) => ({
      jobId: `2026-11-16/${instanceId}.0`,
      job: doneJob({ meeting: meeting({ instanceId, topic: hostile }), ...over }),
    });
    const lines = [
      line('1', {}),
      line('2', { status: 'failed' } as Partial<Job>),
      { jobId: '2026-11-16/3.0', job: null },
    ];
    const html = await policyWorld({ lines }).page('/policy/edit');
    expect(html).toContain('value="2026-11-16/1.0"');
    expect(html).not.toContain('value="2026-11-16/2.0"');
    expect(html).not.toContain('value="2026-11-16/3.0"');
    expect(html).not.toContain('<img');
  });
});

describe('judging past meetings anew', () => {
  it('lists the done ones of a range, and says which were judged by the policy in force', async () => {
    const inForce = { ...doneJob(), policySha256: builtIn.sha256 } as Job;
    const world = policyWorld({
      lines: [
        { jobId, job: inForce },
        { jobId: '2026-11-16/2.0', job: doneJob() },
      ],
    });
    const html = await world.page('/policy/rejudge');
    expect(textOf(html)).toMatch(/Weekly 235812466 2026-11-16 09:00 the policy in force/);
    expect(textOf(html)).toContain('another policy');
    expect(formIn(html, '/policy/rejudge').filter(([name]) => name === 'job')).toEqual([]);
    const ticked = formIn(await world.page('/policy/rejudge?tick=all'), '/policy/rejudge');
    expect(ticked.filter(([name]) => name === 'job')).toEqual([
      ['job', jobId],
      ['job', '2026-11-16/2.0'],
    ]);
    expect(textOf(await world.page('/policy/rejudge?from=2026-11-01&to=2026-11-15'))).toContain(
      'No report was finished',
    );
  });

  it.each(['from=x&to=2026-11-16', 'from=2026-11-16&to=2026-11-15', 'from=2020-01-01&to=2026-11-16', 'to=2026-02-30'])(
    'answers a bad range beside the field: %s',
    async (range) => {
      const response = await policyWorld().get(`/policy/rejudge?${range}&lang=en`);
      expect(response.status).toBe(422);
      expect(await response.text()).toContain('class="error"');
    },
  );

  it('notes all of it first, then tells of each what became of it, and does a thing once', async () => {
    const world = policyWorld();
    const chosen = [jobId, jobId, '2026-11-16/2.0', '2026-11-16/3.8', '2026-11-16/4.9', '../x', hostile];
    const response = await world.post(
      '/policy/rejudge?lang=en',
      chosen.map((id): [string, string] => ['job', id]),
    );
    expect(response.status).toBe(200);
    const html = await response.text();
    const known = [jobId, '2026-11-16/2.0', '2026-11-16/3.8', '2026-11-16/4.9'];
    expect(world.acts).toEqual([
      {
        who: { openId: 'ou_me', name: '王芳' },
        act: { what: 're-judged', jobIds: known, policySha256: builtIn.sha256 },
      },
    ]);
    expect(world.rejudged).toEqual(known);
    expect(textOf(html)).toContain('Under way (1) 2026-11-16/6911188411934433028.1');
    expect(textOf(html)).toContain('a newer report is there (1) 2026-11-16/3.12');
    expect(textOf(html)).toContain('(3) ');
    expect(html).toContain(`href="/meetings/${jobId.replace('.0', '.1')}"`);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('href="/meetings/../');
    expect(html).not.toContain('canary-store');
    expect(world.errors.map(({ message }) => message)).toEqual(['canary-store']);
  });

  it.each([
    [0, 'Choose at least one meeting'],
    [51, 'Choose at most 50 meetings'],
  ])('refuses %i at a time', async (count, told) => {
    const world = policyWorld();
    const jobs = Array.from({ length: count }, (_, index): [string, string] => ['job', `2026-11-16/${index}.0`]);
    const response = await world.post('/policy/rejudge?lang=en', jobs);
    expect(response.status).toBe(422);
    expect(textOf(await response.text())).toContain(told);
    expect(world.rejudged).toEqual([]);
    expect(world.acts).toEqual([]);
  });

  it('goes to the page of the policy when that cannot be read', async () => {
    const world = policyWorld();
    world.spoil('{');
    expect((await world.get('/policy/rejudge')).headers.get('location')).toBe('/policy');
    const response = await world.post('/policy/rejudge', { job: jobId });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/policy']);
    expect(world.rejudged).toEqual([]);
    expect(world.acts).toEqual([]);
  });
});
