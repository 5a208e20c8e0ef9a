import { open } from 'node:fs/promises';

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** What was asked of a file, or null when there is no such file. */
export const ifPresent = async <T>(asked: Promise<T>): Promise<T | null> => {
  try {
    return await asked;
  } catch (error) {
    if (hasCode(error, ['ENOENT', 'ENOTDIR', 'EISDIR'])) return null;
    throw error;
  }
};

/** False when something of that name is there already. */
export const ifVacant = async (creation: Promise<void>): Promise<boolean> => {
  try {
    await creation;
    return true;
  } catch (error) {
    if (hasCode(error, ['EEXIST'])) return false;
    throw error;
  }
};

/** True when the system refused for want of rights. */
export const isForbidden = (error: unknown): boolean => hasCode(error, ['EACCES', 'EPERM', 'EROFS']);

/** Writes a new file, for its owner alone, and waits until the disk has it. */
export const writeNew = async (path: string, bytes: Uint8Array | string): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Waits until the disk has the names in a directory. */
export const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};
