import { deleteAfter } from '../../common/recording/retention';
import type { MeetingSummary } from '../../common/meeting/models';
import type { StoredRecording } from '../vault/repositories';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * The recordings whose retention is over at `now` (milliseconds since 1970). One that is still being written or finalized
 * waits for the next round.
 */
export function dueRecordings(
  recordings: readonly Pick<StoredRecording, 'id' | 'phase' | 'startedAt' | 'retentionDays'>[],
  now: number,
): readonly string[] {
  return recordings
    .filter(({ phase }) => phase === 'ready' || phase === 'recovered')
    .filter(({ startedAt, retentionDays }) => deleteAfter(startedAt, retentionDays) <= now)
    .map(({ id }) => id);
}

/** The meetings, with their chat, that began more than `days` ago and are over or were cut off by a crash. */
export function dueMeetings(
  meetings: readonly Pick<MeetingSummary, 'meetingId' | 'startedAt'>[],
  days: number,
  now: number,
): readonly string[] {
  return meetings.filter(({ startedAt }) => startedAt + days * day <= now).map(({ meetingId }) => meetingId);
}

/** One kind of data that expires. */
export interface RetainedKind {
  /** For the log: what kind, never whose. */
  readonly name: string;
  /** The IDs whose time has come at `now`; throws when the vault is locked. */
  readonly due: (now: number) => readonly string[];
  readonly erase: (id: string) => Promise<void> | void;
}

export interface RetentionOptions {
  readonly kinds: readonly RetainedKind[];
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
  readonly log: { error(message: string, thrown?: unknown): void };
}

/** Deletes what has been kept for as long as was promised: when started, and every hour. */
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
    await this.#eraseDue();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    this.#cancel = this.#options.after(hour, () => {
      this.#schedule();
      void this.#eraseDue();
    });
  }

  async #eraseDue(): Promise<void> {
    const { kinds, now, log } = this.#options;
    for (const kind of kinds) {
      try {
        for (const id of kind.due(now())) await this.#eraseOne(kind, id);
      } catch (error) {
        log.error(`what is due of ${kind.name} could not be found`, error);
      }
    }
  }

  /** One that cannot be deleted now (a meeting that is running) must not keep the others. */
  async #eraseOne({ name, erase }: RetainedKind, id: string): Promise<void> {
    try {
      await erase(id);
    } catch (error) {
      this.#options.log.error(`one of ${name} that is due could not be deleted`, error);
    }
  }
}
