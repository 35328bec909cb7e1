import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from './errors';
import { temporaryName } from './files';
import { keyFileNames } from './keyFile';

/**
 * Destroys the key files in a vault's folder: overwritten, made durable, deleted. Without them nothing in that folder can
 * be read. What an SSD keeps of the overwritten sectors is beyond a program's reach. No error when there is none, or no folder; throws
 * the system's when one cannot be deleted.
 */
export function destroyKeyFiles(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  for (const path of keyFileNames.flatMap((name) => [join(folder, name), temporaryName(join(folder, name))])) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    // One that cannot be overwritten is deleted all the same.
    attempt(() => overwrite(path, stats.size));
    rmSync(path, { force: true });
  }
}

function overwrite(path: string, bytes: number): void {
  const handle = openSync(path, 'r+');
  try {
    writeSync(handle, randomBytes(bytes), 0, bytes, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
