import { createRequire } from 'node:module';
import { join } from 'node:path';
import { body, credentials, headers, tellEach } from './push.ts';

type Dispatcher = {
  register: (handlers: object) => Dispatcher;
  invoke: (data: unknown, options?: { needCheck: boolean }) => Promise<unknown>;
};
type Sdk = { EventDispatcher: new (options: object) => Dispatcher };

const load = createRequire(join(process.env.FEISHU_SDK ?? '', 'index.js'));
const { EventDispatcher } = load('@larksuiteoapi/node-sdk') as Sdk;
const { encryptKey, verificationToken } = credentials;

let taken = 0;
const count = () => {
  taken += 1;
};
const silent = () => {};
const logger = { error: silent, warn: silent, info: silent, debug: silent, trace: silent };
const dispatcher = new EventDispatcher({ encryptKey, verificationToken, logger }).register({
  'vc.meeting.all_meeting_ended_v1': count,
});

/** As its adapters hand a request over: the parsed body, with the headers behind it. */
await tellEach(() => dispatcher.invoke(Object.assign(Object.create({ headers }), JSON.parse(body.toString()))));
if (taken === 0) throw new Error('The SDK took none of the events.');
