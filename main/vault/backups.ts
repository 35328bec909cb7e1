import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../common/errors';
import type { BackupInfo } from '../../common/vaultState';
import { isUsableDatabase, type Database } from './database';
import { hasCode } from './errors';
import { moveFile, namesIn, noticingFullDisk, removeAllBut, syncFile } from './files';
import { migrations } from './migrations';

const kept = 2;
const namePattern = /^backup-(\d{13})\.db$/;

/** Encrypted copies of the open database, under its key. */
export interface Backups {
  /**
   * Makes a copy, opens it to prove that it is whole, and only then lets it take its place beside the newest older one.
   * Throws 'vault/disk-full', or 'vault/damaged' when what came out cannot be read; the older copies are then untouched.
   */
  take(): void;
  /**
   * Replaces every copy by one of the database as it is now: what has been deleted is in none afterwards. Throws as
   * `take` does; without room for a new copy ('vault/disk-full') the old ones are gone all the same, while next to a
   * damaged database they stay, for they may be all that is left.
   */
  renew(): void;
  /** Deletes every copy. */
  discard(): void;
  /** When the newest copy was taken; null when there is none. */
  newest(): number | null;
}

export interface BackupOptions {
  readonly folder: string;
  readonly database: Database;
  readonly key: Uint8Array;
  readonly now: () => number;
}

/** Manages the copies of one open database in one folder of their own. */
export function createBackups({ folder, database, key, now }: BackupOptions): Backups {
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const newest = () => listBackups(folder)[0]?.takenAt ?? null;
  const discard = () => removeAllBut(folder, []);
  const copy = () => {
    // A clock that was set back must not make the newest copy look like the oldest.
    const takenAt = Math.max(now(), (newest() ?? 0) + 1);
    const name = `backup-${String(takenAt).padStart(13, '0')}.db`;
    const path = join(folder, name);
    const temporary = `${path}.tmp`;
    rmSync(temporary, { force: true });
    try {
      database.copyTo(temporary);
      noticingFullDisk(() => syncFile(temporary));
      if (!isUsableDatabase(temporary, key, migrations)) throw new DomainError('vault/damaged');
      moveFile(temporary, path);
      return name;
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  };

  return {
    newest,
    discard,
    take: () => {
      copy();
      removeAllBut(folder, listBackups(folder).slice(0, kept).map(fileNameOf));
    },
    renew: () => {
      try {
        removeAllBut(folder, [copy()]);
      } catch (error) {
        if (hasCode(error, 'vault/disk-full')) discard();
        throw error;
      }
    },
  };
}

/** The copies in a folder, newest first, whether or not they can be read. */
export function listBackups(folder: string): readonly BackupInfo[] {
  return namesIn(folder)
    .flatMap((name) => {
      const takenAt = namePattern.exec(name)?.[1];
      if (takenAt === undefined) return [];
      return [{ id: idOf(name), takenAt: Number(takenAt), bytes: statSync(join(folder, name)).size }];
    })
    .sort((one, other) => other.takenAt - one.takenAt);
}

/** The copies that open with this key and are whole, newest first. Reads every byte of them. */
export function usableBackups(folder: string, key: Uint8Array): readonly BackupInfo[] {
  return listBackups(folder).filter((backup) => isUsableDatabase(join(folder, fileNameOf(backup)), key, migrations));
}

/** Where a copy lies. Throws 'vault/damaged' for anything that is not the id of one. */
export function backupPath(folder: string, id: string): string {
  const path = join(folder, fileNameOf({ id }));
  if (!namePattern.test(fileNameOf({ id })) || !existsSync(path)) throw new DomainError('vault/damaged');
  return path;
}

function fileNameOf({ id }: Pick<BackupInfo, 'id'>): string {
  return `${id}.db`;
}

function idOf(name: string): string {
  return name.slice(0, -'.db'.length);
}
