import { describe, expect, it } from 'vitest';
import { limits } from '../../../common/meeting/limits';
import { TrackWriter, type TrackSink } from './trackWriter';

const request = { recordingId: 'r', participantId: 'p', kind: 'audio', mimeType: 'audio/webm' } as const;
const ok = { ok: true, value: undefined } as const;
const refused = { ok: false, error: { code: 'recording/no-consent' } } as const;

/** Records the calls; each append waits until it is let through. */
function setUp(answers: Partial<TrackSink> = {}) {
  const calls: string[] = [];
  const bytes: number[] = [];
  const gates: (() => void)[] = [];
  const sink: TrackSink = {
    openTrack: async () => (calls.push('open'), { ok: true, value: { trackId: 't' } }),
    appendTrack: async (append) => {
      calls.push(`append ${append.bytes.byteLength}`);
      bytes.push(...append.bytes.subarray(0, 1));
      await new Promise<void>((resolve) => gates.push(resolve));
      return ok;
    },
    closeTrack: async () => (calls.push('close'), ok),
    ...answers,
  };
  const writer = new TrackWriter(sink, request);
  const letThrough = async (): Promise<void> => {
    while (gates.length === 0) await tick();
    gates.shift()?.();
    await tick();
  };
  return { writer, calls, bytes, letThrough };
}

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const chunk = (first: number, size = 3): Blob => new Blob([new Uint8Array(size).fill(first)]);

describe('TrackWriter', () => {
  it('opens at once, appends in order with one call at a time, closes last', async () => {
    const { writer, calls, bytes, letThrough } = setUp();
    expect(calls).toEqual(['open']);
    for (const first of [1, 2, 3]) writer.push(chunk(first));
    writer.push(new Blob([]));
    writer.close();
    await tick();
    await tick();
    expect(calls).toEqual(['open', 'append 3']);
    for (let i = 0; i < 3; i += 1) await letThrough();
    expect(await writer.ended).toBe('closed');
    expect(bytes).toEqual([1, 2, 3]);
    expect(calls).toEqual(['open', 'append 3', 'append 3', 'append 3', 'close']);
  });

  it('splits what is larger than main takes', async () => {
    const { writer, calls, letThrough } = setUp();
    writer.push(chunk(1, limits.chunkBytes + 5));
    writer.close();
    await letThrough();
    await letThrough();
    expect(await writer.ended).toBe('closed');
    expect(calls).toEqual(['open', `append ${limits.chunkBytes}`, 'append 5', 'close']);
  });

  it('sends nothing more after an abort, not even the end', async () => {
    const { writer, calls, letThrough } = setUp();
    writer.push(chunk(1));
    writer.push(chunk(2));
    await tick();
    await tick();
    writer.abort();
    expect(writer.push(chunk(3))).toBe(false);
    await letThrough();
    expect(await writer.ended).toBe('aborted');
    expect(calls).toEqual(['open', 'append 3']);
  });

  it('is over when main refuses to open or to append', async () => {
    const calls: string[] = [];
    const closeTrack = async () => (calls.push('close'), ok);
    const unopened = setUp({ openTrack: async () => refused, closeTrack });
    unopened.writer.push(chunk(1));
    expect(await unopened.writer.ended).toBe('refused');
    const unwritten = setUp({ appendTrack: async () => refused, closeTrack });
    unwritten.writer.push(chunk(1));
    expect(await unwritten.writer.ended).toBe('refused');
    expect(calls).toEqual([]);
  });

  it('writes what it took and ends when main can not keep up', async () => {
    const { writer, calls, letThrough } = setUp();
    let taken = 0;
    while (writer.push(chunk(1, limits.chunkBytes))) taken += 1;
    expect(taken).toBe(4);
    expect(writer.push(chunk(1))).toBe(false);
    for (let i = 0; i < taken; i += 1) await letThrough();
    expect(await writer.ended).toBe('overflow');
    expect(calls.filter((call) => call.startsWith('append'))).toHaveLength(4);
    expect(calls.at(-1)).toBe('close');
  });
});
