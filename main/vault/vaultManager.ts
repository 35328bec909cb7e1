import { DomainError } from '../../common/errors';
import type { VaultProtection, VaultState } from '../../common/vaultState';
import { usableBackups } from './backups';
import { buildNewDatabase, finishCreation, undoCreation } from './creation';
import { keyBytes } from './database';
import { attempt } from './errors';
import { folderLayout, holdsData, makeFolder, type FolderLayout } from './folderLayout';
import type { KeychainPort } from './keychainPort';
import { readKeyFile, removeUnfinishedKeyFiles, writeKeyFile, type KeyFileReading, type SealedKey } from './keyFile';
import {
  openWithKeychain,
  sealWithKeychain,
  unwrapWithPassphrase,
  wrapWithPassphrase,
  type RandomBytes,
} from './keyring';
import { openVault, type OpenVault } from './openVault';
import { recommendedKdf, type KdfParameters } from './passphrase';
import type { Vault } from './repositories';
import { knownErasures } from './reapplyErasures';
import {
  discardReplaced,
  keepDamaged,
  prepareStaged,
  recoverReplaced,
  stagingFolder,
  swapBack,
  swapIn,
} from './replaceVault';
import { generateIdentity } from './repositories/profile';
import { restoreBackup } from './restore';
import { createSerialQueue } from './serialQueue';
import type { VaultSnapshot } from './snapshot';

export interface VaultManagerOptions {
  /** The vault's own folder. Created when needed; nothing else may be kept in it. */
  readonly folder: string;
  readonly keychain: KeychainPort;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  /** For new passphrases; the recommended parameters unless a test is in a hurry. */
  readonly kdf?: KdfParameters;
  /** Milliseconds from one backup to the next while things change; ten minutes when left out. */
  readonly backupInterval?: number;
}

/**
 * The one owner of the vault: which phase it is in, and the open vault itself. Calls may overlap; they take their turn,
 * and each looks at the phase when its turn comes. What cannot be read is a phase, not an error.
 */
export interface VaultManager {
  state(): VaultState;
  /** Called with every new state; returns the unsubscribe. */
  onChange(handler: (state: VaultState) => void): () => void;
  /**
   * Looks at what is on the disk. Ends in `new`, `locked`, `damaged` or `open`, and may be called again from any of them
   * but `open` (a keychain that was locked may be open now). Rejects for trouble of the moment, such as 'vault/disk-full'.
   */
  start(): Promise<void>;
  /**
   * Only in phase `new`, else 'vault/already-exists'. Without a passphrase the keychain keeps the key
   * ('vault/keychain-refused' when it does not); with one, 'vault/passphrase-weak' below ten characters. When it fails,
   * nothing is left behind.
   */
  create(request: CreateRequest): Promise<void>;
  /**
   * Ends in `open` or `damaged`. Rejects with 'vault/passphrase-wrong', having changed nothing. Does nothing when the
   * vault is open already.
   */
  unlock(passphrase: string): Promise<void>;
  /**
   * Puts a backup in the place of a database that cannot be read, which is kept aside. Only in phase `damaged`; rejects
   * with 'vault/key-missing' when it is the key that is missing.
   */
  restore(backupId: string): Promise<void>;
  /**
   * Only in phase `open`, else 'vault/locked', and behind a passphrase, else 'vault/key-missing'. Rejects with
   * 'vault/passphrase-wrong' unless this is the passphrase of this very vault.
   */
  confirm(passphrase: string): Promise<void>;
  /**
   * Puts the key of the open vault behind a passphrase, or into the keychain (null), instead of what protects it now. Behind
   * a passphrase that one is needed: 'vault/passphrase-wrong'. Rejects with 'vault/passphrase-weak' and
   * 'vault/keychain-refused' as `create` does. Whatever happens, one of the two protections is in force, whole; when it
   * rejects, the old one. The key itself stays: a copy of the old key file still opens with the old passphrase.
   */
  protect(change: { readonly current: string | null; readonly passphrase: string | null }): Promise<void>;
  /** Everything as it is now, to be saved elsewhere: see `takeSnapshot`. Throws 'vault/locked' in every other phase but `open`. */
  snapshot(): VaultSnapshot;
  /**
   * Puts the vault in `stagingFolder` in the place of this one, whatever the phase, under a protection of its own as in
   * `create`; ends in `open`, and the old vault is gone then, or kept aside if it was damaged ([Note: replacing]). Rejects as `create` does, with 'vault/damaged' or
   * 'vault/newer-version' when it cannot be opened; on the disk everything is as it was then. The key is the caller's to zero.
   */
  replace(request: ReplaceRequest): Promise<Replaced>;
  /** The open vault. Throws 'vault/locked' in every other phase. */
  vault(): Vault;
  /** To be called about once a minute: see `OpenVault.maintain`. Does nothing unless open. */
  maintain(): void;
  /** Takes a backup and locks: forgets the key. Afterwards `locked` (passphrase), or `starting` until the next `start`. */
  close(): Promise<void>;
}

