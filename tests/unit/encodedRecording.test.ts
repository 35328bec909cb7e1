import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BufferSource, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { describe, expect, test } from 'vitest';
import { remuxWebm } from '../../main/recording/finalize/remuxWebm';
import { measureWebm, type RandomReader } from '../../main/recording/finalize/webmExtent';
import type { FromFrameWorker } from '../../renderer/media/recording/frames/frameMessages';
import type { FrameCodec, PassingFrame } from '../../renderer/media/recording/frames/frameStretch';
import { FrameTake } from '../../renderer/media/recording/frames/frameTake';

const fixtures = join(__dirname, '..', '..', 'main', 'recording', 'finalize', 'fixtures');

const readerOf = (bytes: Uint8Array): RandomReader => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

async function packetsOf(bytes: Uint8Array) {
  const input = new Input({ formats: [WEBM], source: new BufferSource(bytes) });
  const [track] = await input.getTracks();
  const packets = [];
  for await (const packet of new EncodedPacketSink(track!).packets()) packets.push(packet);
  return packets;
}

/** The frames of a recorded film as a peer connection would show them: with times that wrap, and without durations. */
async function framesOf(name: string, codec: FrameCodec): Promise<readonly (PassingFrame & { at: number })[]> {
  const rate = codec === 'opus' ? 48 : 90;
  const packets = await packetsOf(await readFile(join(fixtures, `${name}.webm`)));
  return packets.map(({ data, timestamp, type }) => ({
    at: Math.round(timestamp * 1000),
    rtp: (2 ** 32 - 1_000 + Math.round(timestamp * 1000) * rate) % 2 ** 32,
    ...{ codec, key: type === 'key' && codec !== 'opus', width: 160, height: 90, frameId: undefined, dependencies: [] },
    bytes: () => data,
  }));
}

const films = [
  { name: 'remote-vp8', codec: 'vp8' },
  { name: 'remote-vp9', codec: 'vp9' },
  { name: 'remote-opus', codec: 'opus' },
] as const;

/** Records these frames; returns what was sent, in the pieces in which it was. */
async function record(name: string, codec: FrameCodec) {
  const sent: FromFrameWorker[] = [];
  const take = new FrameTake(1, codec === 'opus' ? 'audio' : 'video', (message) => sent.push(message));
  const frames = await framesOf(name, codec);
  let flushed = 0;
  for (const frame of frames) {
    for (; flushed + 400 < frame.at; flushed += 400) take.flush(flushed + 400);
    await settle();
    take.handleFrame(frame, frame.at);
  }
  take.end('asked', frames.at(-1)!.at);
  await until(() => sent.some(({ type }) => type === 'ended'));
  const pieces = sent.flatMap((message) => (message.type === 'bytes' ? [message.bytes] : []));
  return { frames, sent, pieces };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
async function until(done: () => boolean): Promise<void> {
  while (!done()) await settle();
}

describe.each(films)('frames of $codec, as they passed', ({ name, codec }) => {
  test('become a file that holds each of them, at its time', async () => {
    const { frames, sent, pieces } = await record(name, codec);
    expect(sent[0]).toEqual({ type: 'begun', take: 1, codec });
    expect(sent.at(-1)).toEqual({ type: 'ended', take: 1, end: 'asked' });
    expect(pieces.length).toBeGreaterThan(5);
    const written = await packetsOf(Buffer.concat(pieces));
    expect(written.map(({ data }) => Buffer.from(data).toString('base64'))).toEqual(
      frames.map(({ bytes }) => Buffer.from(bytes()).toString('base64')),
    );
    const first = frames[0]!.at;
    const apart = written.map(({ timestamp }, n) => Math.abs(timestamp * 1000 - (frames[n]!.at - first)));
    expect(Math.max(...apart)).toBeLessThan(1.01);
  });

  test('main completes it, cut off at any byte of its last second', async () => {
    const { pieces } = await record(name, codec);
    const whole = Buffer.concat(pieces);
    const { blocks } = await measureWebm(readerOf(whole));
    const tail = Buffer.concat(pieces.slice(-3)).length;
    let last = blocks;
    for (let length = whole.length; length > whole.length - tail; length -= 1) {
      const part = whole.subarray(0, length);
      const extent = await measureWebm(readerOf(part));
      expect(extent.bytes).toBeLessThanOrEqual(length);
      expect(last - extent.blocks).toBeLessThanOrEqual(1);
      const fewer = extent.blocks < last;
      last = extent.blocks;
      if (!fewer) continue;
      const chunks: Buffer[] = [];
      const written: [number, Uint8Array][] = [];
      const remuxed = await remuxWebm(readerOf(part), async (position, bytes) => void written.push([position, bytes]));
      expect(remuxed?.durationMs).toBeGreaterThan(1_000);
      chunks.push(Buffer.alloc(Math.max(...written.map(([position, bytes]) => position + bytes.length))));
      for (const [position, bytes] of written) chunks[0]!.set(bytes, position);
      expect(await packetsOf(chunks[0]!)).toHaveLength(extent.blocks);
    }
    expect(last).toBeLessThan(blocks);
  });
});

describe('a take', () => {
  const frame = (change: Partial<PassingFrame> = {}): PassingFrame => ({
    ...{ rtp: 0, codec: 'vp8', key: true, width: 16, height: 9, frameId: undefined, dependencies: [] },
    bytes: () => Uint8Array.of(1),
    ...change,
  });
  function setUp() {
    const sent: FromFrameWorker[] = [];
    return { sent, take: new FrameTake(1, 'video', (message) => sent.push(message)) };
  }

  test('of which nothing is wanted any more sends nothing, not even what it has', async () => {
    const { sent, take } = setUp();
    take.handleFrame(frame(), 0);
    take.end('asked', 1);
    take.abort();
    await settle();
    await settle();
    expect(sent).toEqual([{ type: 'begun', take: 1, codec: 'vp8' }]);
  });

  test('says when nothing of it can be kept: another codec, or no key frame however often one is asked for', async () => {
    for (const bad of [{ codec: undefined }, { key: false }] as const) {
      const { sent, take } = setUp();
      for (const now of [0, 3_000, 5_001]) take.handleFrame(frame(bad), now);
      await until(() => sent.length > 0);
      expect(sent).toEqual([{ type: 'ended', take: 1, end: 'unsuitable' }]);
    }
  });

  test('ends with what it has when the stream becomes something else', async () => {
    const { sent, take } = setUp();
    take.handleFrame(frame(), 0);
    take.handleFrame(frame({ codec: undefined, rtp: 6_000 }), 67);
    await until(() => sent.at(-1)?.type === 'ended');
    expect(sent.map(({ type }) => type)).toEqual(['begun', 'bytes', 'ended']);
    expect(sent.at(-1)).toMatchObject({ end: 'gone' });
  });
});
