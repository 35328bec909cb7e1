import { DomainError, type ErrorCode } from '../../common/errors';

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'backup/disk-full',
  EDQUOT: 'backup/disk-full',
  // What a stick with FAT32 says at 4 GiB.
  EFBIG: 'backup/too-large-for-disk',
  // A stick that was pulled out.
  EIO: 'backup/disk-gone',
  ENODEV: 'backup/disk-gone',
  ENXIO: 'backup/disk-gone',
  ENOENT: 'backup/disk-gone',
  ESTALE: 'backup/disk-gone',
};

/** What writing a file failed of, in words a person can use; a DomainError stays what it is. */
function writeTrouble(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const code = error instanceof Error ? String((error as NodeJS.ErrnoException).code) : '';
  return new DomainError(codes[code] ?? 'backup/not-written', error);
}

/** Runs what writes, and says what it failed of. */
export async function writing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw writeTrouble(error);
  }
}
