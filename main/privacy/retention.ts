import { deleteAfter } from '../../common/recording/retention';
import type { StoredRecording } from '../vault/repositories';

/**
 * The recordings whose retention is over at `now` (milliseconds since 1970). One that is still being written or finalized
 * waits for the next round.
 */
export function dueForErasure(
  recordings: readonly Pick<StoredRecording, 'id' | 'phase' | 'startedAt' | 'retentionDays'>[],
  now: number,
): readonly string[] {
  return recordings
    .filter(({ phase }) => phase === 'ready' || phase === 'recovered')
    .filter(({ startedAt, retentionDays }) => deleteAfter(startedAt, retentionDays) <= now)
    .map(({ id }) => id);
}

export interface RetentionOptions {
  /** What is stored now; throws when the vault is locked. */
  readonly recordings: () => readonly StoredRecording[];
  readonly erase: (recordingId: string) => Promise<void>;
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
  readonly log: { error(message: string, thrown?: unknown): void };
}

const hour = 60 * 60 * 1000;

/** Deletes recordings when their time has come: when started, and every hour. */
export class RetentionService {
  readonly #options: RetentionOptions;
  #cancel: (() => void) | null = null;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Deletes what is due and goes on doing so every hour until `stop`. Never rejects. */
  async start(): Promise<void> {
    this.stop();
    this.#schedule();
    await this.#erase();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    this.#cancel = this.#options.after(hour, () => {
      this.#schedule();
      void this.#erase();
    });
  }

  async #erase(): Promise<void> {
    const { recordings, erase, now, log } = this.#options;
    try {
      for (const id of dueForErasure(recordings(), now())) {
        // One that cannot be deleted now must not keep the others.
        await erase(id).catch((error: unknown) => log.error('a recording that is due could not be deleted', error));
      }
    } catch (error) {
      log.error('the recordings that are due could not be found', error);
    }
  }
}
