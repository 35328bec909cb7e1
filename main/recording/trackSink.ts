import { DomainError } from '../../common/errors';
import type { RecordingKind } from '../../common/consent/models';
import type { SealedWriter } from '../vault/sealed/sealedWriter';
import { writeError } from './diskTrouble';

export interface SinkIdentity {
  readonly trackId: string;
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: RecordingKind;
}

/** - `failed`: the disk refused; - `erased`: consent was taken back. Neither takes anything any more. */
type SinkPhase = 'open' | 'closed' | 'failed' | 'erased';

/** One sealed file being written. Appends are written in the order they come, each before its promise resolves. */
export class TrackSink {
  readonly identity: SinkIdentity;
  readonly #writer: SealedWriter;
  readonly #now: () => number;
  #queue: Promise<void> = Promise.resolve();
  /** When each write that has not come back was begun. */
  readonly #begun: number[] = [];
  #syncedBytes = 0;
  #phase: SinkPhase = 'open';
  #closing: Promise<void> | null = null;

  /** `now`: milliseconds since 1970. */
  constructor(identity: SinkIdentity, writer: SealedWriter, now: () => number) {
    this.identity = identity;
    this.#writer = writer;
    this.#now = now;
  }

  /** False once it is being closed, has failed or was erased. */
  get isOpen(): boolean {
    return this.#phase === 'open';
  }

  /** Size of the file in bytes. */
  get bytes(): number {
    return this.#writer.fileBytes;
  }

  /** When the oldest append or end that has not come back was begun, in milliseconds since 1970; null when there is none. */
  get busySince(): number | null {
    return this.#begun[0] ?? null;
  }

  /**
   * Brings what was appended so far to the disk, beside the appends. Throws like `append` when the disk refuses: then the
   * sink has failed.
   */
  async sync(): Promise<void> {
    const bytes = this.#writer.fileBytes;
    if (this.#phase !== 'open' || bytes === this.#syncedBytes) return;
    try {
      await this.#writer.sync();
      this.#syncedBytes = bytes;
    } catch (error) {
      // Closed or erased in the meantime: that has its own answer.
      if (this.#phase !== 'open') return;
      this.#phase = 'failed';
      await this.#writer.destroy();
      throw writeError(error);
    }
  }

  /**
   * Throws `recording/erased` once consent was taken back (also for what was waiting), `recording/unknown-track` once
   * closed or failed, `recording/disk-full` or `recording/damaged` when the disk refuses: then it has failed.
   */
  async append(bytes: Uint8Array): Promise<void> {
    this.#assertOpen();
    await this.#enqueue(async () => {
      // What was taken before closing is still written; what was taken before an erasure is not.
      if (this.#phase !== 'closed') this.#assertOpen();
      try {
        await this.#writer.append(bytes);
      } catch (error) {
        this.#assertNotErased();
        this.#phase = 'failed';
        throw writeError(error);
      }
    });
  }

  /**
   * Writes what is waiting, then the end. Throws like `append` when the disk refuses; the file is closed either way.
   * A second call waits for the first.
   */
  close(): Promise<void> {
    if (this.#phase === 'open') this.#phase = 'closed';
    this.#closing ??= this.#enqueue(() => this.#finish());
    return this.#closing;
  }

  /** From this call on nothing is taken and nothing waiting is written. Resolves when the file is closed. */
  async erase(): Promise<void> {
    this.#phase = 'erased';
    await this.#writer.destroy();
  }

  async #finish(): Promise<void> {
    if (this.#phase !== 'closed') return;
    try {
      await this.#writer.finish();
    } catch (error) {
      this.#assertNotErased();
      this.#phase = 'failed';
      throw writeError(error);
    } finally {
      await this.#writer.destroy();
    }
  }

  async #enqueue(work: () => Promise<void>): Promise<void> {
    this.#begun.push(this.#now());
    const done = this.#queue.then(work).finally(() => void this.#begun.shift());
    // One failed chunk is reported to the one who sent it, and does not reject the next.
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #assertOpen(): void {
    switch (this.#phase) {
      case 'open':
        return;
      case 'closed':
      case 'failed':
        throw new DomainError('recording/unknown-track');
      case 'erased':
        throw new DomainError('recording/erased');
    }
  }

  #assertNotErased(): void {
    if (this.#phase === 'erased') throw new DomainError('recording/erased');
  }
}
