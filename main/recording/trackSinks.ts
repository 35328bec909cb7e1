import { join } from 'node:path';
import type { MediaKind, RecordingKind } from '../../common/consent/models';
import { DomainError } from '../../common/errors';
import { encodeChatLine, type ChatLine } from './chatLines';
import type { ConsentGate } from './consentGate';
import type { RunningRecording } from './consentSide';
import { troubleOf, writeError, type Trouble } from './diskTrouble';
import { DiskWatch } from './diskWatch';
import type { RecordingEnvironment } from './environment';
import { openSink, type OpenSinkInput, type OpenSinkOptions } from './openSink';
import { isFolderThere, probeFolder, removeFile } from './trackFiles';
import type { TrackSink } from './trackSink';

export interface TrackSinksOptions {
  readonly environment: RecordingEnvironment;
  readonly gate: ConsentGate;
  readonly running: () => RunningRecording | null;
  /** Null: it is well again. */
  readonly trouble: (recordingId: string, trouble: Trouble | null) => void;
  /** How long, in milliseconds, what was recorded before the end is still taken after it. */
  readonly flushMs: number;
  readonly openFile?: NonNullable<OpenSinkOptions['openFile']>;
}

export interface OpenTrackInput {
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: MediaKind;
  readonly mimeType: string;
}

/** Tracks open at once: six people, three kinds each, and room for those just being closed. */
const maxOpen = 64;

/** What pauses first when the disk is too slow. */
const pictures: ReadonlySet<RecordingKind> = new Set(['video', 'screen'] as const);

/** The sealed files being written. A file exists only where the gate permits it, checked again after each wait. */
export class TrackSinks {
  readonly #options: TrackSinksOptions;
  readonly #environment: RecordingEnvironment;
  readonly #sinks = new Map<string, TrackSink>();
  readonly #waitingForClose = new Set<() => void>();
  readonly #watch: DiskWatch<TrackSink>;
  #opening = 0;
  #chat: Promise<void> = Promise.resolve();

