import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EncodedFrames } from './encodedFrames';
import type { FromFrameWorker, TakeEnd, ToFrameWorker } from './frameMessages';

class FakeWorker {
  readonly told: ToFrameWorker[] = [];
  terminated = false;
  say: (message: FromFrameWorker) => void = () => undefined;

  addEventListener(_type: string, listener: (event: { data: FromFrameWorker }) => void): void {
    this.say = (data) => listener({ data });
  }
  postMessage(message: ToFrameWorker): void {
    this.told.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
}

const track = (kind: string): MediaStreamTrack => ({ kind }) as MediaStreamTrack;
const endpoint = (of: MediaStreamTrack) =>
  ({
    track: of,
    createEncodedStreams: () => ({ readable: {}, writable: {} }),
    getParameters: () => ({
      codecs: [
        { payloadType: 96, mimeType: 'video/VP8' },
        { payloadType: 97, mimeType: 'video/rtx' },
        { payloadType: 111, mimeType: 'audio/opus' },
        { payloadType: 63, mimeType: 'audio/red' },
      ],
    }),
  }) as unknown as RTCRtpReceiver & RTCRtpSender;

function setUp({ ready = true } = {}) {
  const worker = new FakeWorker();
  const frames = new EncodedFrames('streams', worker as unknown as Worker);
  if (ready) worker.say({ type: 'ready' });
  const [voice, camera, lost] = [track('audio'), track('video'), vi.fn()];
  const connect = (sound: MediaStreamTrack) => {
    const connection = frames.openConnection(lost);
    connection.handleTransceiver({ sender: endpoint(track('audio')), receiver: endpoint(sound) });
    connection.handleTransceiver({ sender: endpoint(camera), receiver: endpoint(track('video')) });
    connection.handleSending('video', camera);
    return connection;
  };
  const connection = connect(voice);
  const ends: TakeEnd[] = [];
  const bytes: number[] = [];
  const begin = (of: MediaStreamTrack) =>
    frames.sourceOf(of)?.take(false, {
      onBegun: () => undefined,
      onBytes: (some) => bytes.push(...some),
      onEnded: (end) => ends.push(end),
    });
  const takes = () => worker.told.filter((message) => message.type === 'take');
  return { worker, frames, voice, camera, lost, connect, connection, ends, bytes, begin, takes };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('EncodedFrames', () => {
  it('claims nothing before the worker has come to life', () => {
    const { worker, frames, voice, connection } = setUp({ ready: false });
    expect(connection.configuration).toEqual({});
    expect(worker.told).toEqual([]);
    worker.say({ type: 'ready' });
    expect(frames.sourceOf(voice)).toBeNull();
    expect(frames.openConnection(() => undefined).configuration).toEqual({ encodedInsertableStreams: true });
  });

  it('lets all pass and takes none until it is told to, and only codecs a file can hold', () => {
    const { worker, voice, begin, takes } = setUp();
    expect(worker.told.map(({ type }) => type)).toEqual(['stream', 'stream', 'stream', 'stream']);
    begin(voice);
    expect(takes()).toMatchObject([
      {
        kind: 'audio',
        stream: 2,
        codecs: new Map([
          [96, 'vp8'],
          [111, 'opus'],
        ]),
      },
    ]);
  });

  it('takes the own picture from a connection that is connected, and from another when that one goes', () => {
    const { worker, frames, camera, connect, connection, begin, takes, ends } = setUp();
    expect(frames.sourceOf(camera)).toBeNull();
    connection.handleConnected(true);
    begin(camera);
    expect(frames.sourceOf(camera), 'one take at a time').toBeNull();
    const other = connect(track('audio'));
    other.handleConnected(true);
    connection.handleConnected(false);
    const [{ take } = { take: -1 }] = takes();
    expect(worker.told.at(-1)).toEqual({ type: 'finish', take, end: 'gone' });
    worker.say({ type: 'ended', take, end: 'gone' });
    expect(ends).toEqual(['gone']);
    begin(camera);
    expect(takes().map(({ stream }) => stream)).toEqual([3, 8]);
  });

  it('does not try again where nothing can be kept', () => {
    const { worker, frames, voice, begin, takes } = setUp();
    begin(voice);
    worker.say({ type: 'ended', take: takes()[0]?.take ?? -1, end: 'unsuitable' });
    expect(frames.sourceOf(voice)).toBeNull();
  });

  it('hands nothing over after an abort', () => {
    const { worker, voice, begin, takes, bytes, ends } = setUp();
    const running = begin(voice);
    const [{ take } = { take: -1 }] = takes();
    worker.say({ type: 'bytes', take, bytes: Uint8Array.of(1) });
    running?.abort();
    worker.say({ type: 'bytes', take, bytes: Uint8Array.of(2) });
    worker.say({ type: 'ended', take, end: 'asked' });
    expect([bytes, ends]).toEqual([[1], []]);
    expect(worker.told.at(-1)).toEqual({ type: 'abort', take });
  });

  it('gives the connections up when the worker is dead, and does without it from then on', () => {
    const { worker, frames, voice, lost, begin, ends } = setUp();
    begin(voice);
    for (let n = 0; n < 10; n += 1) {
      vi.advanceTimersByTime(3_000);
      worker.say({ type: 'pong' });
    }
    expect(lost).not.toHaveBeenCalled();
    vi.advanceTimersByTime(12_000);
    expect(lost).toHaveBeenCalledOnce();
    expect([ends, worker.terminated, frames.sourceOf(voice)]).toEqual([['gone'], true, null]);
    expect(frames.openConnection(() => undefined).configuration).toEqual({});
  });

  it('ends the worker with the meeting, when all is written', () => {
    const { worker, frames, voice, begin, takes } = setUp();
    begin(voice)?.finish();
    frames.dispose();
    expect(worker.terminated).toBe(false);
    worker.say({ type: 'ended', take: takes()[0]?.take ?? -1, end: 'asked' });
    expect(worker.terminated).toBe(true);
  });
});
