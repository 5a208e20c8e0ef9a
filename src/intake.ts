import { encryptKeys, type Push, type PushCredentials, readPush } from './feishu/event.ts';
import { type PushHeaders, verifySignature } from './feishu/signature.ts';
import type { Log } from './log.ts';
import { StoreError } from './store/objects.ts';
import { type ReportRequest, toRequest } from './store/requests.ts';

export type IntakeOptions = {
  credentials: () => Promise<PushCredentials>;
  fileRequest: (request: ReportRequest) => Promise<'filed' | 'already-filed'>;
  quarantine: (plaintext: string) => Promise<'quarantined' | 'already-quarantined'>;
  timeZone: string;
  /** Unix seconds. */
  nowSeconds: () => number;
  log: Log;
};

type Answer = { status: 200 | 401 | 413 | 500; body: string };

const maxBodyBytes = 256 * 1024;
const loudSkewSeconds = 10 * 60;

const done: Answer = { status: 200, body: '{}' };
/** The same for every failure: a stranger learns nothing from how a forgery failed. */
const unauthorized: Answer = { status: 401, body: '{"error":"unauthorized"}' };
const tooLarge: Answer = { status: 413, body: '{"error":"too large"}' };
const pushAgain: Answer = { status: 500, body: '{"error":"not filed, push again"}' };

/**
 * Takes what Feishu pushes: proves it, files the request for a report, answers.
 * Answers 200 to an event of ours only once it is durable, filed or quarantined, and else 500, after which Feishu pushes it again.
 * @throws What `credentials` throws: without them nothing can be proved.
 */
export const createIntake = ({ credentials, fileRequest, quarantine, timeZone, nowSeconds, log }: IntakeOptions) => {
  const durably = async (ids: Record<string, string>, write: () => Promise<string>): Promise<Answer> => {
    try {
      log('push.kept', { ...ids, outcome: await write() });
      return done;
    } catch (error) {
      log('push.lost', { ...ids, code: codeOf(error) });
      return pushAgain;
    }
  };

  const act = (push: Push): Answer | Promise<Answer> => {
    switch (push.kind) {
      case 'challenge':
        return { status: 200, body: JSON.stringify({ challenge: push.challenge }) };
      case 'ignored':
        log('push.ignored', { eventType: push.eventType });
        return done;
      case 'rejected':
        log('push.rejected', { because: push.because });
        return unauthorized;
      case 'malformed':
        log('push.malformed', { fields: push.fields });
        return durably({}, () => quarantine(push.plaintext));
      case 'meeting-ended': {
        const request = toRequest(
          {
            meeting: push.meeting,
            reason: 'meeting-ended',
            sourceEventId: push.eventId,
            requestedBy: '',
            requestedAt: push.createdAt,
            ...(push.source !== null && { source: push.source }),
          },
          timeZone,
        );
        const ids = { eventId: push.eventId, eventType: push.eventType, jobId: request.jobId };
        return durably(ids, () => fileRequest(request));
      }
    }
  };

  return async ({ headers, body }: { headers: PushHeaders; body: Uint8Array }): Promise<Answer> => {
    if (body.length > maxBodyBytes) return tooLarge;
    const known = await credentials();
    const signature = verifySignature({ headers, body, keys: encryptKeys(known), nowSeconds: nowSeconds() });
    if (signature.kind !== 'unsigned' && Math.abs(signature.skewSeconds) > loudSkewSeconds) {
      log('push.clock-skew', { seconds: signature.skewSeconds });
    }
    return act(readPush({ body, signed: signature.kind === 'signed', credentials: known }));
  };
};

/** What may be logged of an error whose text nobody knows. */
const codeOf = (error: unknown): string =>
  error instanceof StoreError ? error.code : error instanceof Error ? error.name : typeof error;
