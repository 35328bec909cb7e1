import { fingerprintOf, randomNonce, type RandomBytes } from '../identity';
import type { Timers } from '../timing';

export interface PlacesOptions {
  readonly random: RandomBytes;
  readonly timers: Timers;
  /** How long a place is kept; by a timer, so no clock that is set can shorten or lengthen it. */
  readonly keptMs: number;
  readonly onGone: (participantId: string) => void;
}

/**
 * The places of those who were admitted: the token with which each comes back, and how long it is waited for. Tokens are
 * compared by their hash, so that the time it takes tells nothing of them.
 */
export class Places {
  readonly #options: PlacesOptions;
  readonly #tokens = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #removed = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** The token of this participant, the same each time. */
  tokenOf(participantId: string): string {
    const token = this.#tokens.get(participantId) ?? randomNonce(this.#options.random);
    this.#tokens.set(participantId, token);
    this.#owners.set(hashOf(token), participantId);
    return token;
  }

  /** Those that were given out by a process before this one. */
  restore(tokens: readonly (readonly [string, string])[]): void {
    for (const [participantId, token] of tokens) {
      this.#tokens.set(participantId, token);
      this.#owners.set(hashOf(token), participantId);
    }
  }

  tokens(): [string, string][] {
    return [...this.#tokens];
  }

  /** Whose token this is, or null. */
  ownerOf(token: string): string | null {
    return this.#owners.get(hashOf(token)) ?? null;
  }

  /** From now on this participant's token is that of somebody who was sent away. */
  handleRemoved(participantId: string): void {
    this.#removed.add(hashOf(this.tokenOf(participantId)));
  }

  /** Whose token it was has been sent away. */
  isRemoved(token: string): boolean {
    return this.#removed.has(hashOf(token));
  }

  handleAway(participantId: string, keptMs = this.#options.keptMs): void {
    if (this.#waiting.has(participantId)) return;
    const gone = () => {
      this.#waiting.delete(participantId);
      this.#options.onGone(participantId);
    };
    this.#waiting.set(participantId, this.#options.timers.after(keptMs, gone));
  }

  handleBack(participantId: string): void {
    this.#waiting.get(participantId)?.();
    this.#waiting.delete(participantId);
  }

  /** Forgets everybody else: whoever left or was removed has no place any more. */
  retain(participantIds: readonly string[]): void {
    for (const [participantId, token] of [...this.#tokens]) {
      if (participantIds.includes(participantId)) continue;
      this.#tokens.delete(participantId);
      this.#owners.delete(hashOf(token));
    }
    for (const participantId of [...this.#waiting.keys()]) {
      if (!participantIds.includes(participantId)) this.handleBack(participantId);
    }
  }

  dispose(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}

function hashOf(token: string): string {
  return fingerprintOf(Buffer.from(token, 'utf8'));
}
