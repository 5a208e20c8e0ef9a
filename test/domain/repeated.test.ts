import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeated } from '../../src/domain/repeated.ts';

type Thing = { one: string; other: string };
const kinds = [({ one }: Thing) => one, ({ other }: Thing) => other];

it('V5 finds what more than one has, each kind of id apart, and never the lack of one', () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ one: fc.string({ maxLength: 1 }), other: fc.string({ maxLength: 2, unit: 'binary' }) })),
      (things) => {
        const found = repeated(things, kinds);
        for (const [index, idOf] of kinds.entries()) {
          const ids = things.map(idOf).filter((id) => id !== '');
          expect(found[index]).toEqual(new Set(ids.filter((id, at) => ids.indexOf(id) !== at)));
        }
      },
    ),
  ));

it('takes none of many for another', () => {
  const things = Array.from({ length: 50_000 }, (_, index) => ({ one: `E${index}`, other: `${index % 49_999}@a` }));
  const [one, other] = repeated(things, kinds);
  expect([...(one ?? [])]).toEqual([]);
  expect([...(other ?? [])]).toEqual(['0@a']);
});
