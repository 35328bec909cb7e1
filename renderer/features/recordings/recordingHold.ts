import type { RecordingSummary } from '../../../common/recording/models';
import type { HoldSubject } from '../retention/HoldDialog';

/** A recording as something that can be put on hold; null stays null. */
export function recordingHold(recording: RecordingSummary | null): HoldSubject | null {
  if (recording === null) return null;
  const { id, title, deleteAfter, hold } = recording;
  return { kind: 'recording', id, title, deleteAfter, hold };
}
