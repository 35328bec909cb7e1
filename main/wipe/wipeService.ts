import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptHere, WipePreview } from '../../common/backup';
import { wipeWords } from '../../common/backup';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import type { VaultManager } from '../vault/vaultManager';
import { beginWipe, isWipePending } from './wipeProfile';

export interface WipeServiceOptions {
  readonly vault: Pick<VaultManager, 'close' | 'start'>;
  readonly userData: string;
  /** What the open vault holds; null when none is open. */
  readonly here: () => KeptHere | null;
  /** In a meeting, or while a backup is written or restored. */
  readonly isBusy: () => boolean;
  /** Ends this process at once and starts a new one, which finishes. */
  readonly restart: () => void;
  readonly log: { info(message: string): void };
}

/** Deletes everything of this app from this machine ([Note: wipe]). */
export class WipeService {
  readonly #options: WipeServiceOptions;

  constructor(options: WipeServiceOptions) {
    this.#options = options;
  }

  /** What would go. */
  preview(): WipePreview {
    const { here, userData } = this.#options;
    return { here: here(), bytes: bytesIn(join(userData, 'vault')) };
  }

  /**
   * Destroys the keys and restarts the app, which deletes the rest before it opens anything. Throws 'wipe/not-confirmed' unless the word of that
   * language was typed, 'session/busy', and 'wipe/not-done' when nothing can be written; nothing has happened then.
   */
  async run(typed: string, language: Language): Promise<void> {
    const { vault, userData, isBusy, restart, log } = this.#options;
    if (typed.trim().toUpperCase() !== wipeWords[language]) throw new DomainError('wipe/not-confirmed');
    if (isBusy()) throw new DomainError('session/busy');
    await vault.close();
    try {
      beginWipe(userData);
    } catch (error) {
      // With the marker there the next start does it.
      if (!isWipePending(userData)) {
        await vault.start();
        throw new DomainError('wipe/not-done', error);
      }
    }
    log.info('everything is being deleted');
    restart();
  }
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesIn(path);
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
