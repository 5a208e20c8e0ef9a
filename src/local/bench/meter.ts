import { readFileSync, writeSync } from 'node:fs';

/**
 * Loaded before a measured program: tells its costs on file descriptor 3 when it ends. Peak memory is the process's own
 * (VmHWM); getrusage would also count that of its parent before exec.
 */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const wallMs = performance.now();
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, wallMs, peakKb: ownPeak() ?? maxRSS }));
});

const ownPeak = (): number | null => {
  if (process.platform !== 'linux') return null;
  const [, kb] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return kb === undefined ? null : Number(kb);
};
