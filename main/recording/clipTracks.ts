import type { ClipPhase } from '../../common/consent/models';
import { DomainError } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { RecordingEnvironment } from './environment';
import type { OpenTrackInput, TrackSinks } from './trackSinks';

/** How much longer than a clip is the window may take to send it: the disk may be slow for a moment. */
const graceMs = 5_000;
/** Ten seconds at 3 Mbit/s: four times what the window makes of them. */
const maxBytes = 4 * limits.chunkBytes;

export interface ClipTracksOptions {
  readonly environment: Pick<RecordingEnvironment, 'vault' | 'now' | 'timers' | 'log'>;
  readonly sinks: Pick<TrackSinks, 'openTrack' | 'appendTrack' | 'closeTrack'>;
  /** Somebody's clip has begun, or is over. */
  readonly changed: (recordingId: string, participantId: string, phase: ClipPhase) => void;
}

interface OpenClip {
  readonly recordingId: string;
  readonly participantId: string;
  readonly openedAt: number;
  readonly stopWaiting: () => void;
  bytes: number;
}

/**
 * The window's way to the track sinks. It keeps consent clips to what was asked for: one of each person and recording, of
 * no more than a clip's length by the clock on the wall and no more bytes than that takes. What is longer inside of the
 * file all the same is left out when it is finalized. All other kinds pass.
 */
export class ClipTracks {
  readonly #options: ClipTracksOptions;
  readonly #open = new Map<string, OpenClip>();
  readonly #opening = new Set<string>();

  constructor(options: ClipTracksOptions) {
    this.#options = options;
  }

  /** Throws `recording/clip-made` for somebody's second clip, and otherwise like `TrackSinks.openTrack`. */
  async openTrack(input: OpenTrackInput): Promise<{ readonly trackId: string }> {
    const { environment, sinks } = this.#options;
    if (input.kind !== 'clip') return sinks.openTrack(input);
    const { recordingId, participantId } = input;
    const whose = `${recordingId}/${participantId}`;
    // Also one that was erased or is empty: a clip is asked for once.
    const isMade = environment
      .vault()
      .recordings.tracks(recordingId)
      .some((track) => track.kind === 'clip' && track.participantId === participantId);
    if (isMade || this.#opening.has(whose)) throw new DomainError('recording/clip-made');
    this.#opening.add(whose);
    try {
      const { trackId } = await sinks.openTrack(input);
      const stopWaiting = environment.timers.after(limits.clipSeconds * 1_000 + graceMs, () => void this.#cut(trackId));
      this.#open.set(trackId, { recordingId, participantId, openedAt: environment.now(), stopWaiting, bytes: 0 });
      this.#options.changed(recordingId, participantId, 'recording');
      return { trackId };
    } finally {
      this.#opening.delete(whose);
    }
  }

  /** Throws `recording/unknown-track` for what a clip has no room or no time for, and otherwise like `TrackSinks.appendTrack`. */
  async appendTrack(trackId: string, bytes: Uint8Array): Promise<void> {
    const { environment, sinks } = this.#options;
    const clip = this.#open.get(trackId);
    if (clip) {
      clip.bytes += bytes.byteLength;
      const late = environment.now() - clip.openedAt > limits.clipSeconds * 1_000 + graceMs;
      if (late || clip.bytes > maxBytes) {
        environment.log.info('a consent clip was cut off');
        await this.#cut(trackId);
        throw new DomainError('recording/unknown-track');
      }
    }
    try {
      await sinks.appendTrack(trackId, bytes);
    } catch (error) {
      this.#forget(trackId, 'failed');
      throw error;
    }
  }

  async closeTrack(trackId: string): Promise<void> {
    this.#forget(trackId, 'made');
    await this.#options.sinks.closeTrack(trackId);
  }

  /** Never rejects: a sink that cannot be closed says so itself. */
  async #cut(trackId: string): Promise<void> {
    try {
      await this.closeTrack(trackId);
    } catch (error) {
      this.#options.environment.log.error('a consent clip could not be closed', error);
    }
  }

  #forget(trackId: string, phase: Exclude<ClipPhase, 'recording'>): void {
    const clip = this.#open.get(trackId);
    if (!clip) return;
    clip.stopWaiting();
    this.#open.delete(trackId);
    this.#options.changed(clip.recordingId, clip.participantId, phase);
  }
}
