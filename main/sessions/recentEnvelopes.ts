import type { Envelope } from '../../common/protocol/bodies';

/** What a meeting of six says in a minute is far less. */
const atMost = { envelopes: 256, bytes: 1_048_576 };

/**
 * What was said a moment ago, to be said again to somebody who has come back: a connection that is lost takes with it what
 * was on its way, and more until the loss is noticed. Everything is signed, and nothing is taken twice.
 */
export class RecentEnvelopes {
  #entries: { readonly envelope: Envelope; readonly bytes: number; readonly position: number }[] = [];
  #bytes = 0;
  #position = 0;
  readonly #since = new Map<string, number>();

  /** What was said before this participant came is not for it. */
  handleJoined(participantId: string): void {
    this.#since.set(participantId, this.#position);
  }

  handleLeft(participantId: string): void {
    this.#since.delete(participantId);
  }

  add(envelope: Envelope): void {
    const bytes = JSON.stringify(envelope).length;
    this.#position += 1;
    this.#entries.push({ envelope, bytes, position: this.#position });
    this.#bytes += bytes;
    while (this.#entries.length > atMost.envelopes || this.#bytes > atMost.bytes) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
  }

  /** What this participant said after `sequence`, in order. */
  saidBy(participantId: string, sequence: number): readonly Envelope[] {
    return this.#entries
      .map(({ envelope }) => envelope)
      .filter(({ header }) => header.from === participantId && header.sequence > sequence);
  }

  /** What others said to this participant or to everybody, in order. */
  saidTo(participantId: string): readonly Envelope[] {
    const since = this.#since.get(participantId) ?? this.#position;
    return this.#entries
      .filter(({ position }) => position > since)
      .map(({ envelope }) => envelope)
      .filter(({ header: { from, to } }) => from !== participantId && (to === null || to === participantId));
  }
}
