import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { requestedJobs } from '../src/store/notifications.ts';
import { sqsQueue } from '../src/store/queue.ts';
import { createWork } from '../src/work.ts';
import { about, log, observed } from './deps/log.ts';
import { workerDeps } from './deps/worker.ts';

const work = createWork(await workerDeps());
const queue = sqsQueue();

type Time = Pick<Context, 'getRemainingTimeInMillis'>;

/** For a caller that is no Lambda and sets no limit. */
const unlimitedMs = 900_000;

/** Whether other messages wait in the queue; when it does not tell, they wait for their turn as before. */
const othersWait = (queueArn: string) => async (): Promise<boolean> => {
  try {
    return (await queue.depth(queueArn)) > 0;
  } catch (error) {
    log('worker.depth-unknown', { error: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
};

/** Whether the job is done with; if not, its message is delivered again. */
const settle = async (jobId: string, record: SQSRecord, context: Time | undefined): Promise<boolean> => {
  try {
    const outcome = await work(jobId, {
      receiveCount: Number(record.attributes.ApproximateReceiveCount),
      deadlineAt: Date.now() + (context?.getRemainingTimeInMillis() ?? unlimitedMs),
      othersWait: othersWait(record.eventSourceARN),
    });
    if (outcome.kind === 'settled') return true;
    const { eventSourceARN: queueArn, receiptHandle } = record;
    await queue.delay({ queueArn, receiptHandle, seconds: outcome.afterSeconds });
  } catch (error) {
    log('worker.error', { messageId: record.messageId, error: error instanceof Error ? error.name : 'unknown' });
  }
  return false;
};

/** Makes the reports that the bucket's notifications ask for; a message it does not report as failed is deleted. */
export const handler = observed(async (event: SQSEvent, context?: Time): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    let settled = true;
    for (const jobId of requestedJobs(record.body))
      settled = (await about(jobId, () => settle(jobId, record, context))) && settled;
    if (!settled) batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
});
