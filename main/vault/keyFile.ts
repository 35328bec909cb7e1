import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../common/errors';
import { temporaryName, writeFileAtomic } from './files';
import { kdfSchema } from './passphrase';

/** The key file and its twin: either one opens the vault. */
export const keyFileNames = ['key.json', 'key.copy.json'] as const;

const version = 1;
const sizeLimit = 65_536;

/** Base64url without padding, and only in its one canonical spelling. */
function base64url(bytes?: number) {
  return z
    .string()
    .max(20_000)
    .refine((text) => {
      const decoded = Buffer.from(text, 'base64url');
      return decoded.toString('base64url') === text && (bytes === undefined || decoded.byteLength === bytes);
    });
}

const sealedKeySchema = z.discriminatedUnion('protection', [
  z.strictObject({ protection: z.literal('keychain'), sealed: base64url() }),
  z.strictObject({
    protection: z.literal('passphrase'),
    kdf: kdfSchema,
    salt: base64url(16),
    nonce: base64url(12),
    /** AES-256-GCM: 32 bytes of key and 16 of tag. */
    wrapped: base64url(48),
  }),
]);
/** The database key as it rests on the disk: never in plain. */
export type SealedKey = z.infer<typeof sealedKeySchema>;

const keyFileSchema = z.strictObject({
  format: z.literal('konklave-key'),
  version: z.literal(version),
  key: sealedKeySchema,
  /** Tells a damaged file from a wrong passphrase, so that the twin is used. It proves nothing against a forger. */
  checksum: base64url(32),
});
const versionSchema = z.object({ format: z.literal('konklave-key'), version: z.number().int() });

export interface KeyFileReading {
  readonly key: SealedKey;
  /** False when one of the two files was missing, unreadable or another: write both again once the vault is open. */
  readonly complete: boolean;
}

/**
 * Reads the first sound one of the two key files; null when neither exists. Throws 'vault/key-missing' when there are
 * files but none can be read, 'vault/newer-version' when a newer program wrote them.
 */
export function readKeyFile(folder: string): KeyFileReading | null {
  const present = keyFileNames.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (present.length === 0) return null;
  const readings = present.map(readOne);
  const sound = readings.flatMap((reading) => (reading.ok ? [reading.key] : []));
  const [key] = sound;
  if (key === undefined) {
    const newer = readings.some((reading) => !reading.ok && reading.newer);
    throw new DomainError(newer ? 'vault/newer-version' : 'vault/key-missing');
  }
  return {
    key,
    complete: sound.length === keyFileNames.length && sound.every((one) => checksumOf(one) === checksumOf(key)),
  };
}

/**
 * Writes both key files, each atomically, the one that is read first last: until that moment what was there before is in
 * force, and a twin that differs from it is put right when the vault is opened. When it throws, nothing has changed.
 */
export function writeKeyFile(folder: string, key: SealedKey): void {
  const file: z.infer<typeof keyFileSchema> = { format: 'konklave-key', version, key, checksum: checksumOf(key) };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  for (const name of [...keyFileNames].reverse()) writeFileAtomic(join(folder, name), text);
}

/** Deletes what a crash left of a key file that was being written. */
export function removeUnfinishedKeyFiles(folder: string): void {
  for (const name of keyFileNames) rmSync(temporaryName(join(folder, name)), { force: true });
}

type Reading = { readonly ok: true; readonly key: SealedKey } | { readonly ok: false; readonly newer: boolean };

function readOne(path: string): Reading {
  const content = readJson(path);
  const parsed = keyFileSchema.safeParse(content);
  if (parsed.success && parsed.data.checksum === checksumOf(parsed.data.key)) return { ok: true, key: parsed.data.key };
  const head = versionSchema.safeParse(content);
  return { ok: false, newer: head.success && head.data.version > version };
}

function readJson(path: string): unknown {
  try {
    const handle = openSync(path, 'r');
    try {
      if (fstatSync(handle).size > sizeLimit) return undefined;
      const buffer = Buffer.alloc(sizeLimit);
      const length = readSync(handle, buffer, 0, sizeLimit, 0);
      return JSON.parse(buffer.toString('utf8', 0, length));
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}

function checksumOf(key: SealedKey): string {
  // Parsing put the members in the order of the schema, whatever their order in the file.
  return createHash('sha256')
    .update(JSON.stringify(sealedKeySchema.parse(key)))
    .digest('base64url');
}
