import { existsSync, lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { destroyKeyFiles } from '../vault/destroyKeyFiles';
import { attempt } from '../vault/errors';
import { folderLayout, setAsideFiles } from '../vault/folderLayout';
import { syncFile, syncFolder } from '../vault/files';

/*
 * [Note: wipe] Deleting everything: first a marker, so that whatever interrupts it is made good at the next start; then the key files, after which nothing
 * in the vault can be read; then, in a process that has nothing open yet, all files of the profile; the marker last.
 */

const marker = 'delete-everything';
/** What the running program holds itself: Chromium's lock, which also tells a second start that there is a first. */
const held = new Set(['SingletonLock', 'SingletonCookie', 'SingletonSocket', 'lockfile', marker]);

export interface WipePlaces {
  /** The app's data folder: everything in it goes. */
  readonly userData: string;
  /** Folders of the app that may lie elsewhere (logs, crash reports): they go as well. */
  readonly others: readonly string[];
  /** Folders of the person (home, documents, …): a data folder that holds one of them is not the app's alone. */
  readonly persons: readonly string[];
}

/** The parts of a data folder that are certainly ours, for one that is not the app's alone. */
const ours = /^(?:vault|vault\.restored|vault\.replaced|vault\.damaged|preferences\.json)$/;

/** The first steps, in the running app, once the vault is closed: from here on there is no way back. */
export function beginWipe(userData: string): void {
  const path = join(userData, marker);
  writeFileSync(path, '');
  syncFile(path);
  syncFolder(userData);
  for (const folder of vaultFolders(userData)) destroyKeyFiles(folder);
}

/** Was a wipe begun and not finished? */
export function isWipePending(userData: string): boolean {
  return existsSync(join(userData, marker));
}

/**
 * Does what is left of a wipe that was begun, before anything is opened. Returns false when something could not be deleted: the marker stays, and the next start
 * tries again. Does nothing without a marker.
 */
export function finishWipe({ userData, others, persons }: WipePlaces): boolean {
  if (!isWipePending(userData)) return true;
  // One that cannot be destroyed is deleted with its folder, or nothing is reported as done.
  for (const folder of vaultFolders(userData)) attempt(() => destroyKeyFiles(folder));
  const isOwn = !persons.some((folder) => isWithin(folder, userData));
  const names = readdirSync(userData).filter((name) => !held.has(name) && (isOwn || ours.test(name)));
  // The vault first: what it was about goes before what the program has to do with it.
  const ordered = [...names.filter((name) => ours.test(name)), ...names.filter((name) => !ours.test(name))];
  const paths = [
    ...ordered.map((name) => join(userData, name)),
    ...others.filter((path) => isRemovable(path, persons)),
  ];
  const removed = paths.map(remove).every(Boolean);
  if (removed) {
    rmSync(join(userData, marker), { force: true });
    syncFolder(userData);
  }
  return removed;
}

/** The vault, what a restore that was interrupted left of another, and damaged ones that were put aside. */
function vaultFolders(userData: string): readonly string[] {
  const folders = ['vault', 'vault.restored', 'vault.replaced', 'vault.damaged'].map((name) => join(userData, name));
  return folders.flatMap((root) => [root, ...setAsideFiles(folderLayout(root))]);
}

function isRemovable(path: string, persons: readonly string[]): boolean {
  return existsSync(path) && lstatSync(path).isDirectory() && !persons.some((folder) => isWithin(folder, path));
}

/** Is `path` the folder itself, or somewhere in it? */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function remove(path: string): boolean {
  try {
    // Links are removed, not followed.
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch {
    return false;
  }
}
