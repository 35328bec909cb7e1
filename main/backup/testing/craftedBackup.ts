import { Encrypter } from 'age-encryption';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { pack, type Headers } from 'tar-stream';
import { wholeOf } from '../backupArchive';
import type { BackupFile } from '../backupManifest';

export const backupPassphrase = 'sieben leise Türen im Flur';
export const sealedName = `recordings/${'a'.repeat(22)}.sealed`;

export interface CraftedEntry {
  readonly header: Headers & { readonly pax?: Record<string, string> };
  readonly content: string | Buffer;
}

const dataKey = JSON.stringify({ format: 'konklave-data-key', version: 1, key: 'A'.repeat(43) });

/** The contents of a small backup that is as it should be. */
export const soundFiles: Readonly<Record<string, string | Buffer>> = {
  'vault.db': Buffer.alloc(5_000, 7),
  'data-key.json': dataKey,
  'preferences.json': '{"theme":"dark"}',
  [sealedName]: Buffer.alloc(200_000, 9),
};

/** A manifest of these files; `changes` makes it lie. */
export function manifestOf(files: Readonly<Record<string, string | Buffer>>, changes: object = {}): object {
  const listed = Object.entries(files).map(([name, content]): BackupFile => ({
    name,
    bytes: Buffer.byteLength(content),
    modifiedAt: 1_700_000_000_000,
  }));
  return {
    ...{ format: 'konklave-backup', version: 1, appVersion: '0.1.0', createdAt: 1_700_000_000_000 },
    ...{ meetings: 1, recordings: 1, people: 2, files: listed, ...changes },
  };
}

/** The entries of an archive of these files, each to be changed by a test. */
export function entriesOf(
  files: Readonly<Record<string, string | Buffer>> = soundFiles,
  manifest: object = manifestOf(files),
): CraftedEntry[] {
  const text = JSON.stringify(manifest);
  const all = Object.entries({ 'manifest.json': text, ...files });
  const sums = all.map(([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`);
  return [...all, ['SHA256SUMS', sums.join('')] as const].map(([name, content]) => ({ header: { name }, content }));
}

/** Makes a tar archive of anything, by the library alone. */
export async function tarOf(entries: readonly CraftedEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { header, content } of entries) {
    const isFile = header.type === undefined || header.type === 'file';
    if (isFile) tar.entry({ mode: 0o600, ...header }, Buffer.from(content));
    else tar.entry({ mode: 0o600, ...header }).end();
  }
  tar.finalize();
  return wholeOf(tar);
}

/** Encrypts anything for the passphrase and writes it to `path`. */
export async function writeAge(path: string, content: Uint8Array, passphrase = backupPassphrase): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(10);
  encrypter.setPassphrase(passphrase.normalize('NFKC'));
  writeFileSync(path, await encrypter.encrypt(content));
}