  constructor(options: TrackSinksOptions) {
    this.#options = options;
    this.#environment = options.environment;
    const { environment, openFile } = options;
    this.#watch = new DiskWatch({
      environment,
      sinks: () => [...this.#sinks.values()],
      recordingId: () => options.running()?.request.recordingId ?? null,
      tell: options.trouble,
      isThere: (recordingId) => isFolderThere(environment, recordingId),
      probe: () => probeFolder(environment, openFile),
      dropPictures: () => this.#dropPictures(),
      failed: (sink, error) => {
        this.#fail(sink, error).catch((thrown: unknown) =>
          environment.log.error('a track could not be closed', thrown),
        );
      },
    });
  }

  /**
   * Opens a file for one stretch of one kind of one person; an earlier one of the same kind is closed. Throws what the
   * gate throws, and `recording/disk-full`, `recording/damaged`, the latter also for pictures while the disk is too slow
   * for them; then there is neither file nor row.
   */
  async openTrack(input: OpenTrackInput): Promise<{ readonly trackId: string }> {
    this.#options.gate.check(input);
    if (this.#watch.picturesPaused && pictures.has(input.kind)) throw writeError(new Error('the disk is too slow'));
    for (const sink of this.#of(input.recordingId, input.participantId, [input.kind])) {
      await this.closeTrack(sink.identity.trackId);
    }
    const sink = await this.#open(input);
    return { trackId: sink.identity.trackId };
  }

  /**
   * Adds media to an open track. Resolves when it is in the file. Throws `recording/unknown-track`,
   * `recording/erased`, `recording/disk-full`, `recording/damaged`; after the latter two the track is closed.
   */
  async appendTrack(trackId: string, bytes: Uint8Array): Promise<void> {
    const sink = this.#sinks.get(trackId);
    if (!sink) {
      const erased = this.#environment.vault().recordings.track(trackId)?.phase === 'erased';
      throw new DomainError(erased ? 'recording/erased' : 'recording/unknown-track');
    }
    try {
      await sink.append(bytes);
    } catch (error) {
      if (error instanceof DomainError && error.category === 'storage') await this.#fail(sink, error);
      throw error;
    }
  }

  /** Ends a track. One that is not open any more is fine: the end of the recording may have been faster. */
  async closeTrack(trackId: string): Promise<void> {
    const sink = this.#sinks.get(trackId);
    if (!sink) return;
    try {
      await sink.close();
    } catch (error) {
      this.#report(sink, error);
    }
    this.#store(sink);
    this.#remove(sink);
  }

  /** Keeps one chat line, if its sender agreed to that; otherwise does nothing. Lines are kept in order. */
  async appendChat(participantId: string, name: string, text: string): Promise<void> {
    const running = this.#options.running();
    if (!running) return;
    const { recordingId, requestedAt } = running.request;
    const input = { recordingId, participantId, kind: 'chat', mimeType: 'application/jsonl' } as const;
    // Now, not when its turn comes: what is said before the yes is not kept.
    if (!this.#admits(input)) return;
    const line = { name, text, offsetMs: Math.max(0, this.#environment.now() - requestedAt) };
    const kept = this.#chat.then(() => this.#keepLine(input, line));
    this.#chat = kept.catch(() => undefined);
    await kept;
  }

  /**
   * Destroys these kinds of one person. Open files take nothing more from this call on; when it returns the keys are
   * gone. The files are deleted next; the promise tells when.
   */
  erase(recordingId: string, participantId: string, kinds: readonly RecordingKind[]): Promise<void> {
    const closing = this.#of(recordingId, participantId, kinds).map((sink) => {
      const closed = sink.erase();
      this.#remove(sink);
      return closed;
    });
    const { recordings, recordingsFolder } = this.#environment.vault();
    const tracks = recordings
      .tracks(recordingId)
      .filter((track) => track.participantId === participantId && kinds.includes(track.kind));
    const standing = tracks.filter((track) => track.phase !== 'erased').map((track) => track.id);
    if (standing.length > 0) recordings.eraseTracks(standing, 'withdrawn');
    return Promise.allSettled(closing).then(async () => {
      for (const track of tracks) await removeFile(this.#environment, join(recordingsFolder, track.fileName));
    });
  }

  /** Ends what is open of these kinds of one person, or of everybody (null), at once: nothing on its way is taken. */
  async close(recordingId: string, participantId: string | null, kinds: readonly RecordingKind[]): Promise<void> {
    const open = [...this.#sinks.values()].filter(
      ({ identity }) =>
        identity.recordingId === recordingId &&
        (participantId === null || identity.participantId === participantId) &&
        kinds.includes(identity.kind),
    );
    await Promise.all(open.map((sink) => this.closeTrack(sink.identity.trackId)));
  }

  /** Closes what is open of one person, or of everybody (null), once the window has done so or the flush time is over. */
  async end(recordingId: string, participantId: string | null): Promise<void> {
    const open = () =>
      [...this.#sinks.values()].filter(
        ({ identity }) =>
          identity.recordingId === recordingId && (participantId === null || identity.participantId === participantId),
      );
    const close = (sinks: readonly TrackSink[]) =>
      Promise.all(sinks.map((sink) => this.closeTrack(sink.identity.trackId)));
    const flushed = this.#untilClosed(() => open().length === 0);
    // Main writes the chat itself: nothing of it is on its way.
    await close(open().filter((sink) => sink.identity.kind === 'chat'));
    await flushed;
    await close(open());
  }

  /** Ends every file at once: the program is about to quit. What is on its way from the window is lost. */
  async closeAll(): Promise<void> {
    this.#watch.stop();
    await Promise.all([...this.#sinks.keys()].map((trackId) => this.closeTrack(trackId)));
    this.#watch.stop();
  }

  /** What was appended is still written; the window learns that a picture has ended when it appends the next part. */
  #dropPictures(): void {
    for (const { identity } of this.#sinks.values()) {
      if (!pictures.has(identity.kind)) continue;
      this.closeTrack(identity.trackId).catch((thrown: unknown) =>
        this.#environment.log.error('a track could not be closed', thrown),
      );
    }
  }

  async #open(input: OpenSinkInput): Promise<TrackSink> {
    if (this.#sinks.size + this.#opening >= maxOpen) throw new DomainError('recording/in-progress');
    this.#opening += 1;
    try {
      const sink = await openSink(this.#options, input);
      this.#sinks.set(sink.identity.trackId, sink);
      this.#watch.start();
      return sink;
    } catch (error) {
      if (error instanceof DomainError && error.category === 'storage') {
        this.#watch.handleFailure(troubleOf(error));
      }
      throw error;
    } finally {
      this.#opening -= 1;
    }
  }

  async #keepLine(input: OpenSinkInput, line: ChatLine): Promise<void> {
    // Taken back, or over, while it was waiting.
    if (!this.#admits(input)) return;
    // One that is still being closed takes nothing: what is said now goes into a new one.
    const open = this.#of(input.recordingId, input.participantId, [input.kind]).find(({ isOpen }) => isOpen);
    const sink = open ?? (await this.#open(input));
    await this.appendTrack(sink.identity.trackId, encodeChatLine(line));
  }

  #admits(input: OpenSinkInput): boolean {
    try {
      this.#options.gate.check(input);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  #untilClosed(closed: () => boolean): Promise<void> {
    if (closed()) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = () => {
        cancel();
        this.#waitingForClose.delete(check);
        resolve();
      };
      const check = () => {
        if (closed()) finish();
      };
      const cancel = this.#environment.timers.after(this.#options.flushMs, finish);
      this.#waitingForClose.add(check);
    });
  }

  #of(recordingId: string, participantId: string, kinds: readonly RecordingKind[]): readonly TrackSink[] {
    return [...this.#sinks.values()].filter(
      ({ identity }) =>
        identity.recordingId === recordingId &&
        identity.participantId === participantId &&
        kinds.includes(identity.kind),
    );
  }

  async #fail(sink: TrackSink, error: unknown): Promise<void> {
    if (this.#sinks.get(sink.identity.trackId) !== sink) return;
    this.#report(sink, error);
    await sink.close();
    this.#store(sink);
    this.#remove(sink);
  }

  #remove(sink: TrackSink): void {
    this.#sinks.delete(sink.identity.trackId);
    for (const check of this.#waitingForClose) check();
  }

  #report(sink: TrackSink, error: unknown): void {
    if (error instanceof DomainError && error.code === 'recording/erased') return;
    this.#environment.log.error('a track could not be written', error);
    this.#watch.handleFailure(troubleOf(error));
  }

  #store(sink: TrackSink): void {
    const { trackId } = sink.identity;
    try {
      const { recordings } = this.#environment.vault();
      if (recordings.track(trackId)?.phase === 'writing') {
        recordings.updateTrack(trackId, { bytes: sink.bytes, phase: 'closed' });
      }
    } catch (error) {
      // The row still says `writing`: finalizing treats it the same.
      this.#environment.log.error('the end of a track was not stored', error);
    }
  }
}
