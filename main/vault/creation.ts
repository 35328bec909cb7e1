import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from './database';
import { moveFile, removeDatabase } from './files';
import type { FolderLayout } from './folderLayout';
import { keyFileNames } from './keyFile';
import { migrations } from './migrations';
import type { StoredIdentity } from './repositories';
import { addProfile } from './repositories/profile';

/*
 * [Note: creation] A vault is created in three steps: a whole database at a provisional place, its key file, the
 * database's move into place. A crash between the first two leaves nothing of value, for the key is lost: the phase is
 * still `new`. A crash between the last two leaves all there is: `finishCreation` makes the move at the next start.
 */

export interface NewVault {
  readonly layout: FolderLayout;
  readonly key: Buffer;
  readonly person: { readonly name: string; readonly contact: string };
  readonly identity: StoredIdentity;
}

/** The first step: a complete database at `layout.creating`, closed and durable. Replaces what a crash left there. */
export function buildNewDatabase({ layout, key, person, identity }: NewVault): void {
  removeDatabase(layout.creating);
  const database = createDatabase(layout.creating, key, migrations);
  try {
    addProfile(database, person, identity);
    database.checkpoint();
  } finally {
    database.close();
  }
}

/** The last step, possibly of a creation that a crash interrupted. Does nothing when there is a database in place. */
export function finishCreation(layout: FolderLayout): void {
  if (existsSync(layout.database) || !existsSync(layout.creating)) return;
  moveFile(layout.creating, layout.database);
}

/** Takes back the steps of a creation that failed, the last one first. Only for a vault that was never open. */
export function undoCreation(layout: FolderLayout): void {
  if (existsSync(layout.database)) moveFile(layout.database, layout.creating);
  removeDatabase(layout.database);
  for (const name of keyFileNames) rmSync(join(layout.root, name), { force: true });
  removeDatabase(layout.creating);
}
