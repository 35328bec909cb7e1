import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database';
import type { Erasure } from './erasure';
import { noticingFullDisk, removeDatabase, syncFile } from './files';
import type { FolderLayout } from './folderLayout';
import { countsOf } from './repositories/savedBackup';

interface SnapshotFile {
  /** Inside the vault's folder, with `/`. */
  readonly name: string;
  readonly path: string;
  /** How many bytes of it belong to the snapshot; one that is being recorded grows beyond. */
  readonly bytes: number;
  readonly modifiedAt: number;
}

/** Everything in a vault at one moment. */
export interface VaultSnapshot {
  /** A copy of the database, then the sealed files of the tracks that stand. */
  readonly files: readonly SnapshotFile[];
  /** Tracks whose files were not found. */
  readonly missing: number;
  readonly counts: { readonly meetings: number; readonly recordings: number; readonly people: number };
  /** The database key: a copy. */
  readonly key: Buffer;
  /** False once anything was erased, or a file replaced, after the snapshot was taken: it must not be kept then. */
  isCurrent(): boolean;
  /** Deletes the copy of the database and zeroes the key. */
  discard(): void;
}

interface SnapshotOptions {
  readonly layout: FolderLayout;
  readonly database: Database;
  readonly erasure: Erasure;
  readonly key: Buffer;
}

/**
 * Copies the database and names the files that belong to it, all in one turn, so that they fit each other. An erasure
 * deletes the copy at once ([Note: erasure]). Throws 'vault/disk-full'.
 */
export function takeSnapshot({ layout, database, erasure, key }: SnapshotOptions): VaultSnapshot {
  removeDatabase(layout.saving);
  const erasures = erasure.count();
  const tracks = database.all<{ fileName: string }>(
    `SELECT file_name AS fileName FROM tracks JOIN track_keys ON track_id = tracks.id WHERE phase <> 'erased'
     ORDER BY position`,
  );
  noticingFullDisk(() => {
    database.copyTo(layout.saving);
    syncFile(layout.saving);
  });
  const sealed = tracks.flatMap(({ fileName }) => found(join(layout.recordings, fileName), `recordings/${fileName}`));
  return {
    files: [...found(layout.saving, 'vault.db'), ...sealed],
    missing: tracks.length - sealed.length,
    counts: countsOf(database),
    key: Buffer.from(key),
    isCurrent: () => database.isOpen() && erasure.count() === erasures,
    discard() {
      removeDatabase(layout.saving);
      this.key.fill(0);
    },
  };
}

function found(path: string, name: string): readonly SnapshotFile[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? [] : [{ name, path, bytes: stats.size, modifiedAt: Math.round(stats.mtimeMs) }];
}
