import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openDatabase } from './database';
import { destroyKeyFiles } from './destroyKeyFiles';
import { attempt } from './errors';
import { syncFolder } from './files';
import { setAsideName, type FolderLayout } from './folderLayout';
import { migrations } from './migrations';
import { openVault } from './openVault';
import { reapplyErasures, type KnownErasures } from './reapplyErasures';

/*
 * [Note: replacing] A vault that comes back from a backup file is put together in a folder beside the vault's, `vault.restored`, proved whole
 * there, and given its key file. Then two renames: the old one to `vault.replaced`, the new one into its place. The old one is deleted once the
 * new one is open. A crash before the second rename brings the old one back; after it, the new one is there.
 * A damaged one is never deleted by this: it goes to `vault.damaged` instead, and once the new one is in place into that one's folder, whole, as
 * `vault.damaged-<time>`, where it lies until the next erasure ([Note: erasure]).
 */

/** Where a vault is put together that is to take the place of the one in `root`. */
export function stagingFolder(root: string): string {
  return `${root}.restored`;
}

const replacedFolder = (root: string) => `${root}.replaced`;
const damagedFolder = (root: string) => `${root}.damaged`;
/** Where the old one is on its way; at most one of the two is there. */
const asideFolder = (root: string) => [damagedFolder(root), replacedFolder(root)].find((path) => existsSync(path));

/** Puts in order what a crash in the middle left. To be called before anything looks at the folder. */
export function recoverReplaced(root: string, at: number): void {
  // What cannot be deleted now must not keep the vault shut; it is in the next restore's way, which deletes it or says so.
  attempt(() => rmSync(stagingFolder(root), { recursive: true, force: true }));
  const aside = asideFolder(root);
  if (aside !== undefined && !existsSync(root)) {
    renameSync(aside, root);
    syncFolder(dirname(root));
  }
  attempt(() => keepDamaged(root, at));
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

/**
 * Puts the staged folder in the place of `root`, which is kept aside: `damaged`, as something that must not be deleted.
 * Either both renames happen or none.
 */
export function swapIn(root: string, damaged: boolean): void {
  discardReplaced(root);
  if (existsSync(damagedFolder(root))) throw new Error('a damaged vault is still on its way');
  const aside = damaged ? damagedFolder(root) : replacedFolder(root);
  renameSync(root, aside);
  try {
    renameSync(stagingFolder(root), root);
  } catch (error) {
    renameSync(aside, root);
    throw error;
  }
  syncFolder(dirname(root));
}

/** Takes `swapIn` back. */
export function swapBack(root: string): void {
  const aside = asideFolder(root);
  if (aside === undefined) throw new Error('nothing to swap back');
  rmSync(root, { recursive: true, force: true });
  renameSync(aside, root);
  syncFolder(dirname(root));
}

/** Takes the damaged vault that was replaced into the folder of the new one, and returns its name there; null when there is none. */
export function keepDamaged(root: string, at: number): string | null {
  if (!existsSync(damagedFolder(root))) return null;
  const name = setAsideName(root, at, '');
  renameSync(damagedFolder(root), join(root, name));
  syncFolder(root);
  syncFolder(dirname(root));
  return name;
}

/** Deletes the vault that was replaced, if there is one: its keys first, so that nothing in it can be read any more. */
export function discardReplaced(root: string): void {
  const replaced = replacedFolder(root);
  if (!existsSync(replaced)) return;
  destroyKeyFiles(replaced);
  rmSync(replaced, { recursive: true, force: true });
}
