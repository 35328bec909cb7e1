import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingEnvironment } from './environment';
import { newId } from './documents';

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

/** When the file was last written, in milliseconds since 1970, or null when there is none. */
export async function lastWritten(folder: string, fileName: string): Promise<number | null> {
  try {
    return Math.round((await stat(join(folder, fileName))).mtimeMs);
  } catch {
    return null;
  }
}
