import { describe, expect, it } from 'vitest';
import type { ConsentStatus, RecordingKind, RecordingState } from '../../../common/consent/models';
import type { Participant } from '../../../common/meeting/models';
import { noTracks } from '../devices/localTracks';
import { desiredTaps, type DesiredTap, type TapFacts } from './desiredTaps';
import { RecordingTaps } from './recordingTaps';
import type { TrackTap } from './trackTap';
import type { WriterEnd } from './trackWriter';

const track = (kind: string, id: string): MediaStreamTrack =>
  ({ kind, id, readyState: 'live' }) as unknown as MediaStreamTrack;
const stream = (...tracks: MediaStreamTrack[]): MediaStream => ({ getTracks: () => tracks }) as unknown as MediaStream;
const person = (id: string, camera: boolean): Participant =>
  ({ id, media: { microphone: false, camera } }) as Participant;
const recording = (
  consents: Record<string, [audio: ConsentStatus, video: ConsentStatus]>,
  recordingId = 'r',
  recordable: readonly RecordingKind[] = ['audio', 'video', 'chat'],
): RecordingState =>
  ({
    request: { recordingId },
    recordable,
    consents: Object.entries(consents).map(([participantId, [audio, video]]) => ({
      participantId,
      audio,
      video,
      chat: 'no',
    })),
  }) as unknown as RecordingState;

const guestStream = stream(track('audio', 'ga'), track('video', 'gv'));
const facts: TapFacts = {
  recording: recording({ me: ['yes', 'yes'], guest: ['yes', 'yes'] }),
  selfId: 'me',
  participants: [person('me', false), person('guest', true)],
  local: noTracks,
  streams: new Map([['guest', guestStream]]),
};
const keys = (given: TapFacts): readonly string[] => desiredTaps(given).map(({ key }) => key);

describe('desiredTaps', () => {
  it('wants nothing while nothing is recorded', () => {
    expect(keys({ ...facts, recording: null })).toEqual([]);
  });

  it('wants what was agreed to, each kind on its own', () => {
    expect(keys(facts)).toEqual(['r/guest/audio/ga', 'r/guest/video/gv']);
    expect(keys({ ...facts, recording: recording({ guest: ['no', 'yes'] }) })).toEqual(['r/guest/video/gv']);
    expect(keys({ ...facts, recording: recording({ guest: ['yes', 'pending'] }) })).toEqual(['r/guest/audio/ga']);
    for (const status of ['no', 'pending', 'withdrawn'] as const) {
      expect(keys({ ...facts, recording: recording({ guest: [status, status] }) })).toEqual([]);
    }
  });

  it('wants nothing of somebody who was not asked, has left or has no connection', () => {
    expect(keys({ ...facts, recording: recording({}) })).toEqual([]);
    expect(keys({ ...facts, participants: [] })).toEqual([]);
    expect(keys({ ...facts, streams: new Map() })).toEqual([]);
  });

  it('wants nothing that waits until everybody agrees', () => {
    const yes = { guest: ['yes', 'yes'] } as const satisfies Parameters<typeof recording>[0];
    expect(keys({ ...facts, recording: recording(yes, 'r', []) })).toEqual([]);
    expect(keys({ ...facts, recording: recording(yes, 'r', ['video']) })).toEqual(['r/guest/video/gv']);
  });

  it('wants no picture while the camera is off', () => {
    expect(keys({ ...facts, participants: [person('guest', false)] })).toEqual(['r/guest/audio/ga']);
  });

  it('takes the own tracks as they are, once there are any', () => {
    const local = { audio: track('audio', 'ma'), video: null };
    expect(keys({ ...facts, local, streams: new Map() })).toEqual(['r/me/audio/ma']);
    expect(keys({ ...facts, local: { ...local, video: track('video', 'mv') }, streams: new Map() })).toEqual([
      'r/me/audio/ma',
      'r/me/video/mv',
    ]);
  });
});

class FakeTap implements TrackTap {
  finished = false;
  aborted = false;
  readonly gaps: boolean[] = [];
  end: (end: WriterEnd) => void = () => undefined;
  readonly ended = new Promise<WriterEnd>((resolve) => (this.end = resolve));

  constructor(
    readonly desired: DesiredTap,
    readonly gapAtStart: boolean,
  ) {}

  finish(): void {
    this.finished = true;
  }
  abort(): void {
    this.aborted = true;
  }
  setGap(on: boolean): void {
    this.gaps.push(on);
  }
}

