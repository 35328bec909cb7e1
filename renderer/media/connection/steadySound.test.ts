import { describe, expect, it } from 'vitest';
import { askForSteadySound } from './steadySound';

const sdp = (...lines: string[]): string => ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63', ...lines, ''].join('\r\n');

describe('askForSteadySound', () => {
  it('adds what is missing and keeps the rest, in place', () => {
    expect(
      askForSteadySound(sdp('a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=0', 'a=fmtp:63 111/111')),
    ).toBe(sdp('a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1', 'a=fmtp:63 111/111'));
  });

  it('writes the line where there is none', () => {
    expect(askForSteadySound(sdp('a=rtpmap:96 opus/48000/2', 'a=mid:0'))).toBe(
      sdp('a=rtpmap:96 opus/48000/2', 'a=fmtp:96 useinbandfec=1;usedtx=1', 'a=mid:0'),
    );
  });

  it('says the same said twice, and leaves other descriptions whole', () => {
    const once = askForSteadySound(sdp('a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10'));
    expect(askForSteadySound(once)).toBe(once);
    for (const other of [
      '',
      'v=0\r\n',
      sdp('a=rtpmap:111 OPUSX/48000/2', 'a=fmtp:111 a=b'),
      'a=rtpmap:x opus/48000/2',
    ]) {
      expect(askForSteadySound(other)).toBe(other);
    }
  });
});