interface CreateRequest {
  readonly name: string;
  readonly contact: string;
  readonly passphrase: string | null;
}

interface ReplaceRequest {
  /** Of the database in `stagingFolder`. */
  readonly key: Uint8Array;
  readonly passphrase: string | null;
  /** When the backup it comes from was saved. */
  readonly savedAt: number;
}

export interface Replaced {
  /** How many things had been erased here since the backup was saved and were erased in it too; null when nobody knows. */
  readonly erasedAgain: number | null;
  /** The folder, within the vault's, in which the damaged vault that was here is kept; null when none was. */
  readonly keptIn: string | null;
}

const defaultBackupInterval = 10 * 60 * 1000;

/** Creates the manager; touches nothing before `start`. */
export function createVaultManager(options: VaultManagerOptions): VaultManager {
  return new PhasedVaultManager(options);
}

class PhasedVaultManager implements VaultManager {
  readonly #options: VaultManagerOptions;
  readonly #layout: FolderLayout;
  readonly #handlers = new Set<(state: VaultState) => void>();
  readonly #inTurn = createSerialQueue();
  #state: VaultState = { phase: 'starting' };
  #open: OpenVault | null = null;
  /** Kept while the database is damaged, so that a backup can be opened. */
  #rescueKey: Buffer | null = null;

  constructor(options: VaultManagerOptions) {
    this.#options = options;
    this.#layout = folderLayout(options.folder);
  }

  state(): VaultState {
    return this.#state;
  }

