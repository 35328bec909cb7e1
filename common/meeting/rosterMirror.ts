import type { HostMessage } from '../protocol/messages';
import type { Participant } from './models';

export type RosterMessage = Extract<HostMessage, { type: 'roster' }>;

/** A guest's copy of the host's roster. */
export interface RosterMirror {
  readonly revision: number;
  readonly locked: boolean;
  readonly participants: readonly Participant[];
  /** Keys of people whom the host removed: while we were here, and, for co-hosts, before. */
  readonly removedKeys: readonly string[];
}

/** What a guest knows from the welcome and its admission, and holds every roster against. */
export interface RosterAnchor {
  readonly selfId: string;
  readonly identityKey: string;
  readonly hostKey: string;
}

/**
 * The guest's next copy, or null when the host's message cannot be true: an old revision, IDs or keys that occur
 * twice, no host or another host, oneself missing or under another key, somebody's key changed under a known ID. The
 * last is how a host would place itself between two guests in the middle of a meeting (R18). Nor does somebody come back
 * who was removed.
 *
 * One's own media state is kept: the host's may be older.
 */
export function mirrorRoster(
  previous: RosterMirror | null,
  message: RosterMessage,
  anchor: RosterAnchor,
): RosterMirror | null {
  const { participants, revision, locked } = message;
  if (previous !== null && revision <= previous.revision) return null;
  if (new Set(participants.map((one) => one.id)).size !== participants.length) return null;
  if (new Set(participants.map((one) => one.identityKey)).size !== participants.length) return null;

  const hosts = participants.filter((one) => one.role === 'host');
  const self = participants.find((one) => one.id === anchor.selfId);
  if (hosts.length !== 1 || hosts[0]?.identityKey !== anchor.hostKey) return null;
  if (self === undefined || self.role === 'host' || self.identityKey !== anchor.identityKey) return null;

  const removedKeys = previous?.removedKeys ?? [];
  if (participants.some((one) => removedKeys.includes(one.identityKey))) return null;

  const known = new Map(previous?.participants.map((one) => [one.id, one]));
  for (const one of participants) {
    const before = known.get(one.id);
    if (before === undefined) continue;
    if (before.identityKey !== one.identityKey) return null;
    // A guest becomes co-host and a co-host guest; the host stays who it is.
    if ((before.role === 'host') !== (one.role === 'host')) return null;
  }
  const ownMedia = known.get(anchor.selfId)?.media;
  return {
    revision,
    locked,
    participants: participants.map((one) =>
      one.id === anchor.selfId && ownMedia !== undefined ? { ...one, media: ownMedia } : one,
    ),
    removedKeys,
  };
}

/**
 * The copy without somebody whom the host says it removed, now and in every roster to come; or null when that cannot be
 * true: it is the host, oneself, or somebody with another key.
 */
export function mirrorRemoval(
  mirror: RosterMirror,
  { participantId, identityKey }: { readonly participantId: string; readonly identityKey: string },
  anchor: RosterAnchor,
): RosterMirror | null {
  if ([anchor.hostKey, anchor.identityKey].includes(identityKey) || participantId === anchor.selfId) return null;
  const participant = mirror.participants.find((one) => one.id === participantId);
  if (participant !== undefined && participant.identityKey !== identityKey) return null;
  return {
    ...mirror,
    participants: mirror.participants.filter((one) => one.identityKey !== identityKey),
    removedKeys: withKeys(mirror, [identityKey]),
  };
}

/** The copy that knows of people removed before we came, which co-hosts are told. Those who are here are not among them. */
export function mirrorRemovedKeys(mirror: RosterMirror, keys: readonly string[]): RosterMirror {
  const isHere = (key: string) => mirror.participants.some((one) => one.identityKey === key);
  return {
    ...mirror,
    removedKeys: withKeys(
      mirror,
      keys.filter((key) => !isHere(key)),
    ),
  };
}

function withKeys({ removedKeys }: RosterMirror, keys: readonly string[]): readonly string[] {
  return [...new Set([...removedKeys, ...keys])];
}
