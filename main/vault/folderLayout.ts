import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from './files';

/** Where things lie in the vault's folder. */
export interface FolderLayout {
  readonly root: string;
  readonly database: string;
  /** A database that is being created. It takes its place once the key file is written. */
  readonly creating: string;
  /** A backup on its way into place. */
  readonly restoring: string;
  /** A copy of the database while it is written into a backup file. */
  readonly saving: string;
  readonly backups: string;
  readonly recordings: string;
}

/** Names the places; touches nothing. */
export function folderLayout(root: string): FolderLayout {
  return {
    root,
    database: join(root, 'vault.db'),
    creating: join(root, 'vault.creating.db'),
    restoring: join(root, 'vault.restoring.db'),
    saving: join(root, 'vault.saving.db'),
    backups: join(root, 'backups'),
    recordings: join(root, 'recordings'),
  };
}

/** Creates the folder for its owner only. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

const setAsidePattern = /^vault\.damaged-/;

/** A name in the vault's folder that nothing has yet, for what is put aside at `at`; it ends in `end`. */
export function setAsideName(root: string, at: number, end: string): string {
  const stem = `vault.damaged-${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;
  let name = `${stem}${end}`;
  for (let copy = 2; existsSync(join(root, name)); copy += 1) name = `${stem}-${copy}${end}`;
  return name;
}

/** What a restore has put aside: damaged databases with their logs, and whole folders of damaged vaults. */
export function setAsideFiles({ root }: FolderLayout): readonly string[] {
  return namesIn(root)
    .filter((name) => setAsidePattern.test(name))
    .map((name) => join(root, name));
}

/** Is anything here that a person could have stored? If so, a new vault must not be put in its place. */
export function holdsData(layout: FolderLayout): boolean {
  return (
    [layout.database, `${layout.database}-wal`, layout.restoring].some((path) => existsSync(path)) ||
    namesIn(layout.backups).length > 0 ||
    setAsideFiles(layout).length > 0
  );
}
