import { DomainError } from '../../common/errors';
import type { HeldPerson } from '../../common/privacy/heldData';
import type { Objection, ObjectionKind, ObjectionReason, Objector } from '../../common/privacy/objections';
import type { PersonStanding, RestrictionGround } from '../../common/privacy/personStanding';
import { objectionsOf } from '../vault/objectionsOf';
import type { Vault } from '../vault/repositories';
import { heldPeople } from './heldData';

export interface StandingsOptions {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly now: () => number;
  readonly newId: () => string;
  /** Who does not want what is another: what is being recorded has to follow. */
  readonly objectionsChanged: () => void;
  /** Somebody's data may only be stored from now on, or not only any more. */
  readonly restrictionsChanged: () => void;
  /** What is kept of somebody is another. */
  readonly changed: () => void;
}

/** What people may have put right, restricted and refused (Art. 16, 18, 21 GDPR), carried out by whoever keeps the data. */
export class Standings {
  readonly #options: StandingsOptions;

  constructor(options: StandingsOptions) {
    this.#options = options;
  }

  /** Of somebody about whom nothing else is kept, what is found under the key. */
  of(identityKey: string): PersonStanding {
    const vault = this.#options.vault();
    const known = heldPeople(vault).find((one) => one.identityKey === identityKey);
    return personStanding(vault, known ?? { identityKey, name: '' });
  }

  /** Throws `privacy/not-found`, and `privacy/self` for the vault's owner. */
  restrict(identityKey: string, ground: RestrictionGround): void {
    const { vault, now, restrictionsChanged, changed } = this.#options;
    this.#contact(identityKey);
    vault().restrictions.set({ identityKey, ground, since: now() });
    restrictionsChanged();
    changed();
  }

  /** Throws `privacy/not-found` when there is no restriction. */
  liftRestriction(identityKey: string): void {
    const { vault, restrictionsChanged, changed } = this.#options;
    if (!vault().restrictions.lift(identityKey)) throw new DomainError('privacy/not-found');
    restrictionsChanged();
    changed();
  }

  /** Throws like `restrict`. */
  correctName(identityKey: string, name: string): void {
    const { vault, now, changed } = this.#options;
    this.#contact(identityKey);
    vault().rectifications.correctName({ identityKey, name, at: now() });
    changed();
  }

  /** About the person, or one of the chat lines they wrote. Throws like `restrict`, and for the line of somebody else. */
  addStatement(identityKey: string, chatId: string | null, text: string): void {
    const { vault, now, newId, changed } = this.#options;
    const person = this.#contact(identityKey);
    if (chatId !== null && !this.#wrote(person, chatId)) throw new DomainError('privacy/not-found');
    vault().rectifications.addStatement({ id: newId(), chatId, text, madeAt: now() }, identityKey);
    changed();
  }

  /** Throws `privacy/not-found`. */
  removeStatement(id: string): void {
    if (!this.#options.vault().rectifications.removeStatement(id)) throw new DomainError('privacy/not-found');
    this.#options.changed();
  }

  objections(): readonly Objection[] {
    return this.#options.vault().objections.list();
  }

  /** The entries in which this person is found; they are asked for, not listed. */
  findObjections(who: Objector): readonly Objection[] {
    return this.#options.vault().objections.of(who);
  }

  /** Puts somebody on these lists, known here or not. Throws `privacy/self` for the vault's owner. */
  object(kinds: readonly ObjectionKind[], reason: ObjectionReason, who: Objector): void {
    const { vault, now, objectionsChanged, changed } = this.#options;
    if (who.identityKey === vault().profile.get().identityKey) throw new DomainError('privacy/self');
    for (const kind of kinds) vault().objections.add({ kind, reason, addedAt: now(), who });
    objectionsChanged();
    changed();
  }

  /** The person has taken it back. Throws `privacy/not-found`. */
  removeObjection(id: string): void {
    const { vault, objectionsChanged, changed } = this.#options;
    if (!vault().objections.remove(id)) throw new DomainError('privacy/not-found');
    objectionsChanged();
    changed();
  }

  /** Somebody else about whom something is kept; among the contacts from now on, on which all of this hangs. */
  #contact(identityKey: string): HeldPerson {
    const { vault, now } = this.#options;
    const person = this.#person(identityKey);
    if (person.isSelf) throw new DomainError('privacy/self');
    const { people } = vault();
    if (people.nameOf(identityKey) === null) people.met({ identityKey, name: person.name, at: now() });
    return person;
  }

  #wrote({ identityKey, items }: HeldPerson, chatId: string): boolean {
    const { chat } = this.#options.vault();
    return items
      .flatMap(({ kind, id }) => (kind === 'chat' && id !== null ? chat.history(id) : []))
      .some(({ id, senderKey }) => id === chatId && senderKey === identityKey);
  }

  #person(identityKey: string): HeldPerson {
    const person = heldPeople(this.#options.vault()).find((one) => one.identityKey === identityKey);
    if (person === undefined) throw new DomainError('privacy/not-found');
    return person;
  }
}

/** What of this person's wishes is in force. */
export function personStanding(
  vault: Vault,
  { identityKey, name }: Pick<HeldPerson, 'identityKey' | 'name'>,
): PersonStanding {
  return {
    restriction: vault.restrictions.of(identityKey),
    correction: vault.rectifications.correctionOf(identityKey),
    statements: vault.rectifications.statementsOf(identityKey),
    objections: objectionsOf(vault, { identityKey, name }),
  };
}
