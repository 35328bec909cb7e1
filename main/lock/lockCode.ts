import { timingSafeEqual } from 'node:crypto';
import { lockCodeLength } from '../../common/lock';
import { DomainError } from '../../common/errors';
import type { RandomBytes } from '../vault/keyring';
import { deriveKey, recommendedKdf, type KdfParameters } from '../vault/passphrase';
import type { Vault } from '../vault/repositories';

export interface LockCodeOptions {
  /** The open vault; throws DomainError 'vault/locked'. */
  readonly vault: () => Pick<Vault, 'lockCode'>;
  readonly randomBytes: RandomBytes;
  /** The recommended parameters unless a test is in a hurry. */
  readonly kdf?: KdfParameters;
}

/**
 * The code that opens the app again where the keychain keeps the vault's key. It protects no data: it keeps people at this
 * desktop from looking. What is stored is Argon2id of it, in the vault.
 */
export class LockCode {
  readonly #options: LockCodeOptions;

  constructor(options: LockCodeOptions) {
    this.#options = options;
  }

  isSet(): boolean {
    return this.#options.vault().lockCode.get() !== null;
  }

  /** Throws 'lock/code-weak' below six characters. */
  async set(code: string): Promise<void> {
    if ([...code.normalize('NFKC')].length < lockCodeLength.min) throw new DomainError('lock/code-weak');
    const { randomBytes, kdf = recommendedKdf, vault } = this.#options;
    const salt = randomBytes(16);
    vault().lockCode.save({ kdf, salt, hash: await deriveKey(code, salt, kdf) });
  }

  /** Does nothing when there is none. */
  remove(): void {
    this.#options.vault().lockCode.save(null);
  }

  /** Throws 'lock/code-wrong', also when there is no code. */
  async check(code: string): Promise<void> {
    const stored = this.#options.vault().lockCode.get();
    // Argon2 takes no empty one, and none is ever set.
    const right =
      stored !== null && code !== '' && timingSafeEqual(await deriveKey(code, stored.salt, stored.kdf), stored.hash);
    if (!right) throw new DomainError('lock/code-wrong');
  }
}
