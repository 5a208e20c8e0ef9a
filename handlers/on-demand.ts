import { createAsk, type JobAnswer } from '../src/ask.ts';
import { observed } from './deps/log.ts';
import { onDemandDeps } from './deps/on-demand.ts';

const ask = createAsk(await onDemandDeps());

/** A report asked for by a person or a script: see the README for the three forms of the input. */
export const handler = observed((input: unknown): Promise<{ jobs: JobAnswer[] }> => ask(input));
