import { createHash } from 'node:crypto';
import type { SignalData } from '../../../common/protocol/bodies';
import { readFingerprint } from '../../../common/verification/fingerprint';

type Direction = 'own' | 'theirs';

/**
 * Which certificates the signed descriptions of one generation of a peer connection name, at either end. One description
 * for each end and generation: the offer of the initiator, the answer of the other.
 */
export class BoundConnection {
  readonly generation: number;
  readonly #isInitiator: boolean;
  readonly #fingerprints: { own: string | null; theirs: string | null } = { own: null, theirs: null };

  constructor(generation: number, isInitiator: boolean) {
    this.generation = generation;
    this.#isInitiator = isInitiator;
  }

  get own(): string | null {
    return this.#fingerprints.own;
  }

  get theirs(): string | null {
    return this.#fingerprints.theirs;
  }

  /**
   * Whether this signal may pass. A description passes once, if it is the kind this end makes and names exactly one
   * certificate; it is bound with that. What is no description binds nothing.
   */
  take(direction: Direction, signal: SignalData): boolean {
    if (signal.type !== 'offer' && signal.type !== 'answer') return true;
    const makesOffer = this.#isInitiator === (direction === 'own');
    if (this.#fingerprints[direction] !== null || (signal.type === 'offer') !== makesOffer) return false;
    const fingerprint = readFingerprint(signal.sdp);
    if (fingerprint === null) return false;
    this.#fingerprints[direction] = fingerprint;
    return true;
  }

  /** True when there are certificates (DER) and each of them is the one the other end's description was signed with. */
  isProvenBy(certificates: readonly Uint8Array[]): boolean {
    const { theirs } = this.#fingerprints;
    return theirs !== null && certificates.length > 0 && certificates.every((one) => fingerprintText(one) === theirs);
  }
}

/** As session descriptions write it: `AA:BB:…`. */
function fingerprintText(certificate: Uint8Array): string {
  return createHash('sha256')
    .update(certificate)
    .digest('hex')
    .toUpperCase()
    .replaceAll(/..(?!$)/g, '$&:');
}
