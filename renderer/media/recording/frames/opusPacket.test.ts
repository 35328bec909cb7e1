import { describe, expect, it } from 'vitest';
import { opusChannels, opusDurationMs, opusHead } from './opusPacket';

const packet = (config: number, stereo: 0 | 1, code: number, count = 0): Uint8Array =>
  Uint8Array.of((config << 3) | (stereo << 2) | code, count);

describe('Opus packets', () => {
  it('last as long as RFC 6716 says', () => {
    expect([0, 1, 2, 3, 11].map((config) => opusDurationMs(packet(config, 0, 0)))).toEqual([10, 20, 40, 60, 60]);
    expect([12, 13, 14, 15].map((config) => opusDurationMs(packet(config, 0, 0)))).toEqual([10, 20, 10, 20]);
    expect([16, 17, 18, 19, 31].map((config) => opusDurationMs(packet(config, 0, 0)))).toEqual([2.5, 5, 10, 20, 20]);
    expect(opusDurationMs(packet(31, 0, 1))).toBe(40);
    expect(opusDurationMs(packet(31, 0, 2))).toBe(40);
    expect(opusDurationMs(packet(31, 0, 3, 3 | 128))).toBe(60);
    expect(opusDurationMs(new Uint8Array())).toBeNull();
    expect(opusDurationMs(packet(31, 0, 3).subarray(0, 1))).toBeNull();
  });

  it('say how many channels they have', () => {
    expect([opusChannels(packet(15, 0, 0)), opusChannels(packet(15, 1, 0))]).toEqual([1, 2]);
    expect(Buffer.from(opusHead(2)).toString('latin1')).toBe('OpusHead\x01\x02\0\0\x80\xbb\0\0\0\0\0');
  });
});
