import { pageAt, pagesOf } from '../job/feishu.ts';

const people = Number(process.argv[2]);

/** The pages as they arrive, one after the other so that nobody holds them all. */
export const texts = function* (): Generator<string> {
  for (let page = 0; page < pagesOf(people); page += 1) yield pageAt(page * 100, people);
};

/** Milliseconds of processor time that some work takes in this process. */
export const cpuMs = (work: () => unknown): number => {
  const { user, system } = process.cpuUsage();
  work();
  const after = process.cpuUsage({ user, system });
  return (after.user + after.system) / 1000;
};

export const tell = (ms: number): void => void process.stdout.write(String(ms));
