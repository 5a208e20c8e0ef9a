import { handler } from '../../handlers/doctor.ts';

/** `npm run doctor`: each line ok, or the problem and its remedy; ends with 1 when there is a problem. */

const { ok, findings } = await handler();
const language = process.env.REPORT_LOCALE === 'en' ? 'en' : 'zh';
for (const finding of findings) {
  if (finding.outcome === 'ok') console.log(`ok       ${finding.check}`);
  else {
    console.log(`problem  ${finding.check}: ${finding.problem}`);
    console.log(`         → ${finding.remedy[language]}`);
  }
}
process.exitCode = ok ? 0 : 1;
