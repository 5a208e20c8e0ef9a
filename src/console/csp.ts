import { createHash } from 'node:crypto';

/** The source that lets a Content-Security-Policy through exactly this inline text. */
export const cspHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
