import { DomainError } from '../../common/errors';
import type { PreparedCut } from '../../common/recording/cuts';
import type { Cut } from '../../common/recording/models';
import type { StoredRecording } from '../vault/repositories';
import { cutTracks, discardCut, isWhole, stretchOf, type CutTracksOptions, type TracksToCut } from './cutTracks';
import { newId } from './documents';
import type { RecordingEnvironment } from './environment';

export interface CutServiceOptions {
  readonly environment: RecordingEnvironment;
  readonly run: CutTracksOptions['run'];
  /** Files that are being exported were planned with what is about to go. */
  readonly cancelExports: (recordingId: string) => Promise<void>;
  /** How far the preparation of a cut is, 0 to 1. */
  readonly progress: (recordingId: string, fraction: number) => void;
  /** The content of a recording changed. */
  readonly changed: () => void;
}

interface Preparation {
  readonly recordingId: string;
  readonly range: Cut;
  readonly controller: AbortController;
  /** Never rejects: null when it failed or was given up. */
  prepared: Promise<{ readonly cutId: string; readonly work: TracksToCut } | null>;
}

/**
 * [Note: cutting] Destroys a range of a recording for everybody, in two steps. Preparing writes what lies around the range
 * into new files, under keys that only memory holds, and touches nothing. Cutting puts them in the place of the old ones
 * in one transaction of the vault, which destroys the old keys; then the old files go. Killed at any moment, the next
 * start finds one state or the other, and deletes the files that no track stands for.
 */
export class CutService {
  readonly #options: CutServiceOptions;
  readonly #environment: RecordingEnvironment;
  #current: Preparation | null = null;

  constructor(options: CutServiceOptions) {
    this.#options = options;
    this.#environment = options.environment;
  }

  /**
   * Null when it was given up meanwhile, as by preparing another. Throws `recording/not-found`, `recording/in-progress`
   * before a recording is finished, `recording/range-invalid` for a range that reaches beyond it, `retention/held`, `privacy/restricted`,
   * `recording/damaged` for a track that cannot be read and `recording/disk-full`; nothing is changed and no file left.
   */
  async prepare(request: Cut & { readonly recordingId: string }): Promise<PreparedCut | null> {
    const { recordingId, fromMs, toMs } = request;
    const recording = this.#cuttable(recordingId);
    if (fromMs < 0 || fromMs >= toMs || toMs > this.#lengthOf(recording)) {
      throw new DomainError('recording/range-invalid');
    }
    const abandoned = this.abandon(null);
    const range = { fromMs, toMs };
    const controller = new AbortController();
    const work = abandoned.then(() => this.#work(recording, range, controller.signal));
    const prepared = work.then(
      (tracks) => ({ cutId: newId(this.#environment.random), work: tracks }),
      () => null,
    );
    this.#current = { recordingId, range, controller, prepared };
    try {
      const { chatLines, latePictures } = await work;
      const ready = await prepared;
      return controller.signal.aborted || !ready ? null : { cutId: ready.cutId, ...range, chatLines, latePictures };
    } catch (error) {
      if (controller.signal.aborted) return null;
      throw error;
    }
  }

  /**
   * Carries out what was prepared; when it returns, the range is nowhere in the vault. Throws `recording/changed` when it
   * is not prepared any more (given up, or the recording is not the same) and what `prepare` throws; then nothing is changed.
   */
  async cut(cutId: string): Promise<void> {
    const { recordingId, range, work } = await this.#take(cutId);
    const { environment, cancelExports, changed } = this.#options;
    try {
      // One that begins from here on finds the old tracks gone.
      await cancelExports(recordingId);
      this.#cuttable(recordingId);
      if (!(await isWhole(this.#tracksOptions(recordingId), work))) throw new DomainError('recording/changed');
      // A recording that was deleted, or a track that was erased while waiting, is the vault's to refuse.
      environment.vault().recordings.cut(recordingId, { ...range, cutAt: environment.now() }, work.tracks);
      environment.log.info('a range was cut out of a recording');
    } finally {
      // By what the vault says now: whichever files it has no use for go, the old ones or the new.
      await this.#discard(work);
      changed();
    }
  }

  /** Gives up what is prepared for this recording, or whatever is (null), files included. Never rejects. */
  async abandon(recordingId: string | null): Promise<void> {
    const current = this.#current;
    if (!current || (recordingId !== null && current.recordingId !== recordingId)) return;
    this.#current = null;
    current.controller.abort();
    const prepared = await current.prepared;
    if (prepared) await this.#discard(prepared.work);
  }

  async #take(cutId: string): Promise<{ recordingId: string; range: Cut; work: TracksToCut }> {
    const current = this.#current;
    const prepared = await current?.prepared;
    if (!current || !prepared || prepared.cutId !== cutId || this.#current !== current) {
      throw new DomainError('recording/changed');
    }
    // From here on nobody can give it up.
    this.#current = null;
    return { recordingId: current.recordingId, range: current.range, work: prepared.work };
  }

  async #work(recording: StoredRecording, range: Cut, signal: AbortSignal): Promise<TracksToCut> {
    const work = await cutTracks(this.#tracksOptions(recording.id), recording, range, signal);
    if (!signal.aborted) return work;
    await this.#discard(work);
    throw new DomainError('recording/changed');
  }

  async #discard(work: TracksToCut): Promise<void> {
    try {
      await discardCut(this.#environment, work);
    } catch (error) {
      // The vault is locked: its next opening deletes the files that no track stands for.
      this.#environment.log.error('the files of a cut could not be deleted', error);
    }
  }

  #tracksOptions(recordingId: string): CutTracksOptions {
    const { environment, run, progress } = this.#options;
    return { environment, run, progress: (fraction) => progress(recordingId, fraction) };
  }

  #cuttable(recordingId: string): StoredRecording {
    const { recordings, holds, restrictions } = this.#environment.vault();
    const recording = recordings.get(recordingId);
    if (!recording) throw new DomainError('recording/not-found');
    if (recording.phase !== 'ready' && recording.phase !== 'recovered') throw new DomainError('recording/in-progress');
    if (holds.of({ kind: 'recording', id: recordingId }) !== null) throw new DomainError('retention/held');
    if (restrictions.inside({ kind: 'recording', id: recordingId })) throw new DomainError('privacy/restricted');
    return recording;
  }

  /** As the player counts it: a track may reach beyond the wall clock by what was still in a buffer. */
  #lengthOf(recording: StoredRecording): number {
    const { startedAt, endedAt, id } = recording;
    const ends = this.#environment
      .vault()
      .recordings.tracks(id)
      .filter(({ phase, kind }) => phase !== 'erased' && kind !== 'clip')
      .map((track) => stretchOf(track, recording).toMs);
    return Math.max((endedAt ?? startedAt) - startedAt, ...ends);
  }
}
