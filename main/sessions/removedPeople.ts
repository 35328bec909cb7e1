import type { Participant } from '../../common/meeting/models';

/**
 * Who was removed from a meeting, for as long as it lasts. What they sent that is still on its way, and what anybody
 * sends under their ID or their key later, is refused whatever a roster says and by whichever path it comes.
 */
export class RemovedPeople {
  readonly #ids = new Set<string>();
  readonly #keys = new Set<string>();

  add({ id, identityKey }: Pick<Participant, 'id' | 'identityKey'>): void {
    this.#ids.add(id);
    this.#keys.add(identityKey);
  }

  /** Somebody who was removed before we came. */
  addKey(identityKey: string): void {
    this.#keys.add(identityKey);
  }

  hasId(participantId: string): boolean {
    return this.#ids.has(participantId);
  }

  hasKey(identityKey: string): boolean {
    return this.#keys.has(identityKey);
  }
}
