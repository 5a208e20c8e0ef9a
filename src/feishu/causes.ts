import type { InBoth } from '../domain/in-both.ts';

/**
 * What a failure asks for. `retry`: the same call again, later · `refresh`: the same call with a new token ·
 * `person`: wait until somebody has acted · `never`: the same call can only fail again.
 */
export type Kind = 'retry' | 'refresh' | 'person' | 'never';

/** One way to fail: Feishu's codes for it, and what an administrator or HR can do. */
type Cause = InBoth & { kind: Kind; feishu: readonly number[] };

/**
 * Every way to fail, under our own word. `{code}` and `{logId}` stand for Feishu's code and log id.
 * @see https://open.feishu.cn/document/server-docs/vc-v1/meeting-room-data/get-2 (12xxxx)
 * @see https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code (9999xxxx)
 */
export const causes = {
  NO_PERMISSION: {
    kind: 'person',
    feishu: [121005],
    en: 'Give the authorising user (with a tenant token: the app’s creator) the right to manage meetings: Feishu admin console → Video Conferencing → Meeting management.',
    zh: '请为授权用户（使用租户令牌时为应用创建者）开通会议管理权限：飞书管理后台 → 视频会议 → 会议管理。',
  },
  MISSING_SCOPE: {
    kind: 'person',
    feishu: [99991672],
    en: 'Add the scope vc:rooms.room.detailinfo:read to the app and publish a version: developer console → Permissions & Scopes. Reports that show employee user ids also need contact:user.employee_id:readonly.',
    zh: '请为应用添加权限 vc:rooms.room.detailinfo:read 并发布版本：开发者后台 → 权限管理。需要用户 user ID 时还要添加 contact:user.employee_id:readonly。',
  },
  NOT_GRANTED: {
    kind: 'person',
    feishu: [99991679],
    en: 'The authorising user has not granted vc:rooms.room.detailinfo:read. Authorise again in the Rollcall console and accept every permission; if it is not offered, add it first in developer console → Permissions & Scopes.',
    zh: '授权用户尚未授予 vc:rooms.room.detailinfo:read 权限。请在 Rollcall 控制台重新授权并同意全部权限；如未列出，请先在 开发者后台 → 权限管理 中添加。',
  },
  AUTHORISE_AGAIN: {
    kind: 'person',
    feishu: [20026, 20037, 20064, 20073],
    en: 'Feishu no longer accepts the stored authorisation. Authorise again in the Rollcall console; with a tenant token check the app id and secret in developer console → Credentials & Basic Info.',
    zh: '飞书不再接受已保存的授权。请在 Rollcall 控制台重新授权；使用租户令牌时，请在 开发者后台 → 凭证与基础信息 核对 App ID 与 App Secret。',
  },
  REFRESH_NOT_ENABLED: {
    kind: 'person',
    feishu: [20074],
    en: 'Switch on refreshing of user_access_token in developer console → Security Settings, then authorise again in the Rollcall console.',
    zh: '请在 开发者后台 → 安全设置 中开启“刷新 user_access_token”，然后在 Rollcall 控制台重新授权。',
  },
  USER_GONE: {
    kind: 'person',
    feishu: [20008, 20066],
    en: 'The authorising user has left the company or is suspended. Let another meeting administrator authorise in the Rollcall console.',
    zh: '授权用户已离职或被停用。请由另一位会议管理员在 Rollcall 控制台重新授权。',
  },
  USER_NOT_ALLOWED: {
    kind: 'person',
    feishu: [20010],
    en: 'The authorising user may not use the app. Add the user to its availability: developer console → Version Management & Release → Availability.',
    zh: '授权用户没有应用的使用权限。请将其加入应用可用范围：开发者后台 → 版本管理与发布 → 可用范围。',
  },
  BAD_CREDENTIALS: {
    kind: 'person',
    feishu: [],
    en: 'Feishu refuses the app id or secret. Compare appId and appSecret in Secrets Manager with developer console → Credentials & Basic Info. Feishu’s code is {code}, log id {logId}.',
    zh: '飞书拒绝了 App ID 或 App Secret。请将 Secrets Manager 中的 appId、appSecret 与 开发者后台 → 凭证与基础信息 核对。飞书错误码 {code}，日志 ID {logId}。',
  },
  APP_DISABLED: {
    kind: 'person',
    feishu: [99991662, 99991673],
    en: 'The app is disabled or not installed. Enable or install it: Feishu admin console → Workplace → App Management.',
    zh: '应用已停用或未安装。请启用或安装：飞书管理后台 → 工作台 → 应用管理。',
  },
  IP_NOT_ALLOWED: {
    kind: 'person',
    feishu: [99991401],
    en: 'Our outgoing IP address is not on the app’s allow-list. Add it or clear the list: developer console → Security Settings → IP allow-list.',
    zh: '出口 IP 不在应用的白名单内。请添加该 IP 或清空白名单：开发者后台 → 安全设置 → IP 白名单。',
  },
  QUOTA_SPENT: {
    kind: 'person',
    feishu: [99991403],
    en: 'The company’s monthly quota of API calls is spent. Raise it or wait for the next month: Feishu admin console → Billing → Plan and quota.',
    zh: '企业本月 API 调用额度已用完。请提升额度或等待下月：飞书管理后台 → 费用中心 → 套餐与用量。',
  },
  REDIRECTED: {
    kind: 'person',
    feishu: [],
    en: 'The address answered with a redirect, which is never followed, so that no token goes elsewhere. Check FEISHU_BASE_URL and any proxy on the way.',
    zh: '该地址返回了重定向；为避免令牌外泄，不会跟随。请检查 FEISHU_BASE_URL 及网络代理。',
  },
  TOKEN_REJECTED: {
    kind: 'refresh',
    feishu: [99991663, 99991664, 99991665, 99991668, 99991677, 20005],
    en: 'Nothing to do: a fresh token is fetched by itself.',
    zh: '无需处理：系统会自动获取新令牌。',
  },
  RATE_LIMITED: {
    kind: 'retry',
    feishu: [99991400],
    en: 'Nothing to do: Feishu’s limit of 100 calls a minute is reached, the report goes on by itself.',
    zh: '无需处理：已达飞书每分钟 100 次的调用上限，报告会自动继续。',
  },
  SERVER_ERROR: {
    kind: 'retry',
    feishu: [121001, 5000, 2200, 20050, 20072],
    en: 'Nothing to do: Feishu has a fault of its own, the call is repeated by itself. If it lasts, give Feishu support the code {code} and the log id {logId}.',
    zh: '无需处理：飞书服务暂时异常，系统会自动重试。如持续出现，请将错误码 {code} 与日志 ID {logId} 提供给飞书技术支持。',
  },
  UNREACHABLE: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do at first: the call is repeated by itself. If it lasts, check FEISHU_BASE_URL and the network between AWS and Feishu.',
    zh: '暂无需处理：系统会自动重试。如持续出现，请检查 FEISHU_BASE_URL 以及 AWS 与飞书之间的网络。',
  },
  DEADLINE: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do: Feishu did not answer in time, the call is repeated by itself.',
    zh: '无需处理：飞书未在规定时间内应答，系统会自动重试。',
  },
  BAD_ANSWER: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do at first: the answer was not what Feishu documents, the call is repeated by itself. If it lasts, check FEISHU_BASE_URL and any proxy on the way.',
    zh: '暂无需处理：应答内容不符合飞书文档，系统会自动重试。如持续出现，请检查 FEISHU_BASE_URL 及网络代理。',
  },
  PAGING_STALLED: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do at first: Feishu promised more rows without a way to fetch them, the list is read again by itself. If it lasts, report it to Feishu support.',
    zh: '暂无需处理：飞书提示还有更多数据但无法继续翻页，系统会自动重新读取。如持续出现，请联系飞书技术支持。',
  },
  NOT_READY: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do: Feishu has not finished the record of this meeting, the report goes on by itself.',
    zh: '无需处理：飞书尚未生成该会议的记录，报告会自动继续。',
  },
  INCOMPLETE: {
    kind: 'retry',
    feishu: [],
    en: 'Nothing to do: Feishu’s list of this meeting is not shown to be whole yet. It is read again by itself, for about an hour at most.',
    zh: '无需处理：飞书的参会名单尚不能确认完整，系统会自动重新读取，最长约一小时。',
  },
  NO_SUCH_MEETING: {
    kind: 'never',
    feishu: [121004, 126009],
    en: 'Feishu has no record of this meeting. Compare number, start and end with Feishu admin console → Video Conferencing → Meeting management; the end must be exact.',
    zh: '飞书没有该会议的记录。请在 飞书管理后台 → 视频会议 → 会议管理 核对会议号、开始与结束时间；结束时间必须准确。',
  },
  BAD_MEETING_NUMBER: {
    kind: 'never',
    feishu: [126003, 126004],
    en: 'A meeting number has nine digits. Look it up in Feishu admin console → Video Conferencing → Meeting management.',
    zh: '会议号应为 9 位数字。请在 飞书管理后台 → 视频会议 → 会议管理 中查询。',
  },
  BAD_START_TIME: {
    kind: 'never',
    feishu: [126005],
    en: 'The meeting’s start may not be in the future. Correct the start time, or ask again when the meeting is over.',
    zh: '会议开始时间不能晚于当前时间。请更正开始时间，或在会议结束后再申请。',
  },
  BAD_TIME_SPAN: {
    kind: 'never',
    feishu: [126006],
    en: 'The end must come after the start: at most one day for a meeting’s participants, at most one year for a search of meetings. Feishu gives no participants of longer meetings; correct the times or ask for a shorter span.',
    zh: '结束时间不能早于开始时间；查询参会人最长一天，查询会议最长一年。飞书不提供更长会议的参会明细；请更正时间或缩短范围。',
  },
  MEETING_TOO_LONG: {
    kind: 'never',
    feishu: [],
    en: 'Feishu lists the participants of at most one day, asked for by the exact times of the meeting. Compare start and end with Feishu admin console → Video Conferencing → Meeting management: if they are wrong, ask again with the right ones; if they are right, judge attendance there by hand.',
    zh: '飞书仅提供时长不超过一天、且起止时间准确的会议的参会明细。请在 飞书管理后台 → 视频会议 → 会议管理 核对开始与结束时间：如有误，请更正后重新申请；如无误，请在该处人工核定考勤。',
  },
  TOO_MANY_FILTERS: {
    kind: 'never',
    feishu: [126007, 126008],
    en: 'Ask by one filter only: one meeting number, one user or one room.',
    zh: '只能使用一个筛选条件：会议号、用户或会议室。',
  },
  ROOM_FILTER_REFUSED: {
    kind: 'never',
    feishu: [126015],
    en: 'Feishu does not filter this meeting by room. Ask again without the room.',
    zh: '飞书不支持按会议室筛选该会议。请去掉会议室条件后重试。',
  },
  NOT_SUPPORTED: {
    kind: 'never',
    feishu: [121002],
    en: 'Feishu does not offer this for your company or this meeting. Ask Feishu support with the log id {logId}.',
    zh: '飞书暂不支持对该企业或该会议进行此操作。请凭日志 ID {logId} 咨询飞书技术支持。',
  },
  BAD_REQUEST: {
    kind: 'never',
    feishu: [121003],
    en: 'A value of the request is outside Feishu’s limits. Correct the field that the error names; if it names none, report code {code} and log id {logId} to the maintainers of Rollcall.',
    zh: '请求参数超出飞书允许的范围。请更正错误中指出的字段；如未指出，请将错误码 {code} 与日志 ID {logId} 反馈给 Rollcall 维护者。',
  },
  TOKEN_MALFORMED: {
    kind: 'never',
    feishu: [99991661, 99991671],
    en: 'The token was sent in a form Feishu does not read: a fault of Rollcall. Report code {code} and log id {logId} to its maintainers.',
    zh: '令牌格式不被飞书识别，属于 Rollcall 的缺陷。请将错误码 {code} 与日志 ID {logId} 反馈给维护者。',
  },
  UNKNOWN: {
    kind: 'never',
    feishu: [],
    en: 'Feishu answered with code {code}, which Rollcall does not know. Ask Feishu support with this code and the log id {logId}, then ask for the report again.',
    zh: '飞书返回了 Rollcall 未收录的错误码 {code}。请凭该错误码与日志 ID {logId} 咨询飞书技术支持，解决后重新生成报告。',
  },
} as const satisfies Record<string, Cause>;
