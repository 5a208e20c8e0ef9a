import type { Compared } from '../case.ts';

/** What serverless.yml gives the worker; Lambda gives one vCPU for every 1,769 MB. */
const MEMORY_MB = 1024;
const MB_PER_CPU = 1769;
/** US dollars, us-east-1, arm64: https://aws.amazon.com/lambda/pricing, https://aws.amazon.com/s3/pricing, https://aws.amazon.com/sqs/pricing */
const PRICE = { gbSecond: 0.0000133334, request: 0.2e-6, put: 0.005e-3, message: 0.4e-6 };
/** One job: request, three changes of its status, policy, snapshot, report; webhook and worker; send, receive, delete. */
const [PUTS, REQUESTS, MESSAGES] = [7, 2, 3];
const PEOPLE_A_PAGE = 100;
/** A call's answer, and its slot once a minute's fifty are used up. */
const [ANSWER_SECONDS, SLOT_SECONDS, CALLS_A_MINUTE] = [0.2, 1.2, 50];

/** Seconds that a worker is paid for: working at its share of a processor, and waiting for Feishu. */
const secondsOf = ({ cpuSeconds, size }: Compared) => {
  const calls = 2 * (1 + Math.ceil(size / PEOPLE_A_PAGE));
  return {
    working: (cpuSeconds * MB_PER_CPU) / MEMORY_MB,
    waiting: calls * (calls > CALLS_A_MINUTE ? SLOT_SECONDS : ANSWER_SECONDS),
  };
};

/** US dollars for a thousand meetings of each measured size, and the formula. */
export const costOf = (found: readonly Compared[]): string => {
  const rows = found.map((one) => {
    const { working, waiting } = secondsOf(one);
    const gbSeconds = ((working + waiting) * MEMORY_MB) / 1024;
    const each = gbSeconds * PRICE.gbSecond + REQUESTS * PRICE.request + PUTS * PRICE.put + MESSAGES * PRICE.message;
    const cells = [one.size.toLocaleString('en'), working.toFixed(1), waiting.toFixed(1), gbSeconds.toFixed(1)];
    return `| ${[...cells, `$${(each * 1000).toFixed(2)}`].join(' | ')} |`;
  });
  return [
    `1,000 meetings cost 1,000 × (GB × (CPU s × ${MB_PER_CPU} ÷ MB + waiting s) × $${PRICE.gbSecond} + ${REQUESTS} requests × $0.20/M + ${PUTS} PUTs × $5/M + ${MESSAGES} messages × $0.40/M),`,
    `at ${MEMORY_MB} MB on arm64 in us-east-1. CPU seconds are measured here, from start to end of a fresh process, which is more than a warm function needs. Waiting is counted as two reads at ${ANSWER_SECONDS} s a call, or ${SLOT_SECONDS} s beyond ${CALLS_A_MINUTE} calls; storage and logs come on top.`,
    '',
    '| people | working s | waiting s | GB-s a meeting | 1,000 meetings |',
    '| --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n');
};
