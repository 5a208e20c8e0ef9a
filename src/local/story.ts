/** A believable afternoon at a company: three meetings that ended a moment ago, as the stand-in Feishu knows them. */

/** A meeting instance as the platform keeps it. Times are Unix seconds; rows are what participant_list would send. */
export type StoryMeeting = {
  id: string;
  no: string;
  topic: string;
  start: number;
  end: number;
  webinar: boolean;
  ownerOpenId: string;
  rows: StoryRow[];
};

/** One row with all 28 fields of participant_list, times in the platform's text form. */
export type StoryRow = Record<string, string | number | boolean>;

type Person = {
  name: string;
  department: string;
  userId: string;
  employeeId: string;
  email: string;
  external: boolean;
};

/** One stretch of one device: minutes from the meeting's start, and how many of them it was connected. */
type Stretch = { from: number; to: number; connected?: number; device?: string };

const minute = 60;

/** A small seeded generator (mulberry32), so that every run tells the same story. */
export const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** `2022.12.23 11:16:59 (GMT+08:00)`, the platform's form of a moment. */
export const feishuTime = (unixSeconds: number): string =>
  `${new Date((unixSeconds + 8 * 3600) * 1000).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ')} (GMT+08:00)`;

/** `HH:MM:SS`. */
export const feishuDuration = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');

const replies = { accepted: 1, declined: 2, tentative: 3, noResponse: 4 } as const;

const row = (
  meeting: Pick<StoryMeeting, 'start'>,
  person: Person,
  stretch: Stretch | null,
  extra: { reply?: keyof typeof replies; role?: '0' | '3' } = {},
): StoryRow => {
  const at = (minutes: number) => feishuTime(Math.round(meeting.start + minutes * minute));
  const connected = stretch ? (stretch.connected ?? stretch.to - stretch.from) : 0;
  return {
    participant_name: person.name,
    department: person.department,
    user_id: person.userId,
    meeting_room_id: '',
    employee_id: person.employeeId,
    phone: '',
    email: person.email,
    device: stretch ? (stretch.device ?? 'windows') : '',
    app_version: stretch ? '7.32.5' : '',
    public_ip: '',
    internal_ip: '',
    use_rtc_proxy: false,
    location: '',
    network_type: stretch ? 'wifi' : '',
    protocol: stretch ? 'udp' : '',
    microphone: '',
    speaker: '',
    camera: '',
    audio: stretch !== null,
    video: stretch !== null && connected > 20,
    sharing: false,
    join_time: stretch ? at(stretch.from) : '',
    leave_time: stretch ? at(stretch.to) : '',
    time_in_meeting: stretch ? feishuDuration(Math.round(connected * minute)) : '',
    leave_reason: stretch ? '主动离会' : '',
    ...(extra.reply ? { accept_status: replies[extra.reply] } : {}),
    is_external: person.external,
    webinar_user_role: extra.role ?? '',
  };
};

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
const givenNames = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '杰',
  '雨桐',
  '子涵',
  '浩然',
  '思远',
  '佳怡',
];
const westernNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Kenneth', 'Radia', 'Niklaus'];
const westernSurnames = [
  'Miller',
  'Novak',
  'Okafor',
  'Silva',
  'Tanaka',
  'Keller',
  'Haddad',
  'Larsen',
  'Moreau',
  'Costa',
];
const departments = ['研发中心', '市场部', '人力资源部', '客户成功部', '财务部', 'International'];

/** The n-th employee of the sample company; every eighth has a Western name. */
const employee = (n: number): Person => {
  const at = <T>(list: ArrayLike<T>, index: number) => list[index % list.length] as T;
  const western = n % 8 === 7;
  const name = western
    ? `${at(westernNames, n >> 3)} ${at(westernSurnames, (n >> 3) * 3 + n)}`
    : `${at(surnames, n)}${at(givenNames, Math.floor(n / surnames.length) + n * 5)}`;
  return {
    name,
    department: western ? 'International' : at(departments, n % 5),
    userId: `ou_${(n * 2654435761).toString(16).padStart(12, '0')}`,
    employeeId: String(20_220_000 + n),
    email: `staff${n}@example.com`,
    external: false,
  };
};

const guest: Person = {
  name: 'Mei Lin (partner)',
  department: '',
  userId: '',
  employeeId: '',
  email: '',
  external: true,
};

