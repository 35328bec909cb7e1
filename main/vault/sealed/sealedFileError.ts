/**
 * Why a sealed file was refused:
 * - `not-sealed`: it does not begin with the magic bytes;
 * - `unsupported`: a version, suite or header field this program does not know;
 * - `authentication`: a segment was changed, moved, repeated or dropped, or the key is another one (which of these it
 *   is cannot be told apart);
 * - `framing`: a length that no writer makes, or bytes after the last segment;
 * - `incomplete`: the last segment is missing, and the caller asked for a finished file;
 * - `sealed-already`: a patch would change a segment that has been sealed;
 * - `closed`: the writer or reader was closed, or an earlier write failed.
 */
export type SealedFileProblem =
  'not-sealed' | 'unsupported' | 'authentication' | 'framing' | 'incomplete' | 'sealed-already' | 'closed';

/** A sealed file could not be read or written for a reason of its format. Trouble of the disk comes as Node's own error. */
export class SealedFileError extends Error {
  readonly problem: SealedFileProblem;

  constructor(problem: SealedFileProblem) {
    super(`sealed file: ${problem}`);
    this.name = 'SealedFileError';
    this.problem = problem;
  }
}
