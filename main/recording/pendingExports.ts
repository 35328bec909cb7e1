import { hkdfSync } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SealedReader } from '../vault/sealed/sealedReader';
import { SealedWriter } from '../vault/sealed/sealedWriter';
import type { RecordingEnvironment } from './environment';

const suffix = '.export';

/**
 * Notes where the unfinished export files are, sealed in the vault's folder: they hold a meeting in the clear, outside of
 * the vault, and must not survive a crash.
 */
export interface PendingExports {
  add(exportId: string, partPath: string): Promise<void>;
  /** The file was renamed or deleted. Never throws. */
  remove(exportId: string): Promise<void>;
  /** Deletes what an earlier run left. Never throws. */
  clean(): Promise<void>;
}

/** Pending exports of the open vault. */
export function createPendingExports(environment: RecordingEnvironment): PendingExports {
  const key = () =>
    new Uint8Array(
      hkdfSync('sha256', environment.vault().profile.identity().privateKey, '', 'konklave pending exports v1', 32),
    );
  const pathOf = (name: string) => join(environment.vault().recordingsFolder, name);

  const cleanOne = async (name: string) => {
    const reader = await SealedReader.open(pathOf(name), key(), { requireComplete: true });
    const partPath = Buffer.from(await reader.read(0, reader.size)).toString('utf8');
    await reader.close();
    await rm(partPath, { force: true });
  };

  return {
    add: async (exportId, partPath) => {
      const writer = await SealedWriter.create(pathOf(exportId + suffix), key());
      await writer.append(Buffer.from(partPath, 'utf8'));
      await writer.finish();
    },
    remove: async (exportId) => {
      try {
        await rm(pathOf(exportId + suffix), { force: true });
      } catch (error) {
        environment.log.error('a note of an export could not be removed', error);
      }
    },
    clean: async () => {
      for (const name of await readdir(environment.vault().recordingsFolder)) {
        if (!name.endsWith(suffix)) continue;
        try {
          await cleanOne(name);
          await rm(pathOf(name));
        } catch (error) {
          environment.log.error('an unfinished export could not be removed', error);
        }
      }
    },
  };
}
