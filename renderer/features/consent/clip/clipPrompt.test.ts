import { describe, expect, it } from 'vitest';
import type { ClipPhase, ConsentStatus } from '../../../../common/consent/models';
import { recordingOf } from '../testing/recordingOf';
import { clipPromptOf, spokenPurpose } from './clipPrompt';

const off = { microphone: false, camera: false };
const state = (clip: ConsentStatus, phase: ClipPhase | null = null) =>
  recordingOf({
    consents: [{ participantId: 'me', audio: 'yes', clip }],
    clips: phase === null ? [] : [{ participantId: 'me', phase }],
  });

describe('clipPromptOf', () => {
  it('says that it is recorded only when the host has said so, and never of somebody else’s clip', () => {
    expect(clipPromptOf(state('yes'), 'me', off)).toBe('devices');
    expect(clipPromptOf(state('yes'), 'me', { ...off, camera: true })).toBe('soon');
    expect(clipPromptOf(state('yes'), 'me', { ...off, microphone: true })).toBe('soon');
    expect(clipPromptOf(state('yes', 'recording'), 'me', off)).toBe('recording');
    const others = { ...state('yes'), clips: [{ participantId: 'other', phase: 'recording' as const }] };
    expect(clipPromptOf(others, 'me', { ...off, camera: true })).toBe('soon');
  });

  it('is over when it is made or failed', () => {
    expect(clipPromptOf(state('yes', 'made'), 'me', off)).toBe('over');
    expect(clipPromptOf(state('yes', 'failed'), 'me', off)).toBe('over');
  });

  it('says nothing to whoever has not agreed to a clip, or not any more', () => {
    for (const status of ['no', 'pending', 'stopped', 'withdrawn'] as const) {
      expect(clipPromptOf(state(status, 'recording'), 'me', { microphone: true, camera: true })).toBeNull();
    }
    expect(clipPromptOf(recordingOf(), 'me', off)).toBeNull();
  });
});

describe('spokenPurpose', () => {
  it('is the host’s words without the full stop, as long as one can say them in time', () => {
    expect(spokenPurpose({ purpose: 'Protokoll der Beratung.' }, 'de')).toBe('Protokoll der Beratung');
    expect(spokenPurpose({ purpose: 'a: b' }, 'de')).toBe('a: b');
    expect(spokenPurpose({ purpose: 'x'.repeat(81) }, 'de')).toBeNull();
  });

  it('is the catchword of a text of the library, in the reader’s language', () => {
    const { request } = recordingOf({}, { template: { id: 'training', version: 1, hash: 'h' } });
    expect(spokenPurpose(request, 'de')).toBe('Schulung');
    expect(spokenPurpose(request, 'en')).toBe('Training');
  });
});
