import { describe, expect, it } from 'vitest';
import { FrameStretch, holdMs, type PassingFrame, type StretchPacket } from './frameStretch';

const picture = (n: number, change: Partial<PassingFrame> = {}): PassingFrame => ({
  ...{ rtp: n * 6_000, codec: 'vp8', key: false, width: 640, height: 360, frameId: undefined, dependencies: [] },
  bytes: () => Uint8Array.of(n),
  ...change,
});
const key = (n: number, change: Partial<PassingFrame> = {}): PassingFrame => picture(n, { key: true, ...change });
const sound = (n: number, change: Partial<PassingFrame> = {}): PassingFrame =>
  picture(n, { rtp: n * 960, codec: 'opus', bytes: () => Uint8Array.of(120, n), ...change });

const pictureMs = 6_000 / 90;
const numbers = (packets: readonly StretchPacket[]): (number | undefined)[] => packets.map(({ bytes }) => bytes.at(-1));
/** Takes frames as if each came when it was made. */
function feed(stretch: FrameStretch, frames: readonly PassingFrame[], rate = 90_000) {
  return frames.map((frame) => stretch.take(frame, (frame.rtp * 1000) / rate));
}

describe('FrameStretch', () => {
  it('begins a picture with a key frame, and copies nothing before', () => {
    const stretch = new FrameStretch('video');
    const unread = picture(1, { bytes: () => expect.fail('copied') });
    expect(feed(stretch, [unread, key(2), picture(3)])).toEqual(['left', 'taken', 'taken']);
    expect(stretch.begun).toBe('vp8');
    const packets = stretch.drain(0, true);
    expect(packets.map(({ key: isKey, atMs }) => [isKey, Math.round(atMs)])).toEqual([
      [true, 0],
      [false, 67],
    ]);
  });

  it('begins sound at once, each packet a key', () => {
    const stretch = new FrameStretch('audio');
    feed(stretch, [sound(5), sound(6)], 48_000);
    expect(stretch.drain(0, true).map(({ key: isKey, atMs, durationMs }) => [isKey, atMs, durationMs])).toEqual([
      [true, 0, 20],
      [true, 20, 20],
    ]);
  });

  it('holds frames for those that come late, and puts them in order, each once', () => {
    const stretch = new FrameStretch('video');
    feed(stretch, [key(0), picture(1)]);
    stretch.take(picture(3), 200);
    stretch.take(picture(2), 210);
    expect(stretch.take(picture(2), 220)).toBe('left');
    expect(numbers(stretch.drain(200 + holdMs - 1))).toEqual([0, 1]);
    expect(numbers(stretch.drain(210 + holdMs))).toEqual([2, 3]);
  });

  it('leaves out what comes too late, and wants a key frame then', () => {
    const stretch = new FrameStretch('video');
    feed(stretch, [key(0), picture(1), picture(3)]);
    stretch.drain(1_000);
    expect(stretch.wantsKeyFrame(1_000)).toBe(false);
    expect(stretch.take(picture(3), 1_000)).toBe('left');
    expect(stretch.wantsKeyFrame(1_000)).toBe(false);
    expect(stretch.take(picture(2), 1_000)).toBe('left');
    expect(stretch.wantsKeyFrame(1_000)).toBe(true);
    stretch.take(key(20), 1_300);
    stretch.drain(2_000);
    expect(stretch.wantsKeyFrame(2_000)).toBe(false);
  });

  it('leaves out what leans on a frame that is missing, where frames are numbered', () => {
    const stretch = new FrameStretch('video');
    const numbered = (n: number, ...dependencies: number[]) => picture(n, { frameId: n, dependencies });
    feed(stretch, [key(0, { frameId: 0 }), numbered(1, 0), numbered(3, 2), numbered(4, 3), numbered(5, 1)]);
    feed(stretch, [key(6, { frameId: 6 }), numbered(7, 6)]);
    expect(numbers(stretch.drain(0, true))).toEqual([0, 1, 5, 6, 7]);
  });

  it('asks for a key frame until one comes, and again before long', () => {
    const stretch = new FrameStretch('video');
    expect([0, 100, 500].map((now) => stretch.wantsKeyFrame(now))).toEqual([true, false, true]);
    stretch.take(key(0), 600);
    expect([700, 5_000, 5_600].map((now) => stretch.wantsKeyFrame(now))).toEqual([false, false, true]);
    expect(new FrameStretch('audio').wantsKeyFrame(0)).toBe(false);
  });

  it('in a gap keeps nothing, nor what still waits, and the time line goes on', () => {
    const stretch = new FrameStretch('audio');
    feed(stretch, [sound(0), sound(1)], 48_000);
    expect(numbers(stretch.drain(holdMs))).toEqual([0]);
    stretch.setGap(true);
    expect(stretch.take(sound(2), 40)).toBe('left');
    stretch.setGap(false);
    stretch.take(sound(3), 60);
    expect(stretch.drain(0, true).map(({ atMs, bytes }) => [atMs, [...bytes]])).toEqual([
      [20, [0xf8, 0xff, 0xfe]],
      [40, [0xf8, 0xff, 0xfe]],
      [60, [120, 3]],
    ]);
  });

  it('has no holes in sound where its sender rested or packets were lost', () => {
    const stretch = new FrameStretch('audio');
    const came = [0, 1, 21, 41, 43, 100];
    feed(
      stretch,
      came.map((n) => sound(n)),
      48_000,
    );
    const packets = stretch.drain(0, true);
    expect(packets.map(({ atMs }) => Math.round(atMs))).toEqual(Array.from({ length: 101 }, (_, n) => n * 20));
    const kept = packets.filter(({ bytes }) => bytes.length === 2);
    expect(kept.map(({ atMs }) => Math.round(atMs / 20))).toEqual(came);
    const [, , lost] = packets;
    expect([lost?.bytes, lost?.key, lost?.codec]).toEqual([Uint8Array.of(120), true, 'opus']);
    expect(packets.at(-2)?.bytes, 'longer than any rest').toEqual(Uint8Array.of(0xf8, 0xff, 0xfe));
  });

  it('that begins in a gap begins after it', () => {
    const stretch = new FrameStretch('audio');
    stretch.setGap(true);
    expect(feed(stretch, [sound(0)], 48_000)).toEqual(['left']);
    expect(stretch.begun).toBeNull();
    stretch.setGap(false);
    feed(stretch, [sound(9)], 48_000);
    expect(stretch.drain(0, true)[0]?.atMs).toBe(0);
  });

  it('takes no other codec, and nothing that is no frame', () => {
    expect(new FrameStretch('audio').take(sound(0, { codec: undefined }), 0)).toBe('foreign');
    const stretch = new FrameStretch('video');
    feed(stretch, [key(0)]);
    expect(stretch.take(key(1, { codec: 'vp9' }), 67)).toBe('foreign');
    expect(stretch.take(picture(1, { bytes: () => new Uint8Array() }), 67)).toBe('left');
  });

  it('lets time only grow when the clock of the sender is set back', () => {
    for (const kind of ['audio', 'video'] as const) {
      const [rate, step] = kind === 'audio' ? [48_000, 20] : [90_000, pictureMs];
      const stretch = new FrameStretch(kind);
      const count = 300;
      for (let n = 0; n < count; n += 1) {
        // The first one came 180 ms late: all others seem early.
        const frame = kind === 'audio' ? sound(n) : picture(n, { key: n === 0 });
        stretch.take(frame, (frame.rtp * 1000) / rate + (n === 0 ? 180 : 0));
      }
      const packets = stretch.drain(0, true);
      const times = packets.map(({ atMs }) => atMs);
      expect(times.every((at, n) => n === 0 || at > (times[n - 1] ?? 0))).toBe(true);
      expect(Math.abs((times.at(-1) ?? 0) - ((count - 1) * step - 180))).toBeLessThan(1);
      expect(packets.length).toBe(kind === 'video' ? count : count - 9);
    }
  });
});
