import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillOpus } from './opusFill';
import { opusChannels, opusDurationMs } from './opusPacket';

describe('fillOpus', () => {
  it('fills whatever hole without a break and without going beyond it', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(10_000), fc.nat(10_000), fc.boolean(), (toc, from, length, goesOn) => {
        let at = from;
        for (const { bytes, atMs, durationMs } of fillOpus(toc, from, from + length, goesOn)) {
          expect(atMs).toBe(at);
          expect(opusDurationMs(bytes)).toBe(durationMs);
          expect(opusChannels(bytes)).toBe(opusChannels(Uint8Array.of(toc)));
          at += durationMs;
        }
        expect(at).toBeLessThanOrEqual(from + length);
        expect(from + length - at).toBeLessThan(60);
      }),
    );
  });

  it('leaves holes that are too long to be silence', () => {
    expect(fillOpus(120, 0, 301_000)).toEqual([]);
  });

  it('lets nothing of what was heard fade into silence that was wished for', () => {
    expect(fillOpus(120, 0, 40, false).map(({ bytes }) => bytes.length)).toEqual([3, 3]);
    expect(fillOpus(120, 0, 40, true).map(({ bytes }) => bytes.length)).toEqual([1, 1]);
  });
});