function setUp() {
  const made: FakeTap[] = [];
  const taps = new RecordingTaps((desired, gap) => {
    const tap = new FakeTap(desired, gap);
    made.push(tap);
    return tap;
  });
  return { taps, made };
}

describe('RecordingTaps', () => {
  it('keeps what was recorded before a pause, and goes on in another file when everybody has agreed again', async () => {
    const { taps, made } = setUp();
    const consents = { guest: ['yes', 'no'] } as const satisfies Parameters<typeof recording>[0];
    const agreedBy = (...kinds: RecordingKind[]) => ({ ...facts, recording: recording(consents, 'r', kinds) });
    taps.handleFacts(agreedBy());
    expect(made).toEqual([]);
    taps.handleFacts(agreedBy('audio'));
    // main closes the file before it says so: that is no reason never to try again.
    made[0]!.end('refused');
    await made[0]!.ended;
    taps.handleFacts(agreedBy());
    taps.handleFacts(agreedBy('audio'));
    expect(made).toHaveLength(2);
    taps.handleFacts(agreedBy());
    expect(made[1]).toMatchObject({ finished: true, aborted: false });
  });

  it('tries again what was refused when the disk is well again, or worse in another way', async () => {
    const { taps, made } = setUp();
    const withTrouble = (trouble: RecordingState['trouble']): TapFacts => ({
      ...facts,
      recording: { ...facts.recording!, trouble },
    });
    taps.handleFacts(withTrouble(null));
    taps.handleFacts(withTrouble('disk-full'));
    made[0]!.end('refused');
    await made[0]!.ended;
    const before = made.length;
    taps.handleFacts(withTrouble('disk-full'));
    expect(made).toHaveLength(before);
    taps.handleFacts(withTrouble(null));
    expect(made).toHaveLength(before + 1);
    expect(made.at(-1)?.desired.key).toBe(made[0]!.desired.key);
  });

  it('finishes a camera that goes off and makes a second file when it comes back, after the first is closed', async () => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    taps.handleFacts({ ...facts, participants: [person('guest', false)] });
    expect(made.map(({ finished, aborted }) => [finished, aborted])).toEqual([
      [false, false],
      [true, false],
    ]);
    taps.handleFacts(facts);
    expect(made).toHaveLength(2);
    made[1]?.end('closed');
    await made[1]?.ended;
    expect(made.map(({ desired }) => desired.key)).toEqual([
      'r/guest/audio/ga',
      'r/guest/video/gv',
      'r/guest/video/gv',
    ]);
  });

  it('aborts what was withdrawn and leaves the rest alone', () => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    taps.handleFacts({ ...facts, recording: recording({ guest: ['yes', 'withdrawn'] }) });
    expect(made.map(({ finished, aborted }) => [finished, aborted])).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  it('finishes everything when the recording stops or the meeting ends', () => {
    for (const stop of [(taps: RecordingTaps) => taps.handleFacts({ ...facts, recording: null }), disposed]) {
      const { taps, made } = setUp();
      taps.handleFacts(facts);
      stop(taps);
      expect(made.every(({ finished, aborted }) => finished && !aborted)).toBe(true);
    }
  });

  it('does not try again what was refused, until it was not wanted in between', async () => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    made[0]?.end('refused');
    await made[0]?.ended;
    taps.handleFacts(facts);
    expect(made).toHaveLength(2);
    taps.handleFacts({ ...facts, recording: recording({ guest: ['no', 'yes'] }) });
    taps.handleFacts(facts);
    expect(made).toHaveLength(3);
  });

  it.each(['overflow', 'moved'] as const)('goes on in a new file after `%s`', async (end) => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    made[1]?.end(end);
    await made[1]?.ended;
    expect(made[2]?.desired.key).toBe('r/guest/video/gv');
  });

  it('tells every sound of a gap, also one that begins in it, and no picture', async () => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    taps.handleGap(true);
    taps.handleGap(true);
    made[0]?.end('overflow');
    made[1]?.end('overflow');
    await made[1]?.ended;
    taps.handleGap(false);
    expect(made.map(({ desired, gapAtStart, gaps }) => [desired.kind, gapAtStart, gaps])).toEqual([
      ['audio', false, [true]],
      ['video', false, []],
      ['audio', true, [false]],
      ['video', false, []],
    ]);
  });

  it('starts nothing after the end', async () => {
    const { taps, made } = setUp();
    taps.handleFacts(facts);
    taps.dispose();
    made[0]?.end('overflow');
    await made[0]?.ended;
    expect(made).toHaveLength(2);
  });
});

const disposed = (taps: RecordingTaps): void => taps.dispose();
