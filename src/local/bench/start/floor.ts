import { tellStarts } from './spawned.ts';

await tellStarts(async () => ({ code: '' }));
