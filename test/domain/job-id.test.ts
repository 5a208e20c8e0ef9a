import { describe, expect, it } from 'vitest';
import { jobIdForm, partsOf } from '../../src/domain/job-id.ts';

describe('a job id', () => {
  it.each([
    ['2026-11-22/6911188411934433028.0', { day: '2026-11-22', instanceId: '6911188411934433028', revision: 0 }],
    ['2026-11-22/69_70.12', { day: '2026-11-22', instanceId: '69_70', revision: 12 }],
  ])('%s is made of day, instance and revision', (jobId, parts) => {
    expect(jobId).toMatch(jobIdForm);
    expect(partsOf(jobId)).toEqual(parts);
  });

  it.each([
    ['no revision', '2026-11-22/69'],
    ['a revision with a leading zero', '2026-11-22/69.01'],
    ['a negative revision', '2026-11-22/69.-1'],
    ['no instance', '2026-11-22/.0'],
    ['an instance that climbs', '2026-11-22/..0'],
    ['one level too many', '2026-11-22/a/b.0'],
    ['no day', '69.0'],
    ['an instance of 65 characters', `2026-11-22/${'a'.repeat(65)}.0`],
    ['a line after it', '2026-11-22/69.0\n'],
  ])('has not %s', (_, text) => {
    expect(text).not.toMatch(jobIdForm);
  });
});
