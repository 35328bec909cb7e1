import { mkdir, open, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupProgress } from '../../common/backup';
import { DomainError } from '../../common/errors';
import { decryptAge } from './ageFile';
import { readArchive, wholeOf } from './backupArchive';
import type { BackupJobResult } from './backupJobs';
import { dataKeyName, parseDataKey, preferencesName, type BackupManifest } from './backupManifest';
import { writing } from './fileTrouble';

/** What a backup says about itself: reads no further than that. Throws as `decryptAge` and `readArchive` do. */
export async function previewBackup(source: string, passphrase: string): Promise<BackupJobResult> {
  const file = await decryptAge(source, passphrase);
  try {
    const manifest = await readArchive(file.content, (found) => {
      requireRoomIn(found, file.bytes);
      return null;
    });
    return { manifest, bytes: file.bytes, small: null };
  } finally {
    await file.close();
  }
}

/**
 * Unpacks a backup into a folder that does not exist yet. When it resolves, everything is there and durable, in the size and with the hashes that
 * the backup names; the key of the database is handed over and not written. What a failure leaves is the caller's to
 * delete. Throws as `decryptAge`, `readArchive` and `writeTrouble` do.
 */
export async function extractBackup(
  { source, passphrase, folder }: { readonly source: string; readonly passphrase: string; readonly folder: string },
  onProgress: (progress: BackupProgress) => void,
): Promise<BackupJobResult> {
  let read = 0;
  const file = await decryptAge(source, passphrase, (bytes) => (read += bytes));
  const small = { dataKey: null as Uint8Array | null, preferences: '{}' };
  try {
    const total = file.bytes;
    await writing(() => mkdir(folder, { mode: 0o700 }));
    await writing(() => mkdir(join(folder, 'recordings'), { mode: 0o700 }));
    const { bavail, bsize } = await writing(() => statfs(folder));
    const manifest = await readArchive(file.content, (found) => {
      requireRoomIn(found, total);
      if (bytesOf(found) > bavail * bsize) throw new DomainError('backup/disk-full');
      return async ({ name, modifiedAt }, content) => {
        const counted = counting(content, () => onProgress({ step: 'reading', done: Math.min(read, total), total }));
        if (name === dataKeyName) small.dataKey = parseDataKey((await wholeOf(counted)).toString('utf8'));
        else if (name === preferencesName) small.preferences = (await wholeOf(counted)).toString('utf8');
        else await writeOut(join(folder, name), counted, modifiedAt);
      };
    });
    await syncFolders([join(folder, 'recordings'), folder, dirname(folder)]);
    const { dataKey, preferences } = small;
    if (dataKey === null) throw new DomainError('backup/damaged');
    return { manifest, bytes: total, small: { dataKey, preferences } };
  } finally {
    await file.close();
  }
}

const bytesOf = ({ files }: BackupManifest) => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Nothing is compressed: files that are larger than what they are in do not exist. */
function requireRoomIn(manifest: BackupManifest, contentBytes: number): void {
  if (bytesOf(manifest) > contentBytes) throw new DomainError('backup/damaged');
}

async function writeOut(path: string, content: AsyncIterable<Uint8Array>, modifiedAt: number): Promise<void> {
  // `wx`: never over anything, which also refuses two names that this disk takes for one.
  const handle = await writing(() => open(path, 'wx', 0o600));
  try {
    for await (const piece of content) await writing(() => handle.writeFile(piece));
    await writing(() => handle.sync());
  } finally {
    await handle.close();
  }
  await writing(() => utimes(path, new Date(), new Date(modifiedAt)));
}

async function* counting(content: AsyncIterable<Uint8Array>, count: () => void): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    count();
    yield piece;
  }
}

async function syncFolders(paths: readonly string[]): Promise<void> {
  // Windows cannot flush a folder.
  if (process.platform === 'win32') return;
  for (const path of paths) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
