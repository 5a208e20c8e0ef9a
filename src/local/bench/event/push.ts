import { sealPush } from '../../feishu.ts';

export const credentials = {
  appId: 'cli_9f5343c580712544',
  verificationToken: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
  encryptKey: 'an encrypt key',
};

const person = { id: { union_id: 'on_1', user_id: 'e33ggbyz', open_id: 'ou_1' }, user_role: 1, user_type: 1 };
const { headers: said, body: text } = sealPush(
  {
    schema: '2.0',
    header: {
      event_id: '5e3702a84e847582be8db7fb73283c02',
      event_type: 'vc.meeting.all_meeting_ended_v1',
      create_time: '1608725989000',
      token: credentials.verificationToken,
      app_id: credentials.appId,
      tenant_key: '2ca1d211f64f6438',
    },
    event: {
      meeting: {
        id: '6911188411934433028',
        topic: '全员大会'.repeat(110),
        meeting_no: '235812466',
        meeting_source: 1,
        start_time: '1608883322',
        end_time: '1608883899',
        host_user: person,
        owner: person,
        calendar_event_id: 'efa67a98-06a8-4df5-8559-746c8f4477ef_0',
      },
      operator: person,
    },
  },
  credentials.encryptKey,
  Date.now(),
);
export const headers = Object.fromEntries(Object.entries(said).map(([name, value]) => [name.toLowerCase(), value]));
export const body = Buffer.from(text);

/** Prints the microseconds of processor time that one event takes, once the code is warm. */
export const tellEach = async (take: () => unknown): Promise<void> => {
  const events = Number(process.argv[2]);
  for (let n = 0; n < events / 5; n += 1) await take();
  const before = process.cpuUsage();
  for (let n = 0; n < events; n += 1) await take();
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(String((user + system) / events));
};
