import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BodyType } from '../../common/protocol/bodies';
import { Sequences } from './sequences';

const types: readonly BodyType[] = ['chat', 'mediaState', 'consentAnswer', 'consentWithdrawal', 'signal', 'takeOver'];

describe('the sequence numbers of a sender', () => {
  it('let nothing in twice, and what has an order only in it, however it arrives', () => {
    const envelope = fc.record({ sequence: fc.integer({ min: 1, max: 40 }), type: fc.constantFrom(...types) });
    fc.assert(
      fc.property(fc.array(envelope, { maxLength: 120 }), (arriving) => {
        const sequences = new Sequences();
        const taken: { readonly sequence: number; readonly type: BodyType }[] = [];
        for (const { sequence, type } of arriving) {
          if (!sequences.isNew('a', sequence, type)) continue;
          sequences.take('a', sequence, type);
          taken.push({ sequence, type });
        }
        expect(new Set(taken.map((one) => one.sequence)).size).toBe(taken.length);
        const consent = taken.filter(({ type }) => type.startsWith('consent')).map((one) => one.sequence);
        expect(consent).toEqual([...consent].sort((one, other) => one - other));
        expect(sequences.highest('a')).toBe(Math.max(0, ...taken.map((one) => one.sequence)));
      }),
    );
  });

  it('let a late chat line in, but no answer after its withdrawal, and nothing from long ago', () => {
    const sequences = new Sequences();
    sequences.take('a', 300, 'consentWithdrawal');
    expect(sequences.isNew('a', 299, 'chat')).toBe(true);
    expect(sequences.isNew('a', 299, 'mediaState')).toBe(true);
    expect(sequences.isNew('a', 299, 'consentAnswer')).toBe(false);
    expect(sequences.isNew('a', 300, 'chat')).toBe(false);
    expect(sequences.isNew('a', 44, 'chat')).toBe(false);
    expect(sequences.isNew('b', 1, 'chat')).toBe(true);
  });
});
