import { join } from 'node:path';
import { DomainError } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { StoredTrack } from '../vault/repositories';
import type { RecordingEnvironment } from './environment';
import type { RunFinalize } from './finalize/finalizeInProcess';
import type { FinalizeOutcome } from './finalize/finalizeTrack';
import { newFileName, removeFile } from './trackFiles';

export interface FinalizerOptions {
  readonly environment: RecordingEnvironment;
  readonly run: RunFinalize;
  /** The phase or the size of a recording changed. */
  readonly changed: () => void;
}

/** What a recording is once it has been finalized, and when it ended. */
export interface Ending {
  readonly phase: 'ready' | 'recovered';
  readonly endedAt: number;
}

/** Makes recordings playable after they ended, one track at a time, and takes each from `finalizing` to its last phase. */
export class Finalizer {
  readonly #options: FinalizerOptions;
  readonly #environment: RecordingEnvironment;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: FinalizerOptions) {
    this.#options = options;
    this.#environment = options.environment;
  }

  /**
   * Finalizes a recording after those that came before it. Never rejects: what could not be finished (the vault was
   * locked, the program is quitting) is found unfinished at the next start. With null for an ending only its tracks are
   * tried, and the recording stays what it is.
   */
  finalize(recordingId: string, ending: Ending | null): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      try {
        await this.#recording(recordingId, ending);
      } catch (error) {
        this.#environment.log.error('a recording could not be finalized', error);
      }
    });
    return this.#queue;
  }

  async #recording(recordingId: string, ending: Ending | null): Promise<void> {
    const { recordings } = this.#environment.vault();
    if (ending) recordings.update(recordingId, { phase: 'finalizing' });
    this.#options.changed();
    for (const track of recordings.tracks(recordingId)) {
      if (track.phase === 'writing' || track.phase === 'closed') await this.#track(track);
    }
    if (ending) recordings.update(recordingId, ending);
    this.#options.changed();
    if (ending) this.#environment.log.info(`recording ${ending.phase}`);
  }

  async #track(track: StoredTrack): Promise<void> {
    const { recordings, recordingsFolder } = this.#environment.vault();
    if (track.kind === 'chat') {
      // Lines are read from the start: the file serves as it is, torn end included.
      recordings.updateTrack(track.id, { phase: 'final', durationMs: 0 });
      return;
    }
    const sourceKey = recordings.trackKey(track.id);
    if (!sourceKey) return;
    const targetKey = this.#environment.random(32);
    const fileName = newFileName(this.#environment.random);
    const [sourcePath, targetPath] = [join(recordingsFolder, track.fileName), join(recordingsFolder, fileName)];
    try {
      const outcome = await this.#run({
        ...{ sourcePath, sourceKey, targetPath, targetKey },
        ...(track.kind === 'clip' ? { clipMs: limits.clipSeconds * 1_000 } : {}),
      });
      switch (outcome.status) {
        case 'done':
          await this.#adopt(track, { ...outcome, fileName }, targetKey);
          return;
        case 'empty':
          recordings.eraseTracks([track.id]);
          await removeFile(this.#environment, sourcePath);
          return;
        case 'failed':
          // Kept as it came: it plays, as far as it can be read, without seeking. Tried again at the next start.
          this.#environment.log.error(`a track was left as it is: ${outcome.reason}`);
          if (track.phase === 'writing') recordings.updateTrack(track.id, { phase: 'closed' });
          return;
      }
    } finally {
      sourceKey.fill(0);
      targetKey.fill(0);
    }
  }

  async #run(job: Parameters<RunFinalize>[0]): Promise<FinalizeOutcome> {
    try {
      return await this.#options.run(job);
    } catch (error) {
      this.#environment.log.error('the finalizing process failed', error);
      await removeFile(this.#environment, job.targetPath);
      return { status: 'failed', reason: 'write-failed' };
    }
  }

  /** Puts the seekable file in the raw one's place, unless consent was taken back in the meantime. */
  async #adopt(
    track: StoredTrack,
    file: { readonly fileName: string; readonly bytes: number; readonly durationMs: number; readonly mimeType: string },
    key: Uint8Array,
  ): Promise<void> {
    const { recordings, recordingsFolder } = this.#environment.vault();
    const { fileName, bytes, durationMs, mimeType } = file;
    let adopted = false;
    try {
      recordings.replaceTrackFile(track.id, { fileName, bytes, durationMs, mimeType }, key);
      adopted = true;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'recording/erased')) throw error;
    } finally {
      await removeFile(this.#environment, join(recordingsFolder, adopted ? track.fileName : fileName));
    }
  }
}
