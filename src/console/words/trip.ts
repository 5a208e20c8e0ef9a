import type { Locale } from '../../words/locale.ts';
import type { Stale } from '../outcome.ts';

type Notice = { title: string; text: string };

/** Everything a page says, in one language. */
type Words = {
  languages: { label: string } & Record<Locale, string>;
  startAgain: string;
  connect: {
    title: string;
    lede: string;
    grants: string;
    readTitle: string;
    readText: string;
    stayTitle: string;
    stayText: string;
    nothingElse: string;
    before: string;
    beforeAdmin: string;
    beforeRight: string;
    beforeScopes: string;
    beforeRedirect: string;
    nobody: string;
    go: string;
    goHint: string;
  };
  signIn: {
    title: string;
    lede: string;
    go: string;
    goHint: string;
    firstTime: string;
    cancelled: Notice;
    stale: Notice;
    refused: Notice & { steps: readonly string[] };
    failed: Notice;
  };
  connected: Notice & {
    person: string;
    until: string;
    next: string;
    untilHint: string;
    withoutRight: Notice;
  };
  cancelled: Notice;
  stale: { title: string; texts: Record<Stale, string> };
  missingScopes: Notice & { meanings: Record<string, string>; how: string; steps: readonly string[] };
  refused: Notice & { yourId: string; how: string; steps: readonly string[] };
  feishuFailed: Notice & Record<'code' | 'tryLater', string>;
  broken: Notice;
  notFound: Notice & { home: string };
};

const zh: Words = {
  languages: { label: '语言', zh: '中文', en: 'English' },
  startAgain: '重新开始',
  connect: {
    title: '连接飞书',
    lede: 'Rollcall 会在每场飞书会议结束后生成考勤报告。读取参会记录需要一位会议管理员授权，每年一次。',
    grants: '您将授予的权限',
    readTitle: '读取会议与参会记录',
    readText: '查看已结束的会议，以及参会人的姓名、部门、入会与离会时间。只读取，不修改。',
    stayTitle: '在您离开后继续工作',
    stayText: '关闭此页面后仍可生成报告，最长 365 天，到期后需重新授权。',
    nothingElse: '除此之外不读取消息、文档或录制内容。您可以随时在飞书中撤销授权。',
    before: '开始之前',
    beforeAdmin: '您的 open_id 已列入 CONSOLE_ADMINS。如尚未列入，授权后的页面会显示您的 open_id。',
    beforeRight: '您拥有会议管理权限：飞书管理后台 → 视频会议 → 会议管理。',
    beforeScopes:
      '应用已添加上述两项权限并发布（开发者后台 → 权限管理），且已开启刷新 user_access_token（开发者后台 → 安全设置）。',
    beforeRedirect: '已登记下面的重定向 URL：开发者后台 → 安全设置 → 重定向 URL。',
    nobody: '白名单 CONSOLE_ADMINS 目前为空，任何人都无法完成连接。您可以先继续一次，以便查看自己的 open_id。',
    go: '前往飞书授权',
    goHint: '您将在飞书登录并确认授权，请在十分钟内完成。',
  },
  signIn: {
    title: '登录 Rollcall',
    lede: '查看每场飞书会议的考勤结论及依据，生成并下载报告。',
    go: '使用飞书登录',
    goHint: '只读取您的姓名与 open_id，用于核对名单。',
    firstTime: '首次部署？',
    cancelled: { title: '未登录', text: '您在飞书选择了取消。' },
    stale: {
      title: '此次登录已失效',
      text: '登录须在同一浏览器中十分钟内完成，且只能使用一次。请重新登录，并允许本站使用 Cookie。',
    },
    refused: {
      title: '您不在名单中',
      text: '只有 CONSOLE_VIEWERS 或 CONSOLE_ADMINS 中的人员可以登录。',
      steps: [
        '将上面的 open_id 发给部署 Rollcall 的管理员。',
        '管理员将其加入环境变量 CONSOLE_VIEWERS（查看与下载）或 CONSOLE_ADMINS（还可裁定、修改规则、连接飞书），然后重新部署。',
        '重新登录。',
      ],
    },
    failed: { title: '飞书未能完成登录', text: '您尚未登录。已登录的人员不受影响。' },
  },
  connected: {
    title: '已连接飞书',
    text: '授权已保存，Rollcall 会自动续期。',
    person: '授权人',
    until: '有效期至',
    untilHint: '授权满 365 天后，飞书要求重新授权。',
    next: '接下来无需操作：等待授权的报告会自动继续生成，您可以关闭此页面。',
    withoutRight: {
      title: '已连接，但缺少会议管理权限',
      text: '授权已保存，但飞书不允许该账号查看企业会议。请由管理员开通：飞书管理后台 → 视频会议 → 会议管理。开通后自动生效，无需重新授权；在此之前报告会保持等待。',
    },
  },
  cancelled: { title: '已取消授权', text: '您在飞书选择了取消，未保存任何内容。' },
  stale: {
    title: '此次授权已失效',
    texts: {
      'no-attempt':
        '此浏览器没有正在进行的授权。如果您刷新了显示“已连接飞书”的页面，请放心，授权已保存；否则请重新开始，并允许本站使用 Cookie。',
      'other-state': '飞书的应答与此浏览器最近一次发起的授权不符，可能是在另一个标签页中重新开始过。未保存任何内容。',
      expired: '授权须在十分钟内完成，此次已超时。未保存任何内容。',
      used: '此次授权的应答已经使用过，每个应答只能使用一次。如果上次没有等到页面，授权可能已保存：请登录后查看“飞书连接”。',
      'code-refused': '飞书不再接受此授权码：授权码五分钟内有效，且只能使用一次。未保存任何内容。',
    },
  },
  missingScopes: {
    title: '缺少必要的权限',
    text: '飞书的授权中缺少以下权限，因此未保存任何内容：',
    meanings: {
      'vc:rooms.room.detailinfo:read': '读取会议与参会记录',
      offline_access: '在您离开后继续工作',
    },
    how: '如何补充',
    steps: [
      '打开 开发者后台 → 权限管理，为应用添加上述权限；涉及 offline_access 时，还需在 安全设置 中开启刷新 user_access_token。',
      '创建并发布新版本，由管理员审核通过。',
      '重新开始，并同意全部权限。',
    ],
  },
  refused: {
    title: '您不在白名单中',
    text: '只有 CONSOLE_ADMINS 中的人员可以连接飞书。未保存任何内容。',
    yourId: '您的 open_id',
    how: '如何加入',
    steps: [
      '将上面的 open_id 发给部署 Rollcall 的管理员。',
      '管理员将其加入环境变量 CONSOLE_ADMINS（多个以逗号分隔），然后重新部署。',
      '重新开始。',
    ],
  },
  feishuFailed: {
    title: '飞书未能完成授权',
    text: '未保存任何内容。',
    code: '错误码',
    tryLater: '飞书暂时没有给出有效应答。请稍等片刻后重新开始；如持续出现，请联系飞书技术支持。',
  },
  broken: {
    title: '系统出现故障',
    text: '此次操作未能完成。请稍后重新开始；如持续出现，请管理员查看此函数日志中的 console.error 记录。',
  },
  notFound: { title: '找不到此页面', text: '请检查地址是否正确。', home: '前往首页' },
};

