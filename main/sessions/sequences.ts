import type { BodyType } from '../../common/protocol/bodies';

/** How far behind the newest of its sender an envelope may arrive. */
const window = 256;

/**
 * Of these each stands by itself, so one that took a longer way may arrive after a later one. All others count only in
 * order: an answer must not arrive after the withdrawal that takes it back.
 */
const orderless: ReadonlySet<BodyType> = new Set(['chat', 'signal', 'reconnect'] as const);

interface Heard {
  highest: number;
  highestOrdered: number;
  readonly recent: Set<number>;
}

/** Which envelopes of each sender have been taken, so that none is taken twice (RFC 4303, section 3.4.3). */
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
    return orderless.has(type) || sequence > heard.highestOrdered;
  }

  take(from: string, sequence: number, type: BodyType): void {
    const heard = this.#heard.get(from) ?? { highest: 0, highestOrdered: 0, recent: new Set() };
    heard.highest = Math.max(heard.highest, sequence);
    if (!orderless.has(type)) heard.highestOrdered = Math.max(heard.highestOrdered, sequence);
    heard.recent.add(sequence);
    for (const old of heard.recent) if (old <= heard.highest - window) heard.recent.delete(old);
    this.#heard.set(from, heard);
  }
}
