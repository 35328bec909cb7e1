import type { KeptParts } from '../../common/recording/retention';
import type { RecordingRepository } from './repositories';

/** What of a recording is still here: tracks whose keys exist, and notes of what was cut out of them. */
export function keptParts(recordings: Pick<RecordingRepository, 'tracks' | 'cutsOf'>, recordingId: string): KeptParts {
  const standing = recordings.tracks(recordingId).filter(({ phase }) => phase !== 'erased');
  return {
    clips: standing.some(({ kind }) => kind === 'clip'),
    rest: standing.some(({ kind }) => kind !== 'clip') || recordings.cutsOf(recordingId).length > 0,
  };
}
