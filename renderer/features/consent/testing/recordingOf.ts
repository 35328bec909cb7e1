import type { ConsentTerms, RecordingState } from '../../../../common/consent/models';

/** A running recording as a window gets it, for unit tests: asked for sound, picture and chat, and answered. */
export function recordingOf(state: Partial<RecordingState> = {}, terms: Partial<ConsentTerms> = {}): RecordingState {
  return {
    request: {
      recordingId: 'R'.repeat(22),
      meetingId: 'M'.repeat(22),
      controllerName: 'Anna',
      controllerContact: '',
      controllerKey: 'K'.repeat(43),
      purpose: 'Minutes',
      retentionDays: 14,
      requestedAt: 1,
      terms: {
        kinds: ['audio', 'video', 'chat'],
        policy: 'those-who-agree',
        template: null,
        answerSeconds: 120,
        clipRetentionDays: null,
        pauseForDecliners: false,
        ...terms,
      },
    },
    startedAt: 1,
    consents: [],
    recordable: [],
    clips: [],
    objected: [],
    asked: false,
    given: 'asked',
    beforehand: null,
    answerBy: null,
    trouble: null,
    ...state,
  };
}
