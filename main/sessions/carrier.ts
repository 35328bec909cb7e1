import type { Envelope } from '../../common/protocol/bodies';
import { carriedSchema, type Carried } from '../../common/protocol/carried';
import { parseAs, readJson } from './json';
import { createTokenBucket } from './rendezvous/tokenBucket';
import type { SessionEnvironment } from './sessionEnvironment';

export interface CarrierOptions {
  readonly selfId: string;
  readonly environment: SessionEnvironment;
  readonly isParticipant: (id: string) => boolean;
  /** An envelope that arrived; nothing of it has been checked but its shape. */
  readonly onEnvelope: (envelope: Envelope) => void;
  /** Something that no honest client sends, or too much of it. */
  readonly onDropped: () => void;
}

type Take = (amount: number) => boolean;

/**
 * The second way for envelopes: over the data channels that peer connections have anyway. Whoever is reached by the sender
 * and reaches the addressee passes on once; copies are refused by their sequence numbers.
 */
export class Carrier {
  readonly #options: CarrierOptions;
  readonly #rates = new Map<string, { readonly frames: Take; readonly bytes: Take }>();

  constructor(options: CarrierOptions) {
    this.#options = options;
  }

  send(envelope: Envelope, to: string | null): void {
    this.#emit({ envelope, for: to, passedOn: false }, [envelope.header.from]);
  }

  /** What came over the data channel from this peer. */
  handle(peerId: string, text: string): void {
    const { isParticipant, onDropped, onEnvelope, selfId } = this.#options;
    if (!isParticipant(peerId) || !this.#accept(peerId, text.length)) return onDropped();
    const carried = parseAs(carriedSchema, readJson(text));
    if (carried === null) return onDropped();
    const { envelope, for: to, passedOn } = carried;
    if (envelope.header.from === selfId) return;
    // Only of people one knows: nobody is lent a voice.
    if (!passedOn && to !== selfId && isParticipant(envelope.header.from)) {
      this.#emit({ envelope, for: to, passedOn: true }, [peerId, envelope.header.from]);
    }
    if (to === null || to === selfId) onEnvelope(envelope);
  }

  #emit(carried: Carried, except: readonly string[]): void {
    this.#options.environment.emit('mesh.carry', {
      to: carried.for,
      spread: !carried.passedOn,
      except,
      text: JSON.stringify(carried),
    });
  }

  #accept(peerId: string, size: number): boolean {
    const { clock, policy } = this.#options.environment;
    const rates = this.#rates.get(peerId) ?? {
      frames: createTokenBucket(policy.frames, clock),
      bytes: createTokenBucket(policy.bytes, clock),
    };
    this.#rates.set(peerId, rates);
    return rates.frames(1) && rates.bytes(size);
  }
}
