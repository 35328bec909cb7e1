import type { RecordingState } from '../../common/consent/models';
import { DomainError } from '../../common/errors';

export type Trouble = NonNullable<RecordingState['trouble']>;

/** What a failed write means to the person: no room left, or something else. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DomainError) {
    return error.code === 'vault/disk-full' || error.code === 'recording/disk-full' ? 'disk-full' : 'write-failed';
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'disk-full' : 'write-failed';
}

/** The error that a failed write is answered with. */
export function writeError(error: unknown): DomainError {
  return new DomainError(troubleOf(error) === 'disk-full' ? 'recording/disk-full' : 'recording/damaged', error);
}
