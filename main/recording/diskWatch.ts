import { troublesBySeverity, type Trouble } from './diskTrouble';
import type { RecordingEnvironment } from './environment';

/** A file being written, as far as the disk's health goes. */
export interface WatchedSink {
  /** When the oldest write that has not come back was begun, in milliseconds since 1970; null when none is on its way. */
  readonly busySince: number | null;
  /** Brings to the disk what was written so far. Throws when the disk refuses; the sink has failed then. */
  sync(): Promise<void>;
}

export interface DiskWatchOptions<Sink extends WatchedSink> {
  readonly environment: RecordingEnvironment;
  /** What is open, also of a recording that has just ended. */
  readonly sinks: () => readonly Sink[];
  /** The running recording, or null. */
  readonly recordingId: () => string | null;
  /** The trouble of a recording, or null when it is over. Told when it changes. */
  readonly tell: (recordingId: string, trouble: Trouble | null) => void;
  /** Whether the files of a recording stand where they were written. */
  readonly isThere: (recordingId: string) => Promise<boolean>;
  /** Writes and deletes something; throws when the disk refuses. */
  readonly probe: () => Promise<void>;
  /** Ends the pictures that are being written: the disk is too slow for them. */
  readonly dropPictures: () => void;
  readonly failed: (sink: Sink, error: unknown) => void;
}

/** All in milliseconds. */
const diskPace = {
  /** How often files are brought to the disk, and the disk is looked at. */
  tick: 1_000,
  /** A write that takes longer says that the disk cannot keep up. */
  slow: 3_000,
  /** Pictures come back only while writes are quicker than this. */
  quick: 1_000,
  /** For how long pictures pause; twice as long each time, while the disk does not recover in between. */
  pause: 10_000,
  maxPause: 300_000,
} as const;

/**
 * Looks after the disk while a recording is written. About once a second what was appended is brought to the disk, file
 * after file and beside the appends, so that a power cut costs the last second and not what the system still held back.
 * A disk that vanished, is full or too slow is told, and told to be well again once it is: a probe is written for that.
 *
 * Sound goes before pictures: see docs/decisions/0014-a-slow-disk-keeps-the-sound.md.
 */
export class DiskWatch<Sink extends WatchedSink> {
  readonly #options: DiskWatchOptions<Sink>;
  readonly #active = new Set<Trouble>();
  #told: { readonly recordingId: string; readonly trouble: Trouble | null } | null = null;
  #cancel: (() => void) | null = null;
  #syncingSince: number | null = null;
  #looking = false;
  #pause: number = diskPace.pause;
  #pausedUntil = 0;

  constructor(options: DiskWatchOptions<Sink>) {
    this.#options = options;
  }

  /** No picture is to be opened now. */
  get picturesPaused(): boolean {
    return this.#active.has('too-slow');
  }

  /** Begins to look, if it does not already. */
  start(): void {
    this.#cancel ??= this.#options.environment.timers.after(diskPace.tick, () => this.#tick());
  }

  /** Looks no more, and forgets. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#active.clear();
    this.#told = null;
    this.#pause = diskPace.pause;
  }

  /** A write or the creation of a file failed. */
  handleFailure(trouble: Trouble): void {
    this.#active.add(trouble);
    this.start();
    this.#tell();
  }

  #tick(): void {
    this.#cancel = null;
    if (this.#options.recordingId() === null && this.#options.sinks().length === 0) {
      this.stop();
      return;
    }
    this.start();
    this.#watchPace();
    if (this.#syncingSince === null) void this.#sync();
    if (!this.#looking) void this.#look();
  }

  async #sync(): Promise<void> {
    this.#syncingSince = this.#options.environment.now();
    for (const sink of this.#options.sinks()) {
      try {
        await sink.sync();
      } catch (error) {
        this.#options.failed(sink, error);
      }
    }
    this.#syncingSince = null;
  }

  #watchPace(): void {
    const now = this.#options.environment.now();
    const begun = [...this.#options.sinks().map(({ busySince }) => busySince), this.#syncingSince];
    const longest = Math.max(0, ...begun.map((since) => (since === null ? 0 : now - since)));
    if (longest > diskPace.slow) {
      if (!this.#active.has('too-slow')) {
        // Slow again soon after it was well: it is the pictures that are too much.
        const calm = now - this.#pausedUntil > 6 * this.#pause;
        this.#pause = this.#pausedUntil === 0 || calm ? diskPace.pause : Math.min(2 * this.#pause, diskPace.maxPause);
        this.#active.add('too-slow');
        this.#options.environment.log.error('the disk is too slow: pictures are paused');
        this.#options.dropPictures();
        this.#tell();
      }
      this.#pausedUntil = now + this.#pause;
    } else if (this.#active.has('too-slow') && longest < diskPace.quick && now >= this.#pausedUntil) {
      this.#active.delete('too-slow');
      this.#options.environment.log.info('the disk keeps up again');
      this.#tell();
    }
  }

  /** Notices a disk that has vanished, and one that is well again. */
  async #look(): Promise<void> {
    const recordingId = this.#options.recordingId();
    if (recordingId === null) return;
    this.#looking = true;
    const there = await this.#options.isThere(recordingId).catch(() => true);
    if (!there) this.#active.add('disk-gone');
    else if (troublesBySeverity.some((trouble) => trouble !== 'too-slow' && this.#active.has(trouble))) {
      await this.#options.probe().then(
        () => troublesBySeverity.forEach((trouble) => trouble !== 'too-slow' && this.#active.delete(trouble)),
        () => undefined,
      );
    }
    this.#looking = false;
    this.#tell();
  }

  #tell(): void {
    const trouble = troublesBySeverity.find((one) => this.#active.has(one)) ?? null;
    const recordingId = this.#options.recordingId();
    const told = this.#told?.recordingId === recordingId ? this.#told.trouble : null;
    if (recordingId === null || trouble === told) return;
    this.#told = { recordingId, trouble };
    this.#options.tell(recordingId, trouble);
  }
}
