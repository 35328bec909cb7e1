import { describe, expect, it } from 'vitest';
import type { PeerTrust } from '../../../common/verification/trust';
import { isWarning, trustPhase } from './trustPhase';

const trust: PeerTrust = {
  ...{ participantId: 'a', securedGeneration: 0, isBroken: false, verifiedAt: null, earlierKey: null },
  ...{ differs: false, code: { phase: 'none' }, isAsking: false },
};
const verified = { verifiedAt: 1 };
const earlierKey = { name: 'Anna', lastMetAt: 1, wasVerified: true };

describe('trustPhase', () => {
  it.each([
    ['connecting', undefined],
    ['connecting', { securedGeneration: null, ...verified }],
    ['unverified', {}],
    ['verified', verified],
    ['changed', { earlierKey }],
    ['changed', { earlierKey, securedGeneration: null }],
    ['differs', { differs: true, earlierKey, ...verified }],
    ['broken', { isBroken: true, differs: true, ...verified }],
  ] as const)('is %s', (phase, change) => {
    expect(trustPhase(change && { ...trust, ...change })).toBe(phase);
  });

  it('warns of what is wrong and of nothing else', () => {
    const phases = ['broken', 'differs', 'changed', 'connecting', 'verified', 'unverified'] as const;
    expect(phases.filter(isWarning)).toEqual(['broken', 'differs', 'changed']);
  });
});
