import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openDatabase } from './database';
import { destroyKeyFiles } from './destroyKeyFiles';
import { attempt } from './errors';
import { syncFolder } from './files';
import type { FolderLayout } from './folderLayout';
import { migrations } from './migrations';
import { openVault } from './openVault';
import { reapplyErasures, type KnownErasures } from './reapplyErasures';

/*
 * [Note: replacing] A vault that comes back from a backup file is put together in a folder beside the vault's, `vault.restored`, proved whole
 * there, and given its key file. Then two renames: the old one to `vault.replaced`, the new one into its place. The old one is deleted once the
 * new one is open. A crash before the second rename brings the old one back; after it, the new one is there.
 */

/** Where a vault is put together that is to take the place of the one in `root`. */
export function stagingFolder(root: string): string {
  return `${root}.restored`;
}

const replacedFolder = (root: string) => `${root}.replaced`;

/** Puts in order what a crash in the middle left. To be called before anything looks at the folder. */
export function recoverReplaced(root: string): void {
  // What cannot be deleted now must not keep the vault shut; it is in the next restore's way, which deletes it or says so.
  attempt(() => rmSync(stagingFolder(root), { recursive: true, force: true }));
  if (existsSync(replacedFolder(root)) && !existsSync(root)) {
    renameSync(replacedFolder(root), root);
    syncFolder(dirname(root));
  }
}

/** How a staged vault is made ready. */
export interface StagedOptions {
  readonly key: Uint8Array;
  readonly now: () => number;
  /** When the backup it comes from was saved. */
  readonly savedAt: number;
  /** What the vault that it replaces knows of erasures; null when that one cannot be asked. */
  readonly known: KnownErasures | null;
}

/**
 * Proves that the database of a staged vault opens with this key from end to end, brings it to this version's format, and takes out what belongs to
 * the machine it comes from: the seat in a running meeting, and when its clock was last looked at, so that retention runs
 * at once. Erases what had been erased since it was saved, as far as that is known, and returns how many things those were. Throws 'vault/damaged', 'vault/newer-version'.
 */
export function prepareStaged(staged: FolderLayout, { key, now, savedAt, known }: StagedOptions): number {
  const database = openDatabase(staged.database, key, migrations, true);
  try {
    database.transaction(() => {
      database.exec('DELETE FROM kept_seat');
      database.exec('DELETE FROM retention_clock');
    });
    database.checkpoint();
  } finally {
    database.close();
  }
  const vault = openVault({ layout: staged, key: Buffer.from(key), now, backupInterval: Infinity });
  try {
    vault.savedBackup.note(savedAt);
    return known === null ? 0 : reapplyErasures(vault, known, now());
  } finally {
    vault.close();
  }
}

/** Puts the staged folder in the place of `root`, which is kept aside. Either both renames happen or none. */
export function swapIn(root: string): void {
  discardReplaced(root);
  renameSync(root, replacedFolder(root));
  try {
    renameSync(stagingFolder(root), root);
  } catch (error) {
    renameSync(replacedFolder(root), root);
    throw error;
  }
  syncFolder(dirname(root));
}

/** Takes `swapIn` back. */
export function swapBack(root: string): void {
  rmSync(root, { recursive: true, force: true });
  renameSync(replacedFolder(root), root);
  syncFolder(dirname(root));
}

/** Deletes the vault that was replaced, if there is one: its keys first, so that nothing in it can be read any more. */
export function discardReplaced(root: string): void {
  const replaced = replacedFolder(root);
  if (!existsSync(replaced)) return;
  destroyKeyFiles(replaced);
  rmSync(replaced, { recursive: true, force: true });
}