const en: Words = {
  languages: { label: 'Language', zh: '中文', en: 'English' },
  startAgain: 'Start again',
  connect: {
    title: 'Connect Feishu',
    lede: 'Rollcall writes an attendance report when a Feishu meeting ends. To read who took part, it needs the authorisation of a meeting administrator, once a year.',
    grants: 'What you grant',
    readTitle: 'Read meetings and who took part',
    readText:
      'Ended meetings, and each participant’s name, department, and times of joining and leaving. Rollcall only reads.',
    stayTitle: 'Keep working after you leave',
    stayText: 'Reports go on when this page is closed, for at most 365 days. Then it asks you again.',
    nothingElse:
      'Nothing else: no messages, documents or recordings. You can withdraw the authorisation in Feishu at any time.',
    before: 'Before you start',
    beforeAdmin:
      'Your open_id is listed in CONSOLE_ADMINS. If it is not yet, the page after the consent shows it to you.',
    beforeRight:
      'You have the right to manage meetings: Feishu admin console → Video Conferencing → Meeting management.',
    beforeScopes:
      'The app has both permissions in a published version (developer console → Permissions & Scopes) and may refresh user_access_token (developer console → Security Settings).',
    beforeRedirect: 'This redirect URL is registered: developer console → Security Settings → Redirect URLs.',
    nobody:
      'The allow-list CONSOLE_ADMINS is empty, so nobody can finish connecting. Continue once to be shown your own open_id.',
    go: 'Continue to Feishu',
    goHint: 'You sign in and agree there. You have ten minutes.',
  },
  signIn: {
    title: 'Sign in to Rollcall',
    lede: 'See who attended each Feishu meeting and why, ask for reports and download them.',
    go: 'Sign in with Feishu',
    goHint: 'It tells us your name and open_id, to be held against the lists. Nothing else is read.',
    firstTime: 'First time here?',
    cancelled: { title: 'You are not signed in', text: 'You declined in Feishu.' },
    stale: {
      title: 'This sign-in no longer counts',
      text: 'Signing in takes ten minutes at most, in one browser, and each answer from Feishu counts once. Sign in again, and allow cookies for this site.',
    },
    refused: {
      title: 'You are not on the list',
      text: 'Only the people in CONSOLE_VIEWERS or CONSOLE_ADMINS may sign in.',
      steps: [
        'Send the open_id above to whoever deploys Rollcall.',
        'They add it to the environment variable CONSOLE_VIEWERS (to see and download) or CONSOLE_ADMINS (to decide, change the policy and connect Feishu too) and deploy again.',
        'Sign in again.',
      ],
    },
    failed: {
      title: 'Feishu did not complete this',
      text: 'You are not signed in. Whoever is signed in already is not affected.',
    },
  },
  connected: {
    title: 'Feishu is connected',
    text: 'The authorisation is stored, and Rollcall renews it by itself.',
    person: 'Authorised by',
    until: 'Valid until',
    untilHint: 'Feishu asks for a new authorisation after 365 days.',
    next: 'There is nothing else to do: reports that waited for this go on by themselves, and you can close this page.',
    withoutRight: {
      title: 'Connected, but one right is missing',
      text: 'The authorisation is stored, but Feishu does not let this account see the company’s meetings. Have an administrator grant it: Feishu admin console → Video Conferencing → Meeting management. It takes effect by itself, without authorising again; until then reports wait.',
    },
  },
  cancelled: { title: 'You cancelled', text: 'You declined in Feishu, and nothing has been stored.' },
  stale: {
    title: 'This authorisation no longer counts',
    texts: {
      'no-attempt':
        'This browser has no authorisation under way. If you reloaded the page that said “Feishu is connected”, all is well: it is stored. Otherwise start again, and allow cookies for this site.',
      'other-state':
        'Feishu’s answer does not belong to the authorisation this browser started last; perhaps another tab has started one since. Nothing has been stored.',
      expired: 'An authorisation has to be finished within ten minutes, and this one was not. Nothing has been stored.',
      used: 'This answer from Feishu has been used already; each counts only once. If no page came the first time, the authorisation may be stored all the same: sign in and look at Connection.',
      'code-refused':
        'Feishu no longer accepts this authorisation code: it holds for five minutes and works once. Nothing has been stored.',
    },
  },
  missingScopes: {
    title: 'A permission is missing',
    text: 'Feishu’s authorisation does not include the following, so nothing has been stored:',
    meanings: {
      'vc:rooms.room.detailinfo:read': 'Read meetings and who took part',
      offline_access: 'Keep working after you leave',
    },
    how: 'How to add it',
    steps: [
      'Open developer console → Permissions & Scopes and add the above to the app. For offline_access, also switch on refreshing of user_access_token in Security Settings.',
      'Publish a new version, and have an administrator approve it.',
      'Start again, and agree to every permission.',
    ],
  },
  refused: {
    title: 'You are not on the allow-list',
    text: 'Only the people in CONSOLE_ADMINS may connect Feishu. Nothing has been stored.',
    yourId: 'Your open_id',
    how: 'How to be added',
    steps: [
      'Send the open_id above to whoever deploys Rollcall.',
      'They add it to the environment variable CONSOLE_ADMINS (separated by commas) and deploy again.',
      'Start again.',
    ],
  },
  feishuFailed: {
    title: 'Feishu did not complete this',
    text: 'Nothing has been stored.',
    code: 'Error code',
    tryLater: 'Feishu gave no usable answer just now. Wait a minute and start again; if it lasts, ask Feishu support.',
  },
  broken: {
    title: 'Something is wrong on our side',
    text: 'This could not be completed. Start again in a while; if it lasts, an administrator should look for console.error in this function’s log.',
  },
  notFound: {
    title: 'There is no such page',
    text: 'Check the address for a typing error.',
    home: 'Go to the first page',
  },
};

const byLocale: Record<Locale, Words> = { zh, en };

export const wordsOf = (locale: Locale): Words => byLocale[locale];
