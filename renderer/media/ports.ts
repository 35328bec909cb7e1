import type { StoreApi } from 'zustand/vanilla';
import type { Result } from '../../common/errors';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/**
 * What the UI may ask of this installation's own media. Nothing here throws or rejects: what goes wrong shows in the
 * media store as a phase with its reason.
 */
export interface MediaController {
  /** Opens the microphone the first time; afterwards only mutes and unmutes, so that speaking again is immediate. */
  setMicrophone(on: boolean): Promise<void>;
  /** Opens the camera, or releases it (its light goes out). */
  setCamera(on: boolean): Promise<void>;
  /** Takes effect at once on what is running, and is kept in the preferences. */
  selectDevice(kind: DeviceKind, id: string): Promise<void>;
  /** Whether the others are not heard here; they hear and are recorded as before. */
  setSilenced(on: boolean): void;
  /** A short tone on the chosen speaker. Resolves when it has been played. */
  playTestSound(): Promise<void>;
}

/** What of one person can be seen and heard at the current position. */
export interface ActiveTracks {
  /** Null: show the person's avatar. */
  readonly videoTrackId: string | null;
  readonly audioOn: boolean;
}

export interface PlayerState {
  readonly phase: 'loading' | 'paused' | 'playing' | 'ended' | 'failed';
  readonly positionMs: number;
  readonly durationMs: number;
  /** By participant ID: everybody who has a track in the recording. */
  readonly active: Readonly<Record<string, ActiveTracks>>;
}

/** Plays all tracks of one recording as one film. Made by `createRecordingPlayer` in `./player`. */
export interface RecordingPlayer {
  readonly store: StoreApi<PlayerState>;
  /** Shows that person's pictures in `video` (muted; the sound comes from the player), or stops doing so. */
  attach(participantId: string, video: HTMLVideoElement | null): void;
  play(): void;
  pause(): void;
  seek(positionMs: number): void;
  dispose(): void;
}

export interface ExportedFile {
  readonly exportId: string;
  readonly fileName: string;
  readonly bytes: number;
}

/** One export that is running. Made by `startExport` in `./export`. */
export interface ExportHandle {
  /** Never rejects. After `cancel` it fails with `export/unknown` and nothing is left on the disk. */
  readonly done: Promise<Result<ExportedFile>>;
  cancel(): void;
}
