import { createStore } from 'zustand/vanilla';

export type DevicePhase =
  | { readonly phase: 'off' }
  | { readonly phase: 'starting' }
  | { readonly phase: 'on' }
  | { readonly phase: 'failed'; readonly reason: 'denied' | 'missing' | 'busy' | 'unknown' };

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface RemoteMedia {
  readonly connection: 'connecting' | 'connected' | 'reconnecting' | 'failed';
  /** Present once connected; always carries one audio and one video track. Show it muted: renderer/media plays the sound. */
  readonly stream: MediaStream | null;
}

/** What the renderer knows of media: facts for the UI to draw. Written by renderer/media only. */
export interface MediaStoreState {
  readonly microphone: DevicePhase;
  readonly camera: DevicePhase;
  /** The camera picture for the self view, null while the camera is off. */
  readonly selfView: MediaStream | null;
  /** 0 to 1, updated about 10 times a second while the microphone is on. */
  readonly level: number;
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  readonly speakers: readonly DeviceChoice[];
  /** By participant ID. */
  readonly remote: Readonly<Record<string, RemoteMedia>>;
  /** Participant IDs (oneself included) speaking right now, the loudest first. */
  readonly speaking: readonly string[];
  /** Who speaks (participant IDs) while nobody's sound is recorded because of that; oneself included. */
  readonly pausedFor: readonly string[];
  /**
   * Which device went away while it was chosen and was replaced by the default one; null again once the person
   * chooses a device. When there is no other one the phase above says `missing` as well.
   */
  readonly lostDevice: 'microphone' | 'camera' | 'speaker' | null;
}

const initialMediaState: MediaStoreState = {
  microphone: { phase: 'off' },
  camera: { phase: 'off' },
  selfView: null,
  level: 0,
  microphones: [],
  cameras: [],
  speakers: [],
  remote: {},
  speaking: [],
  pausedFor: [],
  lostDevice: null,
};

export function createMediaStore() {
  return createStore<MediaStoreState>(() => initialMediaState);
}
export type MediaStore = ReturnType<typeof createMediaStore>;
