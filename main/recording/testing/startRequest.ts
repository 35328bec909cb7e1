import type { Decisions } from '../../../common/consent/models';
import type { StartInput } from '../consentSide';

export const allKinds: Decisions = { audio: true, video: true, chat: true };
export const noKinds: Decisions = { audio: false, video: false, chat: false };

/** A recording as a host starts it who changes nothing in the dialog and agrees to everything for themself. */
export function startRequest(changes: Partial<StartInput> = {}) {
  return {
    purpose: 'Minutes',
    templateId: null,
    retentionDays: 14,
    policy: 'those-who-agree',
    answerSeconds: 120,
    clipRetentionDays: null,
    pauseForDecliners: false,
    own: allKinds,
    language: 'de',
    ...changes,
    kinds: [...(changes.kinds ?? (['audio', 'video', 'chat'] as const))],
  } satisfies StartInput;
}