  onChange(handler: (state: VaultState) => void): () => void {
    // Wrapped, so that the same function may subscribe twice.
    const subscription = (state: VaultState) => handler(state);
    this.#handlers.add(subscription);
    return () => this.#handlers.delete(subscription);
  }

  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.phase === 'open') return;
      recoverReplaced(this.#layout.root, this.#options.now());
      this.#look();
    });
  }

  create({ name, contact, passphrase }: CreateRequest): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.phase !== 'new' || readKeyFile(this.#layout.root) !== null || holdsData(this.#layout)) {
        throw new DomainError('vault/already-exists');
      }
      const key = this.#options.randomBytes(keyBytes);
      const sealed = await this.#seal(key, passphrase);
      let next: VaultState;
      try {
        buildNewDatabase({ layout: this.#layout, key, person: { name, contact }, identity: generateIdentity() });
        writeKeyFile(this.#layout.root, sealed);
        next = this.#openWith(key, { key: sealed, complete: true });
      } catch (error) {
        undoCreation(this.#layout);
        throw error;
      }
      this.#enter(next);
    });
  }

  unlock(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.phase === 'open') return;
      if (this.#state.phase === 'damaged') throw new DomainError('vault/damaged');
      const reading = this.#state.phase === 'locked' ? this.#readKey() : null;
      if (reading?.key.protection !== 'passphrase') throw new DomainError('vault/key-missing');
      const key = await unwrapWithPassphrase(reading.key, passphrase);
      this.#enter(this.#openWith(key, reading));
    });
  }

  confirm(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      const sealed = this.#sealedKey();
      if (sealed.protection !== 'passphrase') throw new DomainError('vault/key-missing');
      (await this.#currentKey(sealed, passphrase)).fill(0);
    });
  }

  protect({ current, passphrase }: Parameters<VaultManager['protect']>[0]): Promise<void> {
    return this.#inTurn(async () => {
      const key = await this.#currentKey(this.#sealedKey(), current);
      try {
        const sealed = await this.#seal(key, passphrase);
        // A keychain that takes what it does not give back would lose everything.
        if (sealed.protection === 'keychain') openWithKeychain(sealed, this.#options.keychain).fill(0);
        writeKeyFile(this.#layout.root, sealed);
        this.#enter({ phase: 'open', protection: sealed.protection });
      } finally {
        key.fill(0);
      }
    });
  }

  restore(backupId: string): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#state.phase === 'open') throw new DomainError('vault/already-exists');
      const reading = this.#rescueKey === null ? null : readKeyFile(this.#layout.root);
      if (this.#rescueKey === null || reading === null) throw new DomainError('vault/key-missing');
      restoreBackup(this.#layout, backupId, this.#rescueKey, this.#options.now());
      const key = Buffer.from(this.#rescueKey);
      this.#forgetRescueKey();
      this.#enter(this.#openWith(key, reading));
    });
  }

  snapshot(): VaultSnapshot {
    if (this.#open === null) throw new DomainError('vault/locked');
    return this.#open.snapshot();
  }

  replace({ key: givenKey, passphrase, savedAt }: ReplaceRequest): Promise<Replaced> {
    return this.#inTurn(async () => {
      const { root } = this.#layout;
      const staged = folderLayout(stagingFolder(root));
      const key = Buffer.from(givenKey);
      const sealed = await this.#seal(key, passphrase);
      const known = this.#open === null ? null : knownErasures(this.#open);
      const erased = prepareStaged(staged, { key, now: this.#options.now, savedAt, known });
      writeKeyFile(staged.root, sealed);
      const damaged = this.#state.phase === 'damaged';
      // What an earlier restore left on its way must not be in the way.
      keepDamaged(root, this.#options.now());
      this.#open?.close();
      this.#open = null;
      // So that everybody lets go of what was in the old one.
      this.#enter({ phase: 'starting' });
      let next: VaultState;
      try {
        swapIn(root, damaged);
        next = this.#openReplacement(key, sealed);
      } catch (error) {
        this.#look();
        throw error;
      }
      // Only now: nothing that follows may put the old one back, which is gone.
      // What cannot be moved now is at the next start.
      let keptIn: string | null = null;
      attempt(() => (keptIn = keepDamaged(root, this.#options.now())));
      this.#enter(next);
      return { erasedAgain: known === null ? null : erased, keptIn };
    });
  }

  vault(): Vault {
    if (this.#open === null) throw new DomainError('vault/locked');
    return this.#open;
  }

  maintain(): void {
    this.#open?.maintain();
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#forgetRescueKey();
      const state = this.#state;
      if (state.phase !== 'open') return;
      this.#open?.close();
      this.#open = null;
      this.#enter(state.protection === 'passphrase' ? { phase: 'locked' } : { phase: 'starting' });
    });
  }

  /** Enters the phase that follows from what is on the disk. */
  #look(): void {
    this.#forgetRescueKey();
    makeFolder(this.#layout.root);
    removeUnfinishedKeyFiles(this.#layout.root);
    const reading = this.#readKey();
    if (reading === null) return;
    if (reading.key.protection === 'passphrase') {
      this.#enter({ phase: 'locked' });
      return;
    }
    const key = this.#keyFromKeychain(reading.key);
    if (key !== null) this.#enter(this.#openWith(key, reading));
  }

  /** The key file; or null, having entered the phase that follows from there being none or none that can be read. */
  #readKey(): KeyFileReading | null {
    try {
      const reading = readKeyFile(this.#layout.root);
      if (reading !== null) return reading;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const reason = error.code === 'vault/newer-version' ? 'newer-version' : 'key';
      this.#enter({ phase: 'damaged', reason, backups: [] });
      return null;
    }
    if (holdsData(this.#layout)) this.#enter({ phase: 'damaged', reason: 'key', backups: [] });
    else this.#enter({ phase: 'new', protection: this.#newProtection() });
    return null;
  }

  #keyFromKeychain(sealed: SealedKey & { protection: 'keychain' }): Buffer | null {
    try {
      return openWithKeychain(sealed, this.#options.keychain);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#enter({ phase: 'damaged', reason: 'key', backups: [] });
      return null;
    }
  }

  /** Opens what was swapped in; when that fails, the old one is in its place again. */
  #openReplacement(key: Buffer, sealed: SealedKey): VaultState {
    this.#forgetRescueKey();
    try {
      const next = this.#openWith(key, { key: sealed, complete: true });
      if (next.phase === 'damaged') throw new DomainError('vault/damaged');
      return next;
    } catch (error) {
      swapBack(this.#layout.root);
      throw error;
    }
  }

  /** Takes the key over. Gives the phase that follows, `open` or `damaged`; throws for trouble of the moment. */
  #openWith(key: Buffer, { key: sealed, complete }: KeyFileReading): VaultState {
    try {
      finishCreation(this.#layout);
      this.#open = openVault({
        layout: this.#layout,
        key,
        now: this.#options.now,
        backupInterval: this.#options.backupInterval ?? defaultBackupInterval,
      });
    } catch (error) {
      const reason = damageOf(error);
      if (reason === null) {
        key.fill(0);
        throw error;
      }
      this.#rescueKey = key;
      return { phase: 'damaged', reason, backups: usableBackups(this.#layout.backups, key) };
    }
    // One of the two key files was lost. When it cannot be written now, the next start tries again.
    if (!complete) attempt(() => writeKeyFile(this.#layout.root, sealed));
    // What cannot be deleted now is at the next start.
    attempt(() => discardReplaced(this.#layout.root));
    return { phase: 'open', protection: sealed.protection };
  }

  #sealedKey(): SealedKey {
    if (this.#open === null) throw new DomainError('vault/locked');
    const reading = readKeyFile(this.#layout.root);
    if (reading === null) throw new DomainError('vault/key-missing');
    return reading.key;
  }

  /** The key of the open vault, from its file: one that somebody has put in its place is of another key, and refused. */
  async #currentKey(sealed: SealedKey, passphrase: string | null): Promise<Buffer> {
    const key =
      sealed.protection === 'passphrase'
        ? await unwrapWithPassphrase(sealed, passphrase ?? '')
        : openWithKeychain(sealed, this.#options.keychain);
    if (this.#open?.hasKey(key)) return key;
    key.fill(0);
    throw new DomainError(sealed.protection === 'passphrase' ? 'vault/passphrase-wrong' : 'vault/key-missing');
  }

  #seal(key: Buffer, passphrase: string | null): Promise<SealedKey> | SealedKey {
    const { keychain, randomBytes, kdf = recommendedKdf } = this.#options;
    if (passphrase === null) return sealWithKeychain(key, keychain);
    return wrapWithPassphrase(key, passphrase, kdf, randomBytes);
  }

  #newProtection(): VaultProtection {
    return this.#options.keychain.isAvailable() ? 'keychain' : 'passphrase';
  }

  #forgetRescueKey(): void {
    this.#rescueKey?.fill(0);
    this.#rescueKey = null;
  }

  #enter(state: VaultState): void {
    this.#state = state;
    for (const handler of [...this.#handlers]) handler(state);
  }
}

function damageOf(error: unknown): 'database' | 'newer-version' | null {
  if (!(error instanceof DomainError)) return null;
  if (error.code === 'vault/newer-version') return 'newer-version';
  return error.code === 'vault/damaged' ? 'database' : null;
}
