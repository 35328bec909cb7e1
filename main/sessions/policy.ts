import { limits } from '../../common/meeting/limits';

/** A token bucket: `burst` at once, refilled by `perSecond`. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Every timeout and limit of a session that the protocol itself does not fix. Pure data and functions. */
export interface SessionPolicy {
  readonly connect: {
    /** The next address is tried when the one before has not answered for this long (RFC 8305). */
    readonly staggerMs: number;
    readonly attemptMs: number;
    readonly totalMs: number;
  };
  /** From the end of the TLS handshake to a good hello, and from a hello to the welcome. */
  readonly helloTimeoutMs: number;
  /** From the welcome to the knock: a person reads the notice meanwhile. */
  readonly previewTimeoutMs: number;
  /** How long the place of a participant is kept whose connection was lost. */
  readonly placeKeptMs: number;
  /** How long that of a host is kept whom a co-host has replaced. */
  readonly hostPlaceKeptMs: number;
  /** How often a new host says again where the meeting is, to those who have not come. */
  readonly takeOverNoticeMs: number;
  /** How a lost connection to the host is made anew. */
  readonly comeBack: {
    readonly connect: SessionPolicy['connect'];
    readonly delayMs: (attempt: number) => number;
  };
  readonly heartbeat: { readonly intervalMs: number; readonly missed: number };
  /** How long a closing connection may take to say its last words. */
  readonly closeGraceMs: number;
  readonly frames: Rate;
  readonly bytes: Rate;
  /** A frame before admission holds a hello or a knock, nothing longer. */
  readonly doorFrameBytes: number;
  /** A peer that does not read is cut off when this much waits for it. */
  readonly queuedBytes: number;
  readonly connections: number;
  readonly connectionsPerSource: number;
  /** Connections that know the code and have not been admitted. */
  readonly previews: number;
  /** How long an address is turned away after so many wrong codes. */
  readonly wrongCodeDelayMs: (failures: number) => number;
  /** How long no passcode is looked at after so many wrong ones in a meeting, wherever they came from. */
  readonly meetingPasscodeDelayMs: (failures: number) => number;
  /** The host's side of a relay. The relay beats every 15 seconds. */
  readonly relay: {
    readonly timeoutMs: number;
    readonly silenceMs: number;
    readonly retryMs: (failures: number) => number;
  };
  readonly ice: {
    /** How long connections wait for the names of servers to be looked up. */
    readonly lookupMs: number;
    /** Of TURN credentials; there are new ones when half of it is over. */
    readonly credentialsMs: number;
  };
  /** How long to wait before connecting a failed peer anew, by the number of failures shortly before. */
  readonly reconnectDelayMs: (attempt: number) => number;
}

export const defaultPolicy: SessionPolicy = {
  connect: { staggerMs: 250, attemptMs: 6_000, totalMs: 15_000 },
  helloTimeoutMs: 10_000,
  previewTimeoutMs: 30 * 60_000,
  placeKeptMs: 120_000,
  hostPlaceKeptMs: 60 * 60_000,
  takeOverNoticeMs: 2_000,
  comeBack: {
    // Short: an attempt that began while the network was away does not notice that it is back.
    connect: { staggerMs: 150, attemptMs: 2_500, totalMs: 4_000 },
    delayMs: (attempt) => (attempt === 0 ? 0 : Math.min(5_000, 250 * 2 ** (attempt - 1))),
  },
  // Noticed within 8 seconds. A false alarm costs little: the place is kept, and nobody is asked again.
  heartbeat: { intervalMs: 2_000, missed: 3 },
  closeGraceMs: 1_000,
  frames: { burst: 400, perSecond: 100 },
  bytes: { burst: 4 * 1_048_576, perSecond: 524_288 },
  doorFrameBytes: 8_192,
  queuedBytes: 8 * 1_048_576,
  connections: 200,
  connectionsPerSource: 32,
  previews: 2 * limits.knocks,
  wrongCodeDelayMs: (failures) => (failures < 5 ? 0 : Math.min(60_000, 1_000 * 2 ** (failures - 5))),
  meetingPasscodeDelayMs: (failures) => (failures < 20 ? 0 : Math.min(60_000, 1_000 * 2 ** (failures - 20))),
  relay: {
    timeoutMs: 10_000,
    silenceMs: 45_000,
    retryMs: (failures) => Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6)),
  },
  reconnectDelayMs: (attempt) => Math.min(2_000, 250 * 2 ** attempt),
  ice: { lookupMs: 4_000, credentialsMs: 4 * 60 * 60_000 },
};
