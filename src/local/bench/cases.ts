import type { Case } from './case.ts';
import { event } from './event/case.ts';
import { growth } from './growth/case.ts';
import { job } from './job/case.ts';
import { reading } from './reading/case.ts';
import { start } from './start/case.ts';
import { workbook } from './workbook/case.ts';

/** Every table of the README's performance section, in its order. */
export const CASES: readonly Case[] = [workbook, growth, job, reading, start, event];
