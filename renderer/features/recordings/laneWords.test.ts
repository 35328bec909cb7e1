import { describe, expect, it } from 'vitest';
import type { RecordedChatLine, RecordedPerson, RecordedTrack } from '../../../common/recording/models';
import { emptyLane, endedAt } from './laneWords';

const person = (changes: Partial<RecordedPerson> = {}): RecordedPerson => ({
  ...{ participantId: 'anna', identityKey: 'k', name: 'Anna' },
  ...{ kinds: ['audio', 'video', 'chat'], withdrawn: [], stopped: [] },
  ...changes,
});
const track = { participantId: 'anna' } as RecordedTrack;
const line = { participantId: 'anna' } as RecordedChatLine;

describe('emptyLane', () => {
  it('says why there is nothing of somebody, and nothing where there is something', () => {
    expect(emptyLane(person(), [track], [])).toBeNull();
    expect(emptyLane(person(), [], [line])).toBeNull();
    expect(emptyLane(person(), [{ ...track, participantId: 'ben' }], [])).toBe('nothing');
    expect(emptyLane(person({ kinds: [] }), [], [])).toBe('declined');
    expect(emptyLane(person({ kinds: [], withdrawn: ['audio', 'video'] }), [], [])).toBe('withdrawn');
    expect(emptyLane(person({ restricted: true }), [], [])).toBe('restricted');
    expect(emptyLane(person({ kinds: [], restricted: true }), [], [])).toBe('declined');
    expect(emptyLane(person({ kinds: ['audio'], withdrawn: ['video'] }), [track], [])).toBeNull();
  });
});

describe('endedAt', () => {
  it('is when the last of sound and picture ended, and null while one goes on', () => {
    expect(endedAt(person())).toBeNull();
    expect(endedAt(person({ stopped: [{ kind: 'video', atMs: 5_000 }] }))).toBeNull();
    expect(endedAt(person({ stopped: [{ kind: 'chat', atMs: 5_000 }] }))).toBeNull();
    const both = [
      { kind: 'video', atMs: 5_000 },
      { kind: 'audio', atMs: 9_000 },
    ] as const;
    expect(endedAt(person({ stopped: both }))).toBe(9_000);
    expect(endedAt(person({ kinds: ['video'], stopped: [{ kind: 'video', atMs: 5_000 }] }))).toBe(5_000);
  });
});
