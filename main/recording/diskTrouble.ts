import type { RecordingState } from '../../common/consent/models';
import { DomainError } from '../../common/errors';

/**
 * - `disk-gone`: the folder is not where it was;
 * - `disk-full`: there is no room;
 * - `write-failed`: the disk refuses for another reason;
 * - `too-slow`: it takes everything, but later than it comes.
 */
export type Trouble = NonNullable<RecordingState['trouble']>;

/** The worst first: it is the one that is told. */
export const troublesBySeverity = ['disk-gone', 'disk-full', 'write-failed', 'too-slow'] as const satisfies Trouble[];

/** What the system says when a disk is not there any more, or not as one that can be written. */
const goneCodes: ReadonlySet<unknown> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENODEV',
  'ENXIO',
  'ESTALE',
  'EROFS',
  'ENOTCONN',
]);

/** What a failed write means to the person. */
export function troubleOf(error: unknown): Exclude<Trouble, 'too-slow'> {
  if (error instanceof DomainError) {
    if (error.code === 'vault/disk-full' || error.code === 'recording/disk-full') return 'disk-full';
    return error.cause === undefined ? 'write-failed' : troubleOf(error.cause);
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full';
  return goneCodes.has(code) ? 'disk-gone' : 'write-failed';
}

/** The error that a failed write is answered with. */
export function writeError(error: unknown): DomainError {
  return new DomainError(troubleOf(error) === 'disk-full' ? 'recording/disk-full' : 'recording/damaged', error);
}

/** As the system would say it: the folder is not the one it was. */
export function goneError(): Error {
  return Object.assign(new Error('the folder is not there'), { code: 'ENODEV' });
}
