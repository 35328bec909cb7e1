import type { ConsentRequest, RecordingState } from '../../../../common/consent/models';
import { purposeOf, templateOf } from '../../../../common/consent/purposeTemplates';
import type { Language } from '../../../../common/meeting/models';

/**
 * What somebody who agreed to a consent clip is told:
 * - `devices`: it cannot begin, because they can be neither heard nor seen;
 * - `soon`: it begins any moment; nothing of it is recorded yet;
 * - `recording`: the host's main process has said that its file is open;
 * - `over`: it is made, or failed.
 */
export type ClipPromptPhase = 'devices' | 'soon' | 'recording' | 'over';

/** Null for whoever has not agreed to a clip, or has taken that back. */
export function clipPromptOf(
  recording: Pick<RecordingState, 'consents' | 'clips'>,
  selfId: string,
  devices: { readonly microphone: boolean; readonly camera: boolean },
): ClipPromptPhase | null {
  if (recording.consents.find(({ participantId }) => participantId === selfId)?.clip !== 'yes') return null;
  const phase = recording.clips.find(({ participantId }) => participantId === selfId)?.phase;
  switch (phase) {
    case undefined:
      return devices.microphone || devices.camera ? 'soon' : 'devices';
    case 'recording':
      return 'recording';
    case 'made':
    case 'failed':
      return 'over';
  }
}

/** More than this nobody says within a clip. */
const spokenLength = 80;

/** The purpose as one says it: the catchword of a text of the library, or what the host wrote; null when it is too long. */
export function spokenPurpose(request: Pick<ConsentRequest, 'purpose' | 'terms'>, language: Language): string | null {
  const purpose = purposeOf(request, language).trim();
  const [catchword = ''] = purpose.split(':');
  const spoken = templateOf(request) === null ? purpose.replace(/[.!]+$/u, '') : catchword;
  return spoken.length <= spokenLength ? spoken : null;
}