/** A weekly: most are there, two come late, one leaves early, three do not come, a room and a phone guest are in. */
const weekly = (base: Omit<StoryMeeting, 'rows'>): StoryMeeting => ({
  ...base,
  rows: [
    ...Array.from({ length: 12 }, (_, n) => row(base, employee(n), { from: n % 3, to: 60 }, { reply: 'accepted' })),
    row(base, employee(12), { from: 14, to: 60 }, { reply: 'accepted' }),
    row(base, employee(13), { from: 22, to: 60, connected: 36 }, { reply: 'accepted' }),
    row(base, employee(14), { from: 0, to: 31 }, { reply: 'accepted' }),
    ...[15, 16, 17].map((n) => row(base, employee(n), null, { reply: 'accepted' })),
    row(base, employee(18), null, { reply: 'declined' }),
    row(base, employee(19), { from: 1, to: 60 }, { reply: 'declined' }),
    row(base, employee(20), null, { reply: 'tentative' }),
    row(base, employee(21), null, { reply: 'noResponse' }),
    row(base, employee(23), { from: 3, to: 59 }),
    row(base, guest, { from: 2, to: 58, device: 'web' }),
    {
      ...row(base, { ...guest, name: '6F 大会议室 Everest', external: false }, { from: 0, to: 60, device: 'rooms' }),
      meeting_room_id: 'omm_0f1e2d3c4b5a',
    },
  ],
});

/** A training: people with a laptop and a phone, whose overlap decides, or cannot be decided. */
const training = (base: Omit<StoryMeeting, 'rows'>): StoryMeeting => {
  const twice = (n: number, laptop: Stretch, phone: Stretch) => [
    row(base, employee(n), laptop, { reply: 'accepted' }),
    row(base, employee(n), { device: 'iphone', ...phone }, { reply: 'accepted' }),
  ];
  return {
    ...base,
    rows: [
      ...Array.from({ length: 16 }, (_, i) =>
        row(base, employee(30 + i), { from: 0, to: 90, connected: 88 - i }, { reply: 'accepted' }),
      ),
      ...twice(50, { from: 0, to: 40 }, { from: 40, to: 90 }),
      ...twice(51, { from: 0, to: 90, connected: 45 }, { from: 0, to: 90, connected: 45 }),
      ...twice(52, { from: 5, to: 60 }, { from: 30, to: 88 }),
      ...twice(53, { from: 0, to: 20 }, { from: 10, to: 35 }),
      row(base, employee(54), null, { reply: 'accepted' }),
    ],
  };
};

/** A webinar for the whole company: five panellists and 1,195 viewers with every habit. */
const webinar = (base: Omit<StoryMeeting, 'rows'>): StoryMeeting => {
  const random = seeded(20_26);
  const viewer = (n: number): StoryRow => {
    const reply = random() < 0.9 ? ('accepted' as const) : ('tentative' as const);
    const habit = random();
    const stretch =
      habit < 0.06
        ? null
        : habit < 0.14
          ? { from: 0, to: 12 + random() * 25 }
          : { from: random() * 9, to: 43 + random() * 2, connected: 34 + random() * 2 };
    return row(base, employee(100 + n), stretch, { reply, role: '3' });
  };
  return {
    ...base,
    rows: [
      ...Array.from({ length: 5 }, (_, n) =>
        row(base, employee(n), { from: 0, to: 45 }, { reply: 'accepted', role: '0' }),
      ),
      ...Array.from({ length: 1195 }, (_, n) => viewer(n)),
    ],
  };
};

/** The sample meetings, all ended within the last half hour before `now` (Unix seconds). Instance ids differ from run to run. */
export const tellStory = (now: number): StoryMeeting[] => {
  const id = (n: number) => String(6_911_188_411_934_000_000n + BigInt(now) * 1000n + BigInt(n));
  const base = { ownerOpenId: employee(0).userId, webinar: false };
  const ended = (minutesAgo: number, length: number) => ({
    start: now - (minutesAgo + length) * minute,
    end: now - minutesAgo * minute,
  });
  return [
    weekly({ ...base, id: id(1), no: '235812466', topic: '产品周会 Product weekly', ...ended(25, 60) }),
    training({ ...base, id: id(2), no: '348120957', topic: '信息安全培训 Security training', ...ended(12, 90) }),
    webinar({ ...base, id: id(3), no: '901276354', topic: '全员大会 All-hands', ...ended(3, 45), webinar: true }),
  ];
};
