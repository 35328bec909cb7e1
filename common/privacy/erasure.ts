import type { HeldItem, PersonalKind } from './heldData';
import type { ObjectionKind } from './objections';

/**
 * Why something is not erased with the rest (Art. 17 (3) GDPR): it is on hold for legal claims, it proves that consent was
 * given or a request answered, it is being written right now, it is a request that is not answered, or not told, yet, or it
 * says that what stays may only be stored.
 */
export const staysBecause = ['hold', 'proof', 'running', 'request', 'restricted'] as const;
export type StaysBecause = (typeof staysBecause)[number];

/** What erasing a person would do. */
export interface ErasurePreview {
  readonly goes: readonly HeldItem[];
  readonly stays: readonly (HeldItem & { readonly because: StaysBecause })[];
  /** Copies of recordings with this person that were saved as files: nothing here reaches those. */
  readonly copies: number;
  /** The lists of objections that this person is on: the entries stay, and say nothing about who it is. */
  readonly objections: readonly ObjectionKind[];
}

/** How many items of each kind; kinds of which there is none are missing. */
export type KindCounts = Partial<Readonly<Record<PersonalKind, number>>>;

/** What was erased, signed by the vault's owner (context `personErasure`). For the person: nothing of it is kept here. */
export interface PersonErasureProof {
  readonly format: 'konklave-person-erasure';
  readonly version: 1;
  readonly controllerName: string;
  readonly controllerContact: string;
  readonly controllerKey: string;
  readonly personKey: string;
  /** Milliseconds since 1970. */
  readonly erasedAt: number;
  readonly erased: KindCounts;
  readonly stays: readonly {
    readonly kind: PersonalKind;
    readonly count: number;
    readonly because: StaysBecause;
    /** When the last of it goes by itself; null while it is on hold. */
    readonly until: number | null;
  }[];
  readonly copies: number;
}

export interface SignedPersonErasure {
  readonly proof: PersonErasureProof;
  readonly signature: string;
}

/** Counts chat lines and tracks, not meetings and recordings. */
export function countKinds(items: readonly HeldItem[]): KindCounts {
  const counts: Partial<Record<PersonalKind, number>> = {};
  for (const { kind, count } of items) counts[kind] = (counts[kind] ?? 0) + count;
  return counts;
}
