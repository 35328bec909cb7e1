import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '../../common/errors';

/** What a file is called while `writeFileAtomic` writes it. */
export function temporaryName(path: string): string {
  return `${path}.tmp`;
}

/**
 * Writes a file so that a crash leaves either the old content or the new, never a part: temporary file, fsync, rename,
 * fsync of the folder. Readable by its owner only. Throws DomainError 'vault/disk-full' when there is no room.
 */
export function writeFileAtomic(path: string, content: string): void {
  const temporary = temporaryName(path);
  try {
    noticingFullDisk(() => {
      const handle = openSync(temporary, 'w', 0o600);
      try {
        writeFileSync(handle, content);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      moveFile(temporary, path);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Renames within one volume, replacing the target, and makes the rename durable. */
export function moveFile(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
}

/** Makes the content of a file durable. */
export function syncFile(path: string): void {
  // Windows refuses to flush a handle that was opened for reading.
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes what was renamed in a folder durable. */
export function syncFolder(path: string): void {
  // Windows has no such thing as flushing a folder; NTFS journals the rename.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The database file with the two files SQLite keeps beside it: they belong together and must move together. */
export function databaseFiles(path: string): readonly string[] {
  return [path, `${path}-wal`, `${path}-shm`];
}

/** Deletes a database with its log. No error when there is none. */
export function removeDatabase(path: string): void {
  for (const file of databaseFiles(path)) rmSync(file, { force: true });
}

/** The names in a folder, sorted; empty when the folder does not exist. */
export function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Deletes everything in a folder but the files named. */
export function removeAllBut(folder: string, keep: readonly string[]): void {
  for (const name of namesIn(folder)) {
    if (!keep.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Turns the file system's "no space left" into DomainError 'vault/disk-full'. */
export function noticingFullDisk<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    throw code === 'ENOSPC' || code === 'EDQUOT' ? new DomainError('vault/disk-full', error) : error;
  }
}
