import { DomainError } from '../../common/errors';
import type { LockReport, LockSecret, LockState } from '../../common/lock';
import type { VaultState } from '../../common/vaultState';
import type { VaultManager } from '../vault/vaultManager';
import type { Attempts } from './attempts';
import type { LockCode } from './lockCode';

export interface AppLockOptions {
  readonly vault: Pick<VaultManager, 'state' | 'unlock' | 'confirm' | 'close'>;
  readonly code: Pick<LockCode, 'isSet' | 'check'>;
  readonly attempts: Attempts;
  /** Whether there is a keychain that could keep the vault's key. */
  readonly keychain: () => boolean;
  /** Whether something that runs needs the open vault: a meeting, or a recording that is being finished. */
  readonly vaultNeeded: () => boolean;
  /** For `lock.changed`. */
  readonly changed: (state: LockState) => void;
  /** Ends what must not go on behind a locked door, and hides what the window was told; the vault stays open until it has. */
  readonly onLock: () => Promise<void>;
  /** Tells the window anew what it was not told meanwhile; before it hears that the app is open. */
  readonly onUnlock: () => void;
  readonly report: (thrown: unknown) => void;
}

/**
 * Whether the app is locked, which main alone decides: while it is, nothing of what is inside leaves main (see
 * `lockedCommands`, `lockedEvents`), and a running meeting goes on. Behind a passphrase the vault is closed and its key
 * forgotten as soon as nothing needs it any more.
 */
export class AppLock {
  readonly #options: AppLockOptions;
  #locked = false;
  #wasOpen = false;
  #unlocking = false;
  #ending: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #asked = false;
  #missedQuestion = false;

  constructor(options: AppLockOptions) {
    this.#options = options;
  }

  isLocked(): boolean {
    return this.#locked;
  }

  state(): LockState {
    const { attempts, keychain } = this.#options;
    return { locked: this.#locked, secret: this.#secret(), keychain: keychain(), waitMs: attempts.waitMs() };
  }

  /** Does nothing when it is locked, or the vault is. Throws DomainError('lock/nothing-opens') when nothing could open it again. */
  lock(): void {
    if (this.#locked || this.#options.vault.state().phase !== 'open') return;
    if (this.#secret() === null) throw new DomainError('lock/nothing-opens');
    this.#shut();
  }

  /** The same where nobody asked for it: then what cannot be opened again is not locked. */
  lockIfPossible(): void {
    if (this.#secret() !== null) this.lock();
  }

  /**
   * Opens with the passphrase or the code; tries are slowed down. Throws 'vault/passphrase-wrong', 'lock/code-wrong',
   * 'lock/too-many-attempts'. Does nothing when it is open.
   */
  async unlock(secret: string): Promise<LockReport> {
    // No try, so that it does not end the count of wrong ones.
    if (!this.#locked && this.#options.vault.state().phase === 'open') return { missedQuestion: false };
    await this.#options.attempts.make(() => this.#try(secret));
    const report = { missedQuestion: this.#missedQuestion };
    this.#missedQuestion = false;
    return report;
  }

  /** Checks what would open the app, by the same count, without it being locked. Null is right where nothing is needed. */
  confirm(secret: string | null): Promise<void> {
    const { vault, code, attempts } = this.#options;
    switch (this.#secret()) {
      case 'passphrase':
        return attempts.make(() => vault.confirm(secret ?? ''));
      case 'code':
        return attempts.make(() => code.check(secret ?? ''));
      case null:
        return Promise.resolve();
    }
  }

  /** Must hear of every state of the vault before anybody else does: a vault with a code opens behind a locked door. */
  handleVault({ phase }: VaultState): void {
    const opened = phase === 'open' && !this.#wasOpen;
    this.#wasOpen = phase === 'open';
    if (opened && !this.#locked && this.#secret() === 'code') this.#shut();
    else this.#options.changed(this.state());
  }

  /** A question to be recorded is open, or over. */
  handleQuestion(asked: boolean): void {
    if (this.#locked && this.#asked && !asked) this.#missedQuestion = true;
    this.#asked = asked;
  }

  /** What opens the app, or the wait after wrong tries, may be another. */
  handleChange(): void {
    this.#options.changed(this.state());
  }

  /** To be called when something ended, and now and then: closes the vault behind a locked door once nothing needs it. */
  rest(): void {
    const { vault, vaultNeeded, report } = this.#options;
    const state = vault.state();
    const mayClose = this.#locked && state.phase === 'open' && state.protection === 'passphrase' && !vaultNeeded();
    if (!mayClose || this.#unlocking || this.#ending !== null || this.#closing !== null) return;
    this.#closing = vault
      .close()
      .catch(report)
      .finally(() => (this.#closing = null));
  }

  async #try(secret: string): Promise<void> {
    if (!this.#locked && this.#options.vault.state().phase === 'open') return;
    this.#unlocking = true;
    try {
      await this.#closing;
      await this.#open(secret);
    } finally {
      this.#unlocking = false;
    }
    if (!this.#locked) return;
    this.#locked = false;
    this.#options.onUnlock();
    this.#options.changed(this.state());
  }

  #open(secret: string): Promise<void> {
    const { vault, code } = this.#options;
    const state = vault.state();
    if (state.phase !== 'open') return vault.unlock(secret);
    return state.protection === 'passphrase' ? vault.confirm(secret) : code.check(secret);
  }

  #shut(): void {
    this.#locked = true;
    this.#missedQuestion = false;
    this.#options.changed(this.state());
    this.#ending = this.#options
      .onLock()
      .catch(this.#options.report)
      .finally(() => {
        this.#ending = null;
        this.rest();
      });
  }

  #secret(): LockSecret | null {
    const { vault, code } = this.#options;
    const state = vault.state();
    if (state.phase === 'locked') return 'passphrase';
    if (state.phase !== 'open') return null;
    if (state.protection === 'passphrase') return 'passphrase';
    return code.isSet() ? 'code' : null;
  }
}
