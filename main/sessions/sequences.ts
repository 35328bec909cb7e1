import type { BodyType } from '../../common/protocol/bodies';

/** How far behind the newest of its sender an envelope may arrive. */
const window = 256;

type Group = 'recording' | 'media' | 'moderation' | 'verification' | 'notice';

/**
 * Bodies of one group count only in the order in which they were said: an answer must not arrive after the withdrawal that
 * takes it back. What is in none stands by itself, or has an order of its own, and may arrive late by a longer way.
 */
const groups: Readonly<Record<BodyType, Group | null>> = {
  signal: null,
  reconnect: null,
  chat: null,
  leaving: null,
  handOver: null,
  takeOver: null,
  stillHost: null,
  mediaState: 'media',
  muteRequest: 'moderation',
  moderate: 'moderation',
  participantRemoved: 'moderation',
  verifyAsk: 'verification',
  verifyCommit: 'verification',
  verifyNonce: 'verification',
  verifyReveal: 'verification',
  noticeChanged: 'notice',
  noticeAcknowledged: 'notice',
  consentRequest: 'recording',
  consentAnswer: 'recording',
  consentWithdrawal: 'recording',
  consentReceipt: 'recording',
  recordingStatus: 'recording',
  recordingStopped: 'recording',
  erasureProof: 'recording',
};

interface Heard {
  highest: number;
  readonly ordered: Map<Group, number>;
  readonly recent: Set<number>;
}

/** Which envelopes of each sender have been taken, so that none is taken twice (as in RFC 4303, section 3.4.3). */
export class Sequences {
  readonly #heard = new Map<string, Heard>();

  /** The highest that was taken of this sender; 0 when none was. */
  highest(from: string): number {
    return this.#heard.get(from)?.highest ?? 0;
  }

  isNew(from: string, sequence: number, type: BodyType): boolean {
    const heard = this.#heard.get(from);
    if (heard === undefined) return true;
    if (sequence <= heard.highest - window || heard.recent.has(sequence)) return false;
    const group = groups[type];
    return group === null || sequence > (heard.ordered.get(group) ?? 0);
  }

  take(from: string, sequence: number, type: BodyType): void {
    const heard = this.#heard.get(from) ?? { highest: 0, ordered: new Map<Group, number>(), recent: new Set<number>() };
    heard.highest = Math.max(heard.highest, sequence);
    const group = groups[type];
    if (group !== null) heard.ordered.set(group, sequence);
    heard.recent.add(sequence);
    for (const old of heard.recent) if (old <= heard.highest - window) heard.recent.delete(old);
    this.#heard.set(from, heard);
  }
}
