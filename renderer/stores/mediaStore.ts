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

export interface ConnectionEnd {
  readonly address: string;
  readonly port: number;
}

/** Which way the packets of a peer connection go, and how they are encrypted, as Chromium says. Null: it does not say. */
export interface ConnectionFacts {
  /** `relayed`: through a TURN server of the team, on this side or the other. */
  readonly route: 'direct' | 'relayed';
  /** To the next hop: the peer, or the server on this side. */
  readonly protocol: 'udp' | 'tcp';
  /** The TURN server on this side. */
  readonly server: ConnectionEnd | null;
  readonly own: ConnectionEnd | null;
  readonly peer: ConnectionEnd | null;
  /** For example `DTLS 1.2`. */
  readonly dtlsVersion: string | null;
  readonly dtlsCipher: string | null;
  readonly srtpCipher: string | null;
  /** All that answered, not only what is used. */
  readonly reached: readonly (ConnectionEnd & { readonly isServer: boolean })[];
}

export type QualityLevel = 'good' | 'weak' | 'bad';
/** What is wrong: their sound has gaps here; one's own has there; both; it takes long. */
export type QualityCause = 'hearing' | 'sending' | 'both' | 'delay';

/** How well the connection to one person does. Measured here, kept nowhere, sent to nobody. */
export interface PeerQuality {
  readonly level: QualityLevel;
  /** Null when nothing is wrong. */
  readonly cause: QualityCause | null;
  /** Whose connection it is, where that can be told. */
  readonly side: 'own' | 'theirs' | null;
  /** Of what they sent, and of what was sent to them. */
  readonly lostHerePercent: number;
  readonly lostTherePercent: number;
  readonly roundTripMs: number;
  /** The own picture is not sent to this person, so that the sound stays clear. */
  readonly ownPicturePaused: boolean;
  /** Their camera is on, and no picture comes. */
  readonly theirPicturePaused: boolean;
}
/** Why no TURN server helps: `refused`, it does not take the credentials; `unreachable`, no answer. */
export type RelayTrouble = 'refused' | 'unreachable';

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
  /** By participant ID, of those that are or were connected in this meeting. */
  readonly facts: Readonly<Record<string, ConnectionFacts>>;
  /** By participant ID, of those whose connection has been measured. */
  readonly quality: Readonly<Record<string, PeerQuality>>;
  /** Participant IDs (oneself included) speaking right now, the loudest first. */
  readonly speaking: readonly string[];
  /** Who speaks (participant IDs) while nobody's sound is recorded because of that; oneself included. */
  readonly pausedFor: readonly string[];
  /** What is used, or would be: the person's choice, or `default` when that went away. */
  readonly chosen: Readonly<Record<'microphone' | 'camera' | 'speaker', string>>;
  /**
   * Which devices went away while they were chosen and were replaced by the default one; without those that were chosen anew since.
   * When there is no other one the phase above says `missing` as well.
   */
  readonly lostDevices: readonly ('microphone' | 'camera' | 'speaker')[];
  /** The others are not to be heard here: chosen while the app is locked, until it is unlocked. */
  readonly silenced: boolean;
  /** As the newest peer connection has found out; null while all is well, and where there is no TURN server. */
  readonly relayTrouble: RelayTrouble | null;
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
  facts: {},
  quality: {},
  speaking: [],
  pausedFor: [],
  chosen: { microphone: 'default', camera: 'default', speaker: 'default' },
  lostDevices: [],
  silenced: false,
  relayTrouble: null,
};

export function createMediaStore() {
  return createStore<MediaStoreState>(() => initialMediaState);
}
export type MediaStore = ReturnType<typeof createMediaStore>;
