import { describe, expect, it } from 'vitest';
import type { ConsentPolicy, ParticipantConsent, RecordingKind } from '../../../common/consent/models';
import { isWaiting, missingPeople, recordedKinds, unrecordedVoices, waitingKinds } from './recordedKinds';
import { recordingOf } from './testing/recordingOf';

const people = ['anna', 'ben', 'cleo'].map((id) => ({ id }));
const all: readonly RecordingKind[] = ['audio', 'video', 'chat'];

const state = (
  consents: readonly ParticipantConsent[],
  recordable: readonly RecordingKind[] = all,
  policy: ConsentPolicy = 'those-who-agree',
) => recordingOf({ consents, recordable }, { policy });

describe('recordedKinds', () => {
  it('is what somebody agreed to and did not end', () => {
    const recording = state([{ participantId: 'anna', audio: 'yes', video: 'stopped', chat: 'withdrawn' }]);
    expect(recordedKinds(recording, 'anna')).toEqual(['audio']);
    expect(recordedKinds(recording, 'ben')).toEqual([]);
  });

  it('is nothing of what may not be recorded now, whoever agreed', () => {
    const recording = state(
      [{ participantId: 'anna', audio: 'yes', video: 'yes', chat: 'yes' }],
      ['chat'],
      'everybody',
    );
    expect(recordedKinds(recording, 'anna')).toEqual(['chat']);
  });

  it('does not count a clip: it is over after seconds', () => {
    const recording = recordingOf(
      { consents: [{ participantId: 'anna', audio: 'no', clip: 'yes' }], recordable: ['audio', 'clip'] },
      { kinds: ['audio', 'clip'] },
    );
    expect(recordedKinds(recording, 'anna')).toEqual([]);
  });
});

describe('a recording that needs everybody', () => {
  const yes = (participantId: string): ParticipantConsent => ({
    participantId,
    audio: 'yes',
    video: 'yes',
    chat: 'yes',
  });

  it('waits with what may not be recorded, and altogether when nothing may', () => {
    const partly = state([yes('anna'), { ...yes('ben'), video: 'no' }], ['audio', 'chat'], 'everybody');
    expect(waitingKinds(partly)).toEqual(['video']);
    expect(isWaiting(partly)).toBe(false);
    expect(isWaiting(state([yes('anna')], [], 'everybody'))).toBe(true);
    // A clip is recorded of whoever agrees, and is not the recording.
    const clip = recordingOf({ recordable: ['clip'] }, { kinds: ['audio', 'clip'], policy: 'everybody' });
    expect(isWaiting(clip)).toBe(true);
  });

  it('never waits where those are recorded who agree', () => {
    const recording = state([], []);
    expect([waitingKinds(recording), isWaiting(recording)]).toEqual([[], false]);
  });

  it('names who is missing: silent, declining or stopped', () => {
    const recording = state([yes('anna'), { ...yes('ben'), audio: 'pending' }], ['video'], 'everybody');
    expect(missingPeople(recording, people)).toEqual([{ id: 'ben' }, { id: 'cleo' }]);
    expect(missingPeople(state([yes('anna'), yes('ben'), yes('cleo')], all, 'everybody'), people)).toEqual([]);
  });
});

describe('unrecordedVoices', () => {
  const audio = (participantId: string, status: 'yes' | 'no'): ParticipantConsent => ({ participantId, audio: status });

  it('are of those whose sound is not recorded while somebody else’s is', () => {
    expect(unrecordedVoices(state([audio('anna', 'yes'), audio('ben', 'no')]), people)).toEqual([
      { id: 'ben' },
      { id: 'cleo' },
    ]);
  });

  it('are nobody’s where no sound is recorded, or everybody’s is', () => {
    expect(unrecordedVoices(state([audio('anna', 'no')]), people)).toEqual([]);
    expect(unrecordedVoices(state(people.map(({ id }) => audio(id, 'yes'))), people)).toEqual([]);
  });
});
