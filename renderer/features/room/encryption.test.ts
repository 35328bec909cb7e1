import { describe, expect, it } from 'vitest';
import { encryptionPhase } from './encryption';

describe('encryptionPhase', () => {
  it('is encrypted only when every connection is up', () => {
    const connected = { connection: 'connected' } as const;
    expect(encryptionPhase([], {})).toBe('alone');
    expect(encryptionPhase(['a', 'b'], { a: connected, b: connected })).toBe('encrypted');
    expect(encryptionPhase(['a', 'b'], { a: connected })).toBe('securing');
    expect(encryptionPhase(['a'], { a: { connection: 'reconnecting' } })).toBe('securing');
    expect(encryptionPhase(['a'], { a: { connection: 'failed' } })).toBe('securing');
    // Somebody who has left does not matter.
    expect(encryptionPhase(['a'], { a: connected, gone: { connection: 'failed' } })).toBe('encrypted');
  });
});
