import type { Rate } from '../policy';

/** Every limit of a relay. Times in milliseconds. */
export interface RelayPolicy {
  /** Rooms at once, in all and from one source; a meeting has two. */
  readonly rooms: number;
  readonly roomsPerSource: number;
  /** Connections at once, in all and from one source. */
  readonly connections: number;
  readonly connectionsPerSource: number;
  /** New connections from one source. */
  readonly newConnections: Rate;
  /** Guests of one meeting for whom the host has not opened yet. */
  readonly guestsWaiting: number;
  /** From connecting to the end of the first line: whoever is slower is cut off. */
  readonly preambleTimeoutMs: number;
  /** From a guest's first line to the host's answer. */
  readonly acceptTimeoutMs: number;
  /** Nothing passed in either direction for so long: one of them is gone without having said so. */
  readonly idleTimeoutMs: number;
  /** A host that does not answer for so long is gone. */
  readonly hostTimeoutMs: number;
  readonly heartbeatMs: number;
  /** What may pass through one pair of connections, both directions together. */
  readonly bytes: Rate;
}

export const defaultRelayPolicy: RelayPolicy = {
  rooms: 4_000,
  roomsPerSource: 100,
  connections: 20_000,
  connectionsPerSource: 400,
  newConnections: { burst: 200, perSecond: 20 },
  guestsWaiting: 20,
  preambleTimeoutMs: 5_000,
  acceptTimeoutMs: 10_000,
  // Participants say something every five seconds (SessionPolicy.heartbeat).
  idleTimeoutMs: 60_000,
  hostTimeoutMs: 45_000,
  heartbeatMs: 15_000,
  // As much as a host takes from one guest (SessionPolicy.bytes), and as much back.
  bytes: { burst: 8 * 1_048_576, perSecond: 1_048_576 },
};
