import type { Meeting } from '../domain/meeting.ts';
import type { Content, ObjectStore } from './objects.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Leaves room for the date: file systems take names of 255 bytes. */
const maxTopicBytes = 200;

/** Marks nobody sees, among them those that turn the reading direction and so can hide an ending. */
const invisible = /[\p{Cf}\p{Cs}]/gu;
const reserved = /[\\/:*?"<>|\p{Cc}\p{Z}]+/gu;

/** Cut between characters, at about 66 Chinese or 200 Latin ones. */
const cut = (text: string): string =>
  text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(maxTopicBytes)).read);

/** The text as part of a file name that every system takes: nothing invisible, reserved, or at an end where it would be lost. */
const nameable = (text: string): string =>
  cut(
    text
      .replace(invisible, '')
      .replace(reserved, ' ')
      .replace(/^[. ]+/, ''),
  ).replace(/[. ]+$/, '');

const attrChars = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Offers a workbook under its meeting's topic and day, `report` standing in for a topic that ASCII cannot carry.
 * @see https://www.rfc-editor.org/rfc/rfc6266#section-4.3 and https://www.rfc-editor.org/rfc/rfc8187#section-3.2
 */
export const attachment = (topic: string, day: string): string => {
  const ascii = nameable(topic.replace(/[^ -$&-~]/g, ' ')) || 'report';
  const name = nameable(topic) || 'report';
  return `attachment; filename="${ascii} ${day}.xlsx"; filename*=UTF-8''${attrChars(`${name} ${day}.xlsx`)}`;
};

const keyOf = (jobId: string): string => `reports/${jobId}.xlsx`;

/** The `reports/` prefix of the bucket: workbooks, immutable once written. */
export type ReportStore = {
  /** Keeps the first workbook saved for a job, whatever comes later, and returns its key. */
  save: (jobId: string, meeting: Pick<Meeting, 'topic'>, workbook: Content) => Promise<string>;
  /** A link that downloads the workbook under its readable name. */
  link: (jobId: string, expiresInSeconds: number) => Promise<string>;
};

/** @param lock For how many days a bucket with object lock keeps a report from its writing on; 0 for no lock. */
export const reportStore = (
  objects: ObjectStore,
  lock: { days: number; now: () => number } = { days: 0, now: Date.now },
): ReportStore => ({
  save: async (jobId, { topic }, workbook) => {
    const contentDisposition = attachment(topic, jobId.slice(0, 'yyyy-mm-dd'.length));
    await objects.put(keyOf(jobId), workbook, {
      contentType: xlsx,
      contentDisposition,
      when: 'absent',
      ...(lock.days > 0 && { lockedUntil: lock.now() + lock.days * 86_400_000 }),
    });
    return keyOf(jobId);
  },
  link: (jobId, expiresInSeconds) => objects.link({ key: keyOf(jobId), expiresInSeconds }),
});
