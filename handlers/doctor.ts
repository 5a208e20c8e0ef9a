import { diagnose, type Finding } from '../src/doctor.ts';
import { doctorChecks } from './deps/doctor.ts';
import { observed } from './deps/log.ts';

/** What is in order and what is not, each problem with its remedy. Checks are made anew at each call, also of the configuration. */
export const handler = observed(async (): Promise<{ ok: boolean; findings: Finding[] }> => {
  const findings = await diagnose(await doctorChecks());
  return { ok: findings.every(({ outcome }) => outcome === 'ok'), findings };
});
