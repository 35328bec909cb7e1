import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesiredTap } from './desiredTaps';
import { EncodedTap } from './encodedTap';
import type { TakeEvents } from './frames/frameHub';
import type { FrameSource } from './frames/frameSource';
import { MediaRecorderTap } from './mediaRecorderTap';
import type { TrackSink } from './trackWriter';

const track = { kind: 'audio', readyState: 'live' } as MediaStreamTrack;
const desired: DesiredTap = { key: 'k', recordingId: 'r', participantId: 'p', kind: 'audio', track };
const ok = { ok: true, value: undefined } as const;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

function sinkThatTells(answers: Partial<TrackSink> = {}) {
  const calls: string[] = [];
  let opened = 0;
  const sink: TrackSink = {
    openTrack: async ({ mimeType }) => {
      opened += 1;
      calls.push(`open ${mimeType}`);
      return { ok: true, value: { trackId: `t${opened}` } };
    },
    appendTrack: async ({ trackId, bytes }) => (calls.push(`append ${trackId} ${bytes.join()}`), ok),
    closeTrack: async ({ trackId }) => (calls.push(`close ${trackId}`), ok),
    ...answers,
  };
  return { sink, calls };
}

describe('EncodedTap', () => {
  function setUp(answers: Partial<TrackSink> = {}) {
    const { sink, calls } = sinkThatTells(answers);
    const told: string[] = [];
    const source = {
      take: (gap: boolean, events: TakeEvents) => {
        told.push(`take ${gap}`);
        given.events = events;
        return {
          finish: () => told.push('finish'),
          abort: () => told.push('abort'),
          setGap: (on: boolean) => told.push(`gap ${on}`),
        };
      },
    } as unknown as FrameSource;
    const given: { events: TakeEvents } = { events: null as never };
    const tap = new EncodedTap(sink, desired, source, false);
    return { tap, calls, told, events: given.events };
  }

  it('tells main nothing before the first frame, then opens the track at once', async () => {
    const { tap, calls, events } = setUp();
    await settle();
    expect(calls).toEqual([]);
    events.onBegun('opus');
    expect(calls).toEqual(['open audio/webm;codecs=opus']);
    events.onBytes(Uint8Array.of(1, 2));
    events.onEnded('asked');
    expect(await tap.ended).toBe('closed');
    expect(calls.slice(1)).toEqual(['append t1 1,2', 'close t1']);
  });

  it('says that the track may go on elsewhere, whether or not anything had come', async () => {
    for (const begun of [true, false]) {
      const { tap, events } = setUp();
      if (begun) events.onBegun('opus');
      events.onEnded('gone');
      expect(await tap.ended).toBe('moved');
    }
  });

  it('sends nothing more once the yes is gone', async () => {
    const { tap, calls, told, events } = setUp();
    events.onBegun('opus');
    await settle();
    tap.abort();
    events.onBytes(Uint8Array.of(1));
    expect(await tap.ended).toBe('aborted');
    expect([calls, told]).toEqual([['open audio/webm;codecs=opus'], ['take false', 'abort', 'abort', 'abort']]);
    const unbegun = setUp();
    unbegun.tap.abort();
    expect(await unbegun.tap.ended).toBe('aborted');
  });

  it('takes no more when main refuses', async () => {
    const refused = { ok: false, error: { code: 'recording/no-consent' } } as const;
    const { tap, told, events } = setUp({ openTrack: async () => refused });
    events.onBegun('opus');
    expect(await tap.ended).toBe('refused');
    expect(told.at(-1)).toBe('abort');
  });
});

class FakeRecorder extends EventTarget {
  static readonly made: FakeRecorder[] = [];
  state = 'inactive';
  constructor() {
    super();
    FakeRecorder.made.push(this);
  }
  start(): void {
    this.state = 'recording';
  }
  stop(): void {
    this.state = 'inactive';
    setTimeout(() => {
      this.deliver(9);
      this.dispatchEvent(new Event('stop'));
    });
  }
  deliver(byte: number): void {
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([Uint8Array.of(byte)]) }));
  }
}

describe('MediaRecorderTap', () => {
  beforeEach(() => {
    FakeRecorder.made.length = 0;
    vi.stubGlobal('MediaRecorder', FakeRecorder);
    vi.stubGlobal('MediaStream', Object);
  });
  afterEach(() => void vi.unstubAllGlobals());

  it('ends the file at a gap, and makes another one after it, when the first is closed', async () => {
    const { sink, calls } = sinkThatTells();
    const tap = new MediaRecorderTap(sink, desired, false);
    FakeRecorder.made[0]?.deliver(1);
    tap.setGap(true);
    tap.setGap(false);
    expect(FakeRecorder.made).toHaveLength(1);
    await vi.waitUntil(() => FakeRecorder.made.length === 2);
    tap.finish();
    expect(await tap.ended).toBe('closed');
    const type = 'audio/webm;codecs=opus';
    expect(calls).toEqual([
      ...[`open ${type}`, 'append t1 1', 'append t1 9', 'close t1'],
      ...[`open ${type}`, 'append t2 9', 'close t2'],
    ]);
  });

  it('records nothing in a gap, and can end in it', async () => {
    const { sink, calls } = sinkThatTells();
    const tap = new MediaRecorderTap(sink, desired, true);
    await settle();
    expect([FakeRecorder.made, calls]).toEqual([[], []]);
    tap.finish();
    expect(await tap.ended).toBe('closed');
    tap.setGap(false);
    expect(FakeRecorder.made).toHaveLength(0);
  });
});
