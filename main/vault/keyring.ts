import { createCipheriv, createDecipheriv } from 'node:crypto';
import { DomainError } from '../../common/errors';
import { keyBytes } from './database';
import type { KeychainPort } from './keychainPort';
import type { SealedKey } from './keyFile';
import { deriveKey, requireStrongPassphrase, type KdfParameters } from './passphrase';

/** Randomness of a cryptographic quality; node:crypto's randomBytes outside tests. */
export type RandomBytes = (count: number) => Buffer;

type WrappedKey = Extract<SealedKey, { protection: 'passphrase' }>;

/** Has the keychain seal a database key. Throws 'vault/keychain-refused' when there is none or it refuses. */
export function sealWithKeychain(key: Buffer, keychain: KeychainPort): SealedKey {
  if (!keychain.isAvailable()) throw new DomainError('vault/keychain-refused');
  const sealed = refusing(() => keychain.seal(key.toString('base64url')));
  return { protection: 'keychain', sealed: sealed.toString('base64url') };
}

/**
 * Opens what `sealWithKeychain` made. Throws 'vault/keychain-refused' when the keychain is locked, gone, or another one.
 * The caller owns the returned buffer and zeroes it.
 */
export function openWithKeychain(sealed: SealedKey & { protection: 'keychain' }, keychain: KeychainPort): Buffer {
  if (!keychain.isAvailable()) throw new DomainError('vault/keychain-refused');
  const key = Buffer.from(
    refusing(() => keychain.open(Buffer.from(sealed.sealed, 'base64url'))),
    'base64url',
  );
  if (key.byteLength !== keyBytes) throw new DomainError('vault/keychain-refused');
  return key;
}

/**
 * Wraps a database key under a passphrase: AES-256-GCM (NIST SP 800-38D) under a key from Argon2id (RFC 9106), with the
 * parameters authenticated. Throws 'vault/passphrase-weak'.
 */
export async function wrapWithPassphrase(
  key: Buffer,
  passphrase: string,
  kdf: KdfParameters,
  randomBytes: RandomBytes,
): Promise<SealedKey> {
  requireStrongPassphrase(passphrase);
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const wrappingKey = await deriveKey(passphrase, salt, kdf);
  const parameters = { kdf, salt: salt.toString('base64url'), nonce: nonce.toString('base64url') };
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(authenticated(parameters));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  wrappingKey.fill(0);
  return { protection: 'passphrase', ...parameters, wrapped: wrapped.toString('base64url') };
}

/**
 * Opens what `wrapWithPassphrase` made. Throws 'vault/passphrase-wrong'; a file forged in any part looks the same. The
 * caller owns the returned buffer and zeroes it.
 */
export async function unwrapWithPassphrase(sealed: WrappedKey, passphrase: string): Promise<Buffer> {
  // Argon2 takes no empty one, and none is ever set.
  if (passphrase === '') throw new DomainError('vault/passphrase-wrong');
  const wrapped = Buffer.from(sealed.wrapped, 'base64url');
  const wrappingKey = await deriveKey(passphrase, Buffer.from(sealed.salt, 'base64url'), sealed.kdf);
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(sealed.nonce, 'base64url'), {
      authTagLength: 16,
    });
    decipher.setAAD(authenticated(sealed)).setAuthTag(wrapped.subarray(keyBytes));
    return Buffer.concat([decipher.update(wrapped.subarray(0, keyBytes)), decipher.final()]);
  } catch {
    throw new DomainError('vault/passphrase-wrong');
  } finally {
    wrappingKey.fill(0);
  }
}

function authenticated(parameters: Pick<WrappedKey, 'kdf' | 'salt' | 'nonce'>): Buffer {
  const { name, memoryKiB, iterations, parallelism } = parameters.kdf;
  const { salt, nonce } = parameters;
  return Buffer.from(JSON.stringify(['konklave-key', 1, name, memoryKiB, iterations, parallelism, salt, nonce]));
}

function refusing<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new DomainError('vault/keychain-refused', error);
  }
}
