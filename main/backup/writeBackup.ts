import { open } from 'node:fs/promises';
import type { BackupProgress } from '../../common/backup';
import { DomainError } from '../../common/errors';
import { archiveOf, readArchive, type ArchivedFile } from './backupArchive';
import { decryptAge, encryptAge } from './ageFile';
import type { BackupJob } from './backupJobs';
import type { BackupManifest } from './backupManifest';
import { writing } from './fileTrouble';

const pieceBytes = 1_048_576;

type WriteJob = Extract<BackupJob, { kind: 'write' }>;

/**
 * Writes a backup file where nothing is, makes it durable, and reads it back from its first byte to its last. Only its owner may read it. Returns its
 * size. What a failure leaves is the caller's to delete. Throws 'backup/changed' when a source is gone or shorter than
 * it was, and what `writeTrouble` names.
 */
export async function writeBackup(
  { target, passphrase, manifest, sources, workFactor }: WriteJob,
  onProgress: (progress: BackupProgress) => void,
): Promise<number> {
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const files = manifest.files.map((file, index): ArchivedFile => {
    const source = sources[index];
    if (source === undefined) throw new TypeError('a file of the manifest has no source');
    return {
      ...file,
      content: async function* () {
        for await (const piece of typeof source === 'string' ? fileContent(source, file.bytes) : [source]) {
          done += piece.byteLength;
          onProgress({ step: 'writing', done: Math.min(done, total), total });
          yield piece;
        }
      },
    };
  });
  const handle = await writing(() => open(target, 'wx', 0o600));
  try {
    for await (const piece of await encryptAge(archiveOf(manifest, files), passphrase, workFactor)) {
      await writing(() => handle.writeFile(piece));
    }
    await writing(() => handle.sync());
  } finally {
    await handle.close().catch(() => undefined);
  }
  return readBack(target, passphrase, manifest, onProgress);
}

/** Proves that the file on the disk is the backup that was meant: every byte is decrypted, every hash compared. */
async function readBack(
  path: string,
  passphrase: string,
  manifest: BackupManifest,
  onProgress: (progress: BackupProgress) => void,
): Promise<number> {
  let done = 0;
  const file = await decryptAge(path, passphrase, (bytes) => (done += bytes));
  try {
    const total = file.bytes;
    const found = await readArchive(file.content, () => async (_file, content) => {
      for await (const piece of content) {
        if (piece.byteLength > 0) onProgress({ step: 'checking', done: Math.min(done, total), total });
      }
    });
    if (JSON.stringify(found) !== JSON.stringify(manifest)) throw new DomainError('backup/not-written');
    return done;
  } finally {
    await file.close();
  }
}

async function* fileContent(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  // What was deleted since the snapshot was erased, or replaced.
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new DomainError('backup/changed', error);
  });
  try {
    for (let position = 0; position < bytes;) {
      const wanted = Math.min(pieceBytes, bytes - position);
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
