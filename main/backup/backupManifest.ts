import { z } from 'zod';
import { DomainError } from '../../common/errors';

/*
 * [Note: backup file] A file of the age format (https://age-encryption.org/v1) for one passphrase; in it a tar archive:
 * `manifest.json`, then the files it lists in that order, then `SHA256SUMS` as `sha256sum -c` reads it. Any copy of age and tar opens it:
 * `age -d konklave.age | tar x`.
 */

const version = 1;
export const manifestName = 'manifest.json';
export const sumsName = 'SHA256SUMS';
export const dataKeyName = 'data-key.json';
export const preferencesName = 'preferences.json';
const databaseName = 'vault.db';

/** Of a manifest, the sums and each of the small files. */
export const smallFileLimit = 32 * 1_048_576;

/** The only names there are: nothing in a backup can be written anywhere else. */
const namePattern = /^(?:vault\.db|data-key\.json|preferences\.json|recordings\/[A-Za-z0-9_-]{22}\.sealed)$/;

const count = z.number().int().nonnegative();
const fileSchema = z.strictObject({
  name: z.string().max(100).regex(namePattern),
  bytes: count,
  modifiedAt: count,
});
export type BackupFile = z.infer<typeof fileSchema>;

const manifestSchema = z.strictObject({
  format: z.literal('konklave-backup'),
  version: z.literal(version),
  appVersion: z.string().max(50),
  createdAt: count,
  meetings: count,
  recordings: count,
  people: count,
  files: z
    .array(fileSchema)
    .max(200_000)
    .refine((files) => new Set(files.map(({ name }) => name.toLowerCase())).size === files.length)
    .refine((files) => [databaseName, dataKeyName].every((name) => files.some((file) => file.name === name)))
    .refine((files) =>
      files.every(
        ({ name, bytes }) => bytes <= smallFileLimit || name === databaseName || name.startsWith('recordings/'),
      ),
    ),
});
/** What a backup says about itself. */
export type BackupManifest = z.infer<typeof manifestSchema>;

const versionSchema = z.object({ format: z.literal('konklave-backup'), version: z.number().int() });

/** The manifest of a new backup. */
export function newManifest(content: Omit<BackupManifest, 'format' | 'version'>): BackupManifest {
  return manifestSchema.parse({ format: 'konklave-backup', version, ...content });
}

/** Throws 'backup/not-a-backup', 'backup/newer-version', or 'backup/damaged' for one that contradicts itself. */
export function parseManifest(text: string): BackupManifest {
  const content = jsonOf(text);
  const head = versionSchema.safeParse(content);
  if (!head.success) throw new DomainError('backup/not-a-backup');
  if (head.data.version > version) throw new DomainError('backup/newer-version');
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw new DomainError('backup/damaged');
  return parsed.data;
}

const dataKeySchema = z.strictObject({
  format: z.literal('konklave-data-key'),
  version: z.literal(1),
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

/** The key of the database, as it stands in a backup. */
export function dataKeyFile(key: Buffer): string {
  return JSON.stringify({ format: 'konklave-data-key', version: 1, key: key.toString('base64url') });
}

/** The 32 bytes again. Throws 'backup/damaged'. The caller zeroes them. */
export function parseDataKey(text: string): Buffer {
  const parsed = dataKeySchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new DomainError('backup/damaged');
  return Buffer.from(parsed.data.key, 'base64url');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
