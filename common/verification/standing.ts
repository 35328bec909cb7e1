import { looksAlike } from './names';

/** What this installation remembers of one identity key. Times are milliseconds since 1970. */
export interface KnownPerson {
  readonly identityKey: string;
  readonly name: string;
  readonly metAt: number;
  /** Since when it bears this name. */
  readonly namedAt: number;
  /** When codes were compared, and the name it had then; null: not compared, or taken back. */
  readonly verifiedAt: number | null;
  readonly verifiedAs: string | null;
  /** The name under which the person at this desktop took it for a new key of somebody they know. */
  readonly acceptedAs: string | null;
}

/** Somebody met before under the same name and another key. */
export interface EarlierKey {
  readonly name: string;
  readonly lastMetAt: number;
  /** Codes had been compared with that one. */
  readonly wasVerified: boolean;
}

/** What a name and a key together are worth here. */
export interface Standing {
  /** The name this key was last met under; null when it is new. */
  readonly knownAs: string | null;
  /** When codes were compared with this key under this name. */
  readonly verifiedAt: number | null;
  /** Set when the name belongs to another key: a new device, somebody of the same name, or an impostor. */
  readonly earlierKey: EarlierKey | null;
}

export const unknownStanding: Standing = { knownAs: null, verifiedAt: null, earlierKey: null };

/**
 * How a key that calls itself `name` stands, given everybody who is remembered. Whoever bore the name first keeps it: the
 * others are warned of until codes were compared or the person here said that they know. Both count for the name they were
 * given under only, so that somebody verified cannot take another's name.
 */
export function standingOf(people: readonly KnownPerson[], identityKey: string, name: string): Standing {
  const own = people.find((one) => one.identityKey === identityKey);
  const fits = (given: string | null | undefined) => typeof given === 'string' && looksAlike(given, name);
  const verifiedAt = own !== undefined && fits(own.verifiedAs) ? own.verifiedAt : null;
  const isSettled = verifiedAt !== null || fits(own?.acceptedAs);
  return { knownAs: own?.name ?? null, verifiedAt, earlierKey: isSettled ? null : earlierKey(people, own, name) };
}

function earlierKey(people: readonly KnownPerson[], own: KnownPerson | undefined, name: string): EarlierKey | null {
  const since = own !== undefined && looksAlike(own.name, name) ? own.namedAt : Infinity;
  const [found] = people
    .filter((one) => one.identityKey !== own?.identityKey && one.namedAt < since && looksAlike(one.name, name))
    .sort((one, other) => Number(isVerified(other)) - Number(isVerified(one)) || other.metAt - one.metAt);
  return found === undefined ? null : { name: found.name, lastMetAt: found.metAt, wasVerified: isVerified(found) };
}

function isVerified({ verifiedAt }: KnownPerson): boolean {
  return verifiedAt !== null;
}
