/** Sizes and durations that both ends of a connection agree on. */
export const limits = {
  /** A full mesh: each participant sends to every other. */
  participants: 6,
  nameLength: 60,
  titleLength: 100,
  passcodeLength: { min: 4, max: 60 },
  purposeLength: 300,
  contactLength: 200,
  chatLength: 4_000,
  /** Retention of a recording, in days. */
  retentionDays: { min: 1, max: 3_650, default: 14 },
  /** How long somebody has to answer a request for consent, in seconds. */
  answerSeconds: { min: 15, max: 3_600, default: 120 },
  /** How long a consent clip is, in seconds, and how long it is kept, in days. */
  clipSeconds: 10,
  clipRetentionDays: 90,
  /** An SDP offer with candidates is about 6 kB. */
  signalBytes: 65_536,
  frameBytes: 262_144,
  /** An envelope on a data channel, whose messages Chromium limits to 256 KiB. */
  carriedCharacters: 100_000,
  /** At the door: the host's own questions, answers, and how long these are kept, in days. */
  registration: { questionLength: 120, answerLength: 200, retentionDays: { min: 1, max: 1_095, default: 30 } },
  /** People waiting at the door at once. */
  knocks: 20,
  /** People removed whom co-hosts are told of. */
  removed: 200,
  /** Media written at once: one second at 8 Mbit/s. */
  chunkBytes: 1_048_576,
  inviteLifetimeMs: 24 * 60 * 60 * 1000,
} as const;
