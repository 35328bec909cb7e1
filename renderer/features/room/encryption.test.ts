import { describe, expect, it } from 'vitest';
import type { PeerTrust } from '../../../common/verification/trust';
import { encryptionPhase } from './encryption';

const trust = (participantId: string, change: Partial<PeerTrust> = {}): PeerTrust => ({
  ...{ participantId, securedGeneration: 0, isBroken: false, verifiedAt: null, earlierKey: null },
  ...{ differs: false, code: { phase: 'none' }, isAsking: false },
  ...change,
});
const connected = { connection: 'connected' } as const;
const both = { a: connected, b: connected };
const verified = { verifiedAt: 1 };

describe('encryptionPhase', () => {
  it('is encrypted only when every connection is up', () => {
    const plain = [trust('a'), trust('b')];
    expect(encryptionPhase([], {}, [])).toBe('alone');
    expect(encryptionPhase(['a', 'b'], both, plain)).toBe('encrypted');
    expect(encryptionPhase(['a', 'b'], { a: connected }, plain)).toBe('securing');
    expect(encryptionPhase(['a'], { a: { connection: 'reconnecting' } }, plain)).toBe('securing');
    expect(encryptionPhase(['a'], { a: { connection: 'failed' } }, plain)).toBe('securing');
    // Somebody who has left does not matter.
    expect(encryptionPhase(['a'], { a: connected, gone: { connection: 'failed' } }, plain)).toBe('encrypted');
  });

  it('is verified only when codes were compared with everybody', () => {
    expect(encryptionPhase(['a', 'b'], both, [trust('a', verified), trust('b', verified)])).toBe('verified');
    expect(encryptionPhase(['a', 'b'], both, [trust('a', verified), trust('b')])).toBe('encrypted');
    expect(encryptionPhase(['a', 'b'], both, [trust('a', verified)])).toBe('encrypted');
  });

  it('says what is wrong with one, whatever the others are, connected or not', () => {
    const earlierKey = { name: 'Anna', lastMetAt: 1, wasVerified: true };
    expect(encryptionPhase(['a', 'b'], both, [trust('a', verified), trust('b', { earlierKey })])).toBe('warning');
    expect(encryptionPhase(['a', 'b'], {}, [trust('a', { differs: true }), trust('b')])).toBe('warning');
    const broken = [trust('a', { differs: true }), trust('b', { isBroken: true })];
    expect(encryptionPhase(['a', 'b'], both, broken)).toBe('insecure');
  });
});
