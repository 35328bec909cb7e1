import { rmSync } from 'node:fs';
import type { Backups } from './backups';
import type { Database } from './database';
import { hasCode } from './errors';
import { setAsideFiles, type FolderLayout } from './folderLayout';

/**
 * - `keys`: key rows were destroyed (their table has been rewritten already, see trackKeys.ts);
 * - `text`: rows were deleted whose remains may lie in the unused parts of pages, so the database is rewritten too.
 */
export type ErasureScope = 'keys' | 'text';

/**
 * [Note: erasure] What is deleted is removed from everywhere the vault ever wrote it, in this order: the rows, in one
 * transaction that also notes what is still to do; the unused space of the database; the write-ahead log; the backups;
 * damaged databases that a restore had put aside. The note is cleared last, so a crash in between is made good when the
 * vault is opened next. Sectors that a file system or an SSD has freed are beyond a program's reach; what lies in them
 * is encrypted with the database key.
 */
export interface Erasure {
  /** Runs the deletion; when this returns, what it deleted is in no file of the vault. */
  now(scope: ErasureScope, deletion: () => void): void;
  /** The same for the database and its log; the backups follow with the next `finish`, at the latest when closing. */
  soon(scope: ErasureScope, deletion: () => void): void;
  /** Does what is still to do, if anything. */
  finish(): void;
}

export interface ErasureOptions {
  readonly database: Database;
  readonly backups: Backups;
  readonly layout: FolderLayout;
}

/** Erasure in one open database. */
export function createErasure({ database, backups, layout }: ErasureOptions): Erasure {
  const note = (scope: ErasureScope) =>
    // `text` includes what `keys` asks for.
    database.run(
      `INSERT INTO pending_erasure (id, scope) VALUES (1, ?)
       ON CONFLICT DO UPDATE SET scope = CASE WHEN scope = 'text' THEN scope ELSE excluded.scope END`,
      [scope],
    );
  const pending = () => database.get<{ scope: ErasureScope }>('SELECT scope FROM pending_erasure')?.scope;
  const commit = (scope: ErasureScope, deletion: () => void) => {
    const transaction = () =>
      database.transaction(() => {
        deletion();
        note(scope);
      });
    try {
      transaction();
    } catch (error) {
      if (!hasCode(error, 'vault/disk-full')) throw error;
      // Deleting needs a little room, and the backups are about to be replaced anyway.
      backups.discard();
      transaction();
    }
  };
  const compact = () => {
    try {
      database.exec('VACUUM');
      return true;
    } catch (error) {
      if (!hasCode(error, 'vault/disk-full')) throw error;
      return false;
    }
  };

  const finish = () => {
    const scope = pending();
    if (scope === undefined) return;
    const done = scope === 'keys' || compact();
    database.checkpoint();
    try {
      backups.renew();
    } catch (error) {
      // Without room the old copies are gone all the same, which is what erasure asks for; the upkeep makes a new one
      // when there is room again.
      if (!hasCode(error, 'vault/disk-full')) throw error;
    }
    for (const path of setAsideFiles(layout)) rmSync(path, { force: true });
    // Otherwise the upkeep tries again when there is room.
    if (done) database.run('DELETE FROM pending_erasure');
  };

  return {
    finish,
    now: (scope, deletion) => {
      commit(scope, deletion);
      finish();
    },
    soon: (scope, deletion) => {
      commit(scope, deletion);
      database.checkpoint();
    },
  };
}
