import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderWorkbook } from '../../../workbook/render.ts';
import { LOCALE, TIME_ZONE, toldOf } from './people.ts';

const count = Number(process.argv[2]);
const report = toldOf(count);
const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
const out = process.argv[3] ?? join(folder, 'report.xlsx');
await writeFile(out, renderWorkbook(report, { locale: LOCALE, timeZone: TIME_ZONE }));
await rm(folder, { recursive: true });
