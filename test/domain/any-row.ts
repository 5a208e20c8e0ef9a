import fc from 'fast-check';
import type { Participant, Reply } from '../../src/domain/meeting.ts';
import { minute, participant } from '../make.ts';

/** One person's row anywhere around the ordinary meeting, with every kind of broken time. */
export const anyRow: fc.Arbitrary<Participant> = fc
  .record({
    joinedAt: fc.option(fc.integer({ min: minute(-5), max: minute(65) })),
    leftAt: fc.option(fc.integer({ min: minute(-5), max: minute(65) })),
    connectedSeconds: fc.option(fc.nat(4500)),
    reply: fc.constantFrom<Reply>('accepted', 'tentative', 'declined', 'noResponse', 'unknown'),
    external: fc.boolean(),
  })
  .map(participant);
