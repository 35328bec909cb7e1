import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BackupPreview, BackupProgress, KeptHere } from '../../common/backup';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import { requireStrongPassphrase } from '../vault/passphrase';
import { stagingFolder } from '../vault/replaceVault';
import type { Replaced, VaultManager } from '../vault/vaultManager';
import type { BackupPorts } from './backupDialogs';
import type { RunBackup } from './backupInProcess';
import type { OneAtATime } from './oneAtATime';

export interface RestoreServiceOptions {
  readonly vault: Pick<VaultManager, 'state' | 'replace'>;
  /** The vault's own folder: a restored one is put together beside it. */
  readonly folder: string;
  readonly run: RunBackup;
  readonly ports: Pick<BackupPorts, 'chooseSource'>;
  /** Whether the keychain will keep the key. */
  readonly hasKeychain: () => boolean;
  /** What the open vault holds; null when none is open. */
  readonly here: () => KeptHere | null;
  readonly isInMeeting: () => boolean;
  /** The preferences that were in the backup, as text. */
  readonly takePreferences: (text: string) => void;
  readonly turn: OneAtATime;
  readonly progress: (progress: BackupProgress) => void;
  readonly log: { info(message: string): void; error(message: string, thrown?: unknown): void };
}

/** The backup that somebody has chosen, on the way from its file to the vault's place. */
interface Chosen {
  readonly path: string;
  /** Once it has opened the file. */
  readonly passphrase: string | null;
  readonly savedAt: number;
}

/** Puts a backup in the vault's place, whatever state that is in; until it is proved whole nothing is touched. */
export class RestoreService {
  readonly #options: RestoreServiceOptions;
  #chosen: Chosen | null = null;

  constructor(options: RestoreServiceOptions) {
    this.#options = options;
  }

  /** Asks which file it is; null when the person cancels. */
  async choose(language: Language): Promise<{ readonly fileName: string } | null> {
    const path = await this.#options.ports.chooseSource(language);
    if (path === null) return null;
    this.#chosen = { path, passphrase: null, savedAt: 0 };
    return { fileName: basename(path) };
  }

  /** Opens the file that was chosen, as far as it says what it is. Throws 'backup/none-chosen' and as `previewBackup` does. */
  async preview(passphrase: string): Promise<BackupPreview | null> {
    const { run, turn, here, hasKeychain } = this.#options;
    const { path } = this.#required();
    return turn.take(async (signal) => {
      const { manifest } = await run(
        { kind: 'preview', source: path, passphrase },
        { onProgress: () => undefined, signal },
      );
      const { createdAt, appVersion, meetings, recordings, people, files } = manifest;
      this.#chosen = { path, passphrase, savedAt: createdAt };
      return {
        ...{ createdAt, appVersion, meetings, recordings, people },
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        here: here(),
        protection: hasKeychain() ? 'keychain' : 'passphrase',
      };
    });
  }

  /**
   * Restores the backup that was looked at. `passphrase`: what locks the vault from now on; null exactly when the keychain does. Null when it is
   * given up with `cancel`. Throws 'backup/none-chosen', 'session/busy' in a meeting, 'vault/passphrase-weak', and as
   * `extractBackup` and `VaultManager.replace` do; what was here is untouched then.
   */
  async restore(passphrase: string | null): Promise<Replaced | null> {
    const { vault, run, folder, hasKeychain, turn, progress, takePreferences, log } = this.#options;
    const { path, passphrase: opening, savedAt } = this.#required();
    if (opening === null) throw new DomainError('backup/none-chosen');
    if (passphrase !== null) requireStrongPassphrase(passphrase);
    else if (!hasKeychain()) throw new DomainError('vault/keychain-refused');
    this.#requireNoMeeting();
    const staged = stagingFolder(folder);
    return turn.take(async (signal) => {
      try {
        await rm(staged, { recursive: true, force: true });
        const { small } = await run(
          { kind: 'extract', source: path, passphrase: opening, folder: staged },
          { onProgress: progress, signal },
        );
        if (small === null) throw new DomainError('backup/damaged');
        // One may have begun in the meantime.
        this.#requireNoMeeting();
        const key = Buffer.from(small.dataKey);
        const replaced = await vault.replace({ key, passphrase, savedAt }).catch(asBackup);
        key.fill(0);
        takePreferences(small.preferences);
        this.forget();
        log.info('a backup was restored');
        return replaced;
      } finally {
        await rm(staged, { recursive: true, force: true }).catch((error: unknown) =>
          log.error('what was left of a restore could not be deleted', error),
        );
      }
    });
  }

  /** Forgets the file and its passphrase. */
  forget(): void {
    this.#chosen = null;
  }

  #required(): Chosen {
    if (this.#chosen === null) throw new DomainError('backup/none-chosen');
    return this.#chosen;
  }

  #requireNoMeeting(): void {
    if (this.#options.isInMeeting()) throw new DomainError('session/busy');
  }
}

/** A database that does not open is the backup's fault here, not the vault's. */
function asBackup(error: unknown): never {
  const code = error instanceof DomainError ? error.code : null;
  if (code === 'vault/damaged') throw new DomainError('backup/damaged', error);
  if (code === 'vault/newer-version') throw new DomainError('backup/newer-version', error);
  throw error;
}
