import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../common/errors';
import { backupPath } from './backups';
import { isUsableDatabase } from './database';
import { databaseFiles, moveFile, noticingFullDisk, removeDatabase, syncFile } from './files';
import { setAsideName, type FolderLayout } from './folderLayout';
import { migrations } from './migrations';

/**
 * Puts a backup in the place of a database that cannot be read. The damaged one is kept beside it as
 * `vault.damaged-<time>.db`, with its log, which belongs to it and must never meet another database. The backup itself
 * stays. A crash in the middle leaves either the damaged database or none in place, and the backup untouched, so that
 * one can restore again.
 *
 * Throws 'vault/damaged' when there is no such backup or this key does not open it; nothing has been moved then.
 */
export function restoreBackup(layout: FolderLayout, backupId: string, key: Uint8Array, at: number): void {
  const backup = backupPath(layout.backups, backupId);
  removeDatabase(layout.restoring);
  noticingFullDisk(() => {
    copyFileSync(backup, layout.restoring);
    syncFile(layout.restoring);
  });
  if (!isUsableDatabase(layout.restoring, key, migrations)) {
    removeDatabase(layout.restoring);
    throw new DomainError('vault/damaged');
  }
  setAside(layout, at);
  moveFile(layout.restoring, layout.database);
}

function setAside(layout: FolderLayout, at: number): void {
  const targets = databaseFiles(join(layout.root, setAsideName(layout.root, at, '.db')));
  for (const [index, file] of databaseFiles(layout.database).entries()) {
    const target = targets[index];
    if (target !== undefined && existsSync(file)) moveFile(file, target);
  }
}
