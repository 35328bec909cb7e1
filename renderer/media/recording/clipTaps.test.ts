import { describe, expect, it } from 'vitest';
import type { ClipPhase, ConsentStatus, RecordingState } from '../../../common/consent/models';
import type { MediaState, Participant } from '../../../common/meeting/models';
import { noTracks } from '../devices/localTracks';
import type { ClipTap, DesiredClip } from './clipTap';
import { ClipTaps, desiredClips } from './clipTaps';
import type { TapFacts } from './desiredTaps';
import type { WriterEnd } from './trackWriter';

const track = (kind: string, id: string, enabled = true): MediaStreamTrack =>
  ({ kind, id, enabled, readyState: 'live' }) as unknown as MediaStreamTrack;
const person = (id: string, media: MediaState): Participant => ({ id, media }) as Participant;
const recording = (
  clips: Record<string, ConsentStatus>,
  begun: Record<string, ClipPhase> = {},
  recordingId = 'r',
): RecordingState =>
  ({
    request: { recordingId },
    consents: Object.entries(clips).map(([participantId, clip]) => ({ participantId, audio: 'yes', clip })),
    clips: Object.entries(begun).map(([participantId, phase]) => ({ participantId, phase })),
  }) as unknown as RecordingState;

const tracks = [track('audio', 'ga'), track('video', 'gv')];
const guestStream = { getTracks: () => tracks } as unknown as MediaStream;
const on = { microphone: true, camera: true };
const off = { microphone: false, camera: false };
const facts = (guest: MediaState, state = recording({ me: 'yes', guest: 'yes' })): TapFacts => ({
  recording: state,
  selfId: 'me',
  participants: [person('me', off), person('guest', guest)],
  local: noTracks,
  streams: new Map([['guest', guestStream]]),
});
const wanted = (given: TapFacts) =>
  desiredClips(given).map((clip) => [clip.participantId, ...clip.tracks.map(({ id }) => id)].join(' '));

describe('desiredClips', () => {
  it('wants what is on, and nothing of who is silent and unseen', () => {
    expect(wanted(facts(on))).toEqual(['guest ga gv']);
    expect(wanted(facts({ ...off, microphone: true }))).toEqual(['guest ga']);
    expect(wanted(facts({ ...off, camera: true }))).toEqual(['guest gv']);
    expect(wanted(facts(off))).toEqual([]);
  });

  it('takes the own devices as they are: a muted microphone says nothing', () => {
    const own = (audio: MediaStreamTrack) => wanted({ ...facts(off), local: { ...noTracks, audio } });
    expect(own(track('audio', 'ma'))).toEqual(['me ma']);
    expect(own(track('audio', 'ma', false))).toEqual([]);
  });

  it('wants none without its own yes, whatever else was agreed to', () => {
    for (const status of ['no', 'pending', 'stopped', 'withdrawn'] as const) {
      expect(wanted(facts(on, recording({ guest: status })))).toEqual([]);
    }
    expect(wanted({ ...facts(on), recording: null })).toEqual([]);
  });

  it('wants none of whom there is one, begun, made or failed', () => {
    for (const phase of ['recording', 'made', 'failed'] as const) {
      expect(wanted(facts(on, recording({ guest: 'yes' }, { guest: phase })))).toEqual([]);
    }
  });

  it('wants none of who has no connection', () => {
    expect(wanted({ ...facts(on), streams: new Map() })).toEqual([]);
  });
});

class FakeTap implements ClipTap {
  readonly calls: string[] = [];
  end: (end: WriterEnd) => void = () => undefined;
  readonly ended = new Promise<WriterEnd>((resolve) => (this.end = resolve));
  constructor(readonly desired: DesiredClip) {}
  finish(): void {
    this.calls.push('finish');
  }
  abort(): void {
    this.calls.push('abort');
  }
  setGap(gap: boolean): void {
    this.calls.push(gap ? 'pause' : 'resume');
  }
}

function taps() {
  const made: FakeTap[] = [];
  const clips = new ClipTaps((desired) => {
    const tap = new FakeTap(desired);
    made.push(tap);
    return tap;
  });
  return { clips, made };
}

describe('ClipTaps', () => {
  it('makes one clip of each person and recording, also before main has told of it and after it ended', async () => {
    const { clips, made } = taps();
    clips.handleFacts(facts(off));
    expect(made).toHaveLength(0);
    clips.handleFacts(facts(on));
    clips.handleFacts(facts(on));
    made[0]?.end('closed');
    await made[0]?.ended;
    clips.handleFacts(facts(on));
    expect(made).toHaveLength(1);
    clips.handleFacts(facts(on, recording({ guest: 'yes' }, {}, 'another')));
    expect(made).toHaveLength(2);
  });

  it('writes no more once the yes is gone, and what there is when the person or the recording is', () => {
    const withdrawn = taps();
    withdrawn.clips.handleFacts(facts(on));
    withdrawn.clips.handleFacts(facts(on, recording({ guest: 'withdrawn' })));
    expect(withdrawn.made[0]?.calls).toEqual(['abort']);

    const left = taps();
    left.clips.handleFacts(facts(on));
    left.clips.handleFacts({ ...facts(on), participants: [person('me', off)] });
    expect(left.made[0]?.calls).toEqual(['finish']);

    const stopped = taps();
    stopped.clips.handleFacts(facts(on));
    stopped.clips.handleFacts({ ...facts(on), recording: null });
    expect(stopped.made[0]?.calls).toEqual(['finish']);
  });

  it('pauses with everybody’s sound, and begins none in a pause', () => {
    const { clips, made } = taps();
    clips.handleFacts(facts(on));
    clips.handleGap(true);
    clips.handleGap(true);
    clips.handleGap(false);
    expect(made[0]?.calls).toEqual(['pause', 'resume']);

    const late = taps();
    late.clips.handleFacts(facts(off));
    late.clips.handleGap(true);
    late.clips.handleFacts(facts(on));
    expect(late.made).toHaveLength(0);
    late.clips.handleGap(false);
    expect(late.made).toHaveLength(1);
  });
});
