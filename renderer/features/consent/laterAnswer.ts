import { termsOf, type Decisions, type RecordingKind, type RecordingState } from '../../../common/consent/models';
import { consentOf } from './recordedKinds';

/**
 * The answer of somebody who agrees to more after all: every yes they have given, taken back since or not (taking back
 * is its own act and stays), and these kinds.
 */
export function agreeingTo(
  recording: RecordingState,
  participantId: string,
  more: readonly RecordingKind[],
): Decisions {
  const consent = consentOf(recording, participantId);
  const said = (kind: RecordingKind) => {
    const status = consent?.[kind];
    return status === 'yes' || status === 'stopped' || status === 'withdrawn';
  };
  const { kinds } = termsOf(recording.request);
  return Object.fromEntries(kinds.map((kind) => [kind, said(kind) || more.includes(kind)]));
}
