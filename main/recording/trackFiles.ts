import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { openOnDisk, writeFully, type OpenSealedHandle } from '../vault/sealed/sealedHandle';
import { newId } from './documents';
import type { RecordingEnvironment } from './environment';

/** The names we give: random, so that they say nothing. Nothing else in the folder is ever touched. */
const ownName = /^[A-Za-z0-9_-]{22}\.sealed$/;

/** A new file name for a sealed file. */
export function newFileName(random: RecordingEnvironment['random']): string {
  return `${newId(random)}.sealed`;
}

/** Deletes a sealed file if it is there. Never throws: what is left is deleted at the next start, its key is gone. */
export async function removeFile(environment: Pick<RecordingEnvironment, 'log'>, path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch (error) {
    environment.log.error('a sealed file could not be deleted', error);
  }
}

/** Our sealed files in this folder, by name. */
export async function sealedFilesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => ownName.test(name));
}

/**
 * Whether the folder is the one that the files of this recording are in: at least one of them is there. A disk that was
 * taken away may leave an empty folder behind, or another disk come in its place.
 */
export async function isFolderThere(environment: Pick<RecordingEnvironment, 'vault'>, recordingId: string) {
  const { recordings, recordingsFolder } = environment.vault();
  const names = recordings.tracks(recordingId).flatMap(({ phase, fileName }) => (phase === 'erased' ? [] : [fileName]));
  return isAnyThere(recordingsFolder, names.length === 0 ? ['.'] : names);
}

async function isAnyThere(folder: string, names: readonly string[]): Promise<boolean> {
  // The newest first: mostly that settles it.
  for (const name of [...names].reverse()) {
    if ((await lastWritten(folder, name)) !== null) return true;
  }
  return false;
}

/** With less room than this, recording does not begin again: it would end again at once. In bytes. */
const roomBytes = 8 * 1_048_576;

/**
 * Throws the system's error when nothing can be written to the folder, and ENOSPC when there is little room. Leaves
 * nothing behind; what a crash leaves is deleted at the next start like every file without a track.
 */
export async function probeFolder(
  environment: Pick<RecordingEnvironment, 'vault' | 'random' | 'log'>,
  open: OpenSealedHandle = openOnDisk,
): Promise<void> {
  const { recordingsFolder } = environment.vault();
  const { bavail, bsize } = await statfs(recordingsFolder);
  if (bavail * bsize < roomBytes) throw Object.assign(new Error('little room'), { code: 'ENOSPC' });
  const path = join(recordingsFolder, newFileName(environment.random));
  try {
    const handle = await open(path, 'create');
    try {
      await writeFully(handle, new Uint8Array(4_096), 0);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } finally {
    await removeFile(environment, path);
  }
}

/** When the file was last written, in milliseconds since 1970, or null when there is none. */
export async function lastWritten(folder: string, fileName: string): Promise<number | null> {
  try {
    return Math.round((await stat(join(folder, fileName))).mtimeMs);
  } catch {
    return null;
  }
}
