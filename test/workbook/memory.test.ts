import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { mapped } from '../../src/domain/sequence.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { absentee, participant, report, roomRow, snapshot } from '../make.ts';

it('is made and sent for 100,000 people within 256 MB, with a heap of 64 MB', async () => {
  const bench = (file: string) => resolve('src/local/bench', file);
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', '--import', 'tsx', '--import', bench('meter.ts'), bench('workbook/sent.ts'), '100000'],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  const [measured, [code]] = await Promise.all([json(child.stdio[3] as Readable), once(child, 'exit')]);
  expect(code).toBe(0);
  expect((measured as { peakKb: number }).peakKb / 1024).toBeLessThan(256);
}, 120_000);

it('X7 is the same whether people come from a list or one by one', async () => {
  const listed = report({
    snapshot: snapshot({
      participants: [
        participant({ name: 'A', userId: 'a' }),
        roomRow({ name: 'Room A' }),
        absentee({ name: 'B', userId: 'b', email: 'person.1@example.com' }),
        participant({ name: 'A', userId: 'a' }),
        participant({ name: 'C', userId: '', employeeId: '', email: '', joinedAt: null }),
      ],
    }),
  });
  const told = {
    ...listed,
    judged: mapped(listed.judged, (person) => ({ ...person })),
    snapshot: { ...listed.snapshot, participants: mapped(listed.snapshot.participants, (row) => ({ ...row })) },
  };
  const options = { locale: 'en', timeZone: 'UTC' } as const;
  expect(await buffer(renderWorkbook(told, options))).toEqual(await buffer(renderWorkbook(listed, options)));
});
