import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '../../../common/errors';
import { namesIn } from '../../../main/vault/files';
import { folderLayout } from '../../../main/vault/folderLayout';
import { keyFileNames, readKeyFile } from '../../../main/vault/keyFile';
import type { KeychainPort } from '../../../main/vault/keychainPort';
import type { Vault } from '../../../main/vault/repositories';
import { createVaultManager, type VaultManager } from '../../../main/vault/vaultManager';
import { RecoveryRefusal } from './refusal';

export interface OpenCopy {
  readonly vault: Vault;
  /** Where the sealed files are: in the original folder. They are only read. */
  readonly recordingsFolder: string;
  /** When the backup was taken that had to be used, in milliseconds since 1970; null when the database itself opened. */
  readonly backupOf: number | null;
  /** Closes and deletes the copy. */
  close(): Promise<void>;
}

const noKeychain: KeychainPort = {
  isAvailable: () => false,
  seal: () => {
    throw new Error('there is no keychain here');
  },
  open: () => {
    throw new Error('there is no keychain here');
  },
};

/**
 * Opens a copy of the vault's database with the vault's own code, so that nothing in its folder is written, moved or
 * repaired. The copy is as encrypted as the original. Throws RecoveryRefusal.
 */
export async function openCopy(vaultFolder: string, passphrase: string): Promise<OpenCopy> {
  requirePassphraseVault(vaultFolder);
  const copy = mkdtempSync(join(tmpdir(), 'konklave-recover-'));
  const manager = createVaultManager({
    folder: copy,
    keychain: noKeychain,
    now: () => Date.now(),
    randomBytes,
    backupInterval: Infinity,
  });
  const close = async () => {
    await manager.close();
    rmSync(copy, { recursive: true, force: true });
  };
  try {
    copyVault(vaultFolder, copy);
    await manager.start();
    const backupOf = await unlock(manager, passphrase);
    return { vault: manager.vault(), recordingsFolder: folderLayout(vaultFolder).recordings, backupOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Throws RecoveryRefusal unless there is a vault here that a passphrase opens. */
export function requirePassphraseVault(folder: string): void {
  let reading: ReturnType<typeof readKeyFile>;
  try {
    reading = readKeyFile(folder);
  } catch (error) {
    throw refusalFor(error);
  }
  if (reading === null) throw new RecoveryRefusal(`There is no vault in ${folder}: no ${keyFileNames.join(' or ')}.`);
  if (reading.key.protection === 'keychain') {
    throw new RecoveryRefusal(
      "This vault's key is in the system's keychain, which only the app can ask: open Konklave on this computer, as this user, and export there.",
    );
  }
}

function copyVault(from: string, to: string): void {
  const [source, target] = [folderLayout(from), folderLayout(to)];
  const copyOne = (path: string, into: string) => {
    if (existsSync(path)) copyFileSync(path, into);
  };
  for (const name of keyFileNames) copyOne(join(from, name), join(to, name));
  // Without `-shm`: SQLite makes it anew from the log.
  for (const end of ['', '-wal']) {
    copyOne(source.database + end, target.database + end);
    copyOne(source.creating + end, target.creating + end);
  }
  mkdirSync(target.backups, { mode: 0o700 });
  for (const name of namesIn(source.backups)) copyOne(join(source.backups, name), join(target.backups, name));
}

/** Returns when the backup was taken that had to be used, or null. */
async function unlock(manager: VaultManager, passphrase: string): Promise<number | null> {
  try {
    await manager.unlock(passphrase);
  } catch (error) {
    throw refusalFor(error);
  }
  const state = manager.state();
  if (state.phase !== 'damaged') return null;
  if (state.reason === 'newer-version') throw refusalFor(new DomainError('vault/newer-version'));
  for (const backup of state.backups) {
    await manager.restore(backup.id);
    if (manager.state().phase === 'open') return backup.takenAt;
  }
  throw new RecoveryRefusal('The database is damaged, and there is no backup that can be read.');
}

function refusalFor(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  if (error.code === 'vault/passphrase-wrong') return new RecoveryRefusal('The passphrase is wrong.');
  if (error.code === 'vault/newer-version') {
    return new RecoveryRefusal('A newer Konklave wrote this vault: take the recovery tool of that version.');
  }
  if (error.code === 'vault/key-missing') return new RecoveryRefusal('Both key files of this vault are damaged.');
  return error;
}
