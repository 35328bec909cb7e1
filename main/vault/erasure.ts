import { rmSync } from 'node:fs';
import type { Backups } from './backups';
import type { Database } from './database';
import { destroyKeyFiles } from './destroyKeyFiles';
import { markErased, type ErasedThing } from './erasedMarks';
import { hasCode } from './errors';
import { removeDatabase } from './files';
import { setAsideFiles, type FolderLayout } from './folderLayout';

/**
 * [Note: erasure] What is deleted is removed from everywhere the vault ever wrote it, in this order: the rows, zeroed by
 * `secure_delete` (in the search index by FTS5's own), in one transaction that also notes what is still to do; the
 * write-ahead log; a copy that is being saved to a file; the backups; damaged databases and vaults that a restore had put aside. The note is cleared last, so a crash in
 * between is made good when the vault is opened next. Sectors that a file system or an SSD has freed are beyond a
 * program's reach; what lies in them is encrypted with the database key.
 */
export interface Erasure {
  /** Runs the deletion; when this returns, what it deleted is in no file of the vault. */
  now(deletion: () => void): void;
  /** The same for the database and its log; the backups follow with the next `finish`, at the latest when closing. */
  soon(deletion: () => void): void;
  /** Does what is still to do, if anything. Throws 'vault/damaged' when the database cannot be copied any more. */
  finish(): void;
  /** Remembers what is erased on somebody's request ([Note: marks]). To be called within the deletion. */
  mark(...things: readonly ErasedThing[]): void;
  /** How many deletions there were since the vault was opened. */
  count(): number;
}

export interface ErasureOptions {
  readonly database: Database;
  readonly backups: Backups;
  readonly layout: FolderLayout;
  readonly clock: () => number;
}

/** Erasure in one open database. */
export function createErasure({ database, backups, layout, clock }: ErasureOptions): Erasure {
  let deletions = 0;
  const commit = (deletion: () => void) => {
    deletions += 1;
    const transaction = () =>
      database.transaction(() => {
        deletion();
        database.run('INSERT INTO pending_erasure (id) VALUES (1) ON CONFLICT DO NOTHING');
      });
    try {
      transaction();
    } catch (error) {
      if (!hasCode(error, 'vault/disk-full')) throw error;
      // Deleting needs a little room, and the backups are about to be replaced anyway.
      backups.discard();
      transaction();
    }
    database.checkpoint();
    // Whoever saves it sees by the count that it must begin anew.
    removeDatabase(layout.saving);
  };

  const finish = () => {
    if (database.get('SELECT id FROM pending_erasure') === undefined) return;
    database.checkpoint();
    try {
      backups.renew();
    } catch (error) {
      // Without room the old copies are gone all the same, which is what erasure asks for; the upkeep makes a new one
      // when there is room again.
      if (!hasCode(error, 'vault/disk-full')) throw error;
    }
    for (const path of setAsideFiles(layout)) {
      destroyKeyFiles(path);
      rmSync(path, { recursive: true, force: true });
    }
    database.run('DELETE FROM pending_erasure');
  };

  return {
    mark: (...things) => markErased(database, things, clock()),
    count: () => deletions,
    finish,
    soon: commit,
    now: (deletion) => {
      commit(deletion);
      finish();
    },
  };
}
