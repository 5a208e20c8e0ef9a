import { describe, expect, it } from 'vitest';
import { toReport } from '../../src/domain/report.ts';
import { absentee, decision, meeting, participant, policy, provenance, roomRow, rules, snapshot } from '../make.ts';

const strict = { minimum: { percent: 90, combine: 'both' as const } };
const input = {
  meeting: meeting(),
  snapshot: snapshot({
    participants: [participant({ connectedSeconds: 3000 }), absentee({ userId: 'ou_2', department: 'HR' }), roomRow()],
  }),
  policy: {
    policy: policy({ overrides: [{ match: { meetingNo: '235812466' }, set: strict }] }),
    sha256: 'a'.repeat(64),
  },
  provenance: provenance(),
};

describe('a report', () => {
  it('judges everyone by the rules for this meeting', () => {
    const report = toReport(input);
    expect(report).toMatchObject({ ...input, rules: rules(strict), override: 0 });
    expect(report.judged.map(({ userId, verdict }) => [userId, verdict.kind])).toEqual([
      ['ou_1', 'insufficient'],
      ['ou_2', 'absent'],
    ]);
    expect(report.rooms).toHaveLength(1);
    expect(report.summary).toMatchObject({ required: 2, insufficient: 1, absent: 1, rooms: 1 });
    expect(report.departments.map(({ department }) => department)).toEqual(['Sales', 'HR']);
  });

  it('V7 accuses nobody when the snapshot is not sealed', () => {
    const { summary } = toReport({ ...input, snapshot: { ...input.snapshot, complete: false } });
    expect(summary).toMatchObject({ insufficient: 0, absent: 0, undetermined: 2 });
  });

  it('keeps the computed verdicts and counts beside what HR decided', () => {
    const plain = toReport(input);
    expect(plain).toMatchObject({ decisions: [], decided: null });
    const decisions = [decision({ person: 'u:ou_2', verdict: 'excused' })];
    const decided = toReport({ ...input, decisions });
    const { departments } = decided;
    expect(departments.map(({ summary }) => summary)).toEqual(plain.departments.map(({ summary }) => summary));
    expect(decided).toEqual({ ...plain, departments, decisions, decided: decided.decided });
    expect(decided.decided).toMatchObject({ required: 1, insufficient: 1, absent: 0, excused: 1, rooms: 1 });
  });
});
