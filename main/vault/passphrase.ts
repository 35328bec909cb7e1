import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { DomainError } from '../../common/errors';

/**
 * Parameters of Argon2id as stored beside what they protect. The bounds are what this program is willing to compute: a
 * forged file cannot ask for 100 GB of memory or an hour of work.
 */
export const kdfSchema = z.strictObject({
  name: z.literal('argon2id'),
  memoryKiB: z.number().int().min(8_192).max(262_144),
  iterations: z.number().int().min(1).max(10),
  parallelism: z.number().int().min(1).max(8),
});
export type KdfParameters = z.infer<typeof kdfSchema>;

/** RFC 9106 section 4, the second recommended option. */
export const recommendedKdf: KdfParameters = { name: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 4 };

const minimumPassphraseLength = 10;

/**
 * The one spelling of a passphrase (NFKC): the same letters typed on another keyboard or system give the same key.
 * Throws 'vault/passphrase-weak' below ten characters, counted as code points.
 */
export function requireStrongPassphrase(passphrase: string): void {
  if ([...normalise(passphrase)].length < minimumPassphraseLength) throw new DomainError('vault/passphrase-weak');
}

/** 32 bytes from a passphrase by Argon2id (RFC 9106). Takes about half a second and 64 MiB with the recommended parameters. */
export async function deriveKey(passphrase: string, salt: Uint8Array, kdf: KdfParameters): Promise<Buffer> {
  const hash = await argon2id({
    password: normalise(passphrase),
    salt,
    memorySize: kdf.memoryKiB,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength);
}

function normalise(passphrase: string): string {
  return passphrase.normalize('NFKC');
}
