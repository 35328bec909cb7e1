import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { BackupProgress, SavedBackup } from '../../common/backup';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import type { Preferences } from '../../common/preferences';
import { syncFolder } from '../vault/files';
import { requireStrongPassphrase } from '../vault/passphrase';
import type { VaultManager } from '../vault/vaultManager';
import type { BackupPorts } from './backupDialogs';
import type { RunBackup } from './backupInProcess';
import { dataKeyFile, dataKeyName, newManifest, preferencesName, type BackupFile } from './backupManifest';
import type { OneAtATime } from './oneAtATime';
import { writing } from './fileTrouble';
import { portablePreferences } from './portablePreferences';

export interface BackupServiceOptions {
  readonly vault: Pick<VaultManager, 'vault' | 'snapshot'>;
  readonly run: RunBackup;
  readonly ports: BackupPorts;
  readonly preferences: () => Preferences;
  readonly appVersion: string;
  readonly now: () => number;
  /** Shared with whatever else reads or writes backups. */
  readonly turn: OneAtATime;
  readonly progress: (progress: BackupProgress) => void;
  readonly log: { info(message: string): void; error(message: string, thrown?: unknown): void };
}

/** Something was erased while it was saved: so often it is tried again. */
const attempts = 3;

/** Saves everything in the open vault into one encrypted file ([Note: backup file]), while the app goes on. */
export class BackupService {
  readonly #options: BackupServiceOptions;

  constructor(options: BackupServiceOptions) {
    this.#options = options;
  }

  /** When everything was last saved; null when it never was. */
  lastSaved(): { readonly at: number | null } {
    return { at: this.#options.vault.vault().savedBackup.lastSavedAt() };
  }

  /**
   * Asks where to save, writes, and reads back what was written. Null when the dialog is cancelled, or the writing is with `cancel`; nothing is left
   * then. What is erased meanwhile is not in the file. Throws 'vault/passphrase-weak', 'backup/busy', 'backup/changed' when it could not
   * be finished because of that, and what `writeTrouble` names.
   */
  async save(passphrase: string, language: Language): Promise<SavedBackup | null> {
    const { vault, ports, now, turn, log } = this.#options;
    requireStrongPassphrase(passphrase);
    return turn.take(async (signal) => {
      const day = new Date(now()).toISOString().slice(0, 10);
      const path = await ports.chooseTarget(`konklave-${day}.age`, language);
      if (path === null) return null;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const saved = await this.#write(path, passphrase, signal);
          vault.vault().savedBackup.note(now());
          log.info('everything was saved to a file');
          return saved;
        } catch (error) {
          const again = error instanceof DomainError && error.code === 'backup/changed' && attempt < attempts;
          if (!again) throw error;
        }
      }
    });
  }

  async #write(path: string, passphrase: string, signal: AbortSignal): Promise<SavedBackup> {
    const { vault, run, preferences, appVersion, now, progress } = this.#options;
    const part = `${path}.${randomBytes(4).toString('hex')}.part`;
    const snapshot = vault.snapshot();
    try {
      const at = now();
      const small = [
        { name: dataKeyName, content: Buffer.from(dataKeyFile(snapshot.key)) },
        { name: preferencesName, content: Buffer.from(JSON.stringify(portablePreferences(preferences()))) },
      ];
      const { files, counts, missing } = snapshot;
      const listed: readonly BackupFile[] = [
        ...small.map(({ name, content }) => ({ name, bytes: content.byteLength, modifiedAt: at })),
        ...files.map(({ name, bytes, modifiedAt }) => ({ name, bytes, modifiedAt })),
      ];
      const { bytes } = await run(
        {
          ...{ kind: 'write', target: part, passphrase },
          manifest: newManifest({ appVersion, createdAt: at, ...counts, files: [...listed] }),
          sources: [...small.map(({ content }) => content), ...files.map((file) => file.path)],
        },
        { onProgress: progress, signal },
      );
      // Whoever took something back in the meantime must not be in a file that is kept.
      if (!snapshot.isCurrent()) throw new DomainError('backup/changed');
      await writing(async () => {
        await rename(part, path);
        syncFolder(dirname(path));
      });
      return { fileName: basename(path), bytes, missing };
    } finally {
      snapshot.discard();
      await rm(part, { force: true }).catch(() => undefined);
    }
  }
}
