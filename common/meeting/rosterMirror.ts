import type { HostMessage } from '../protocol/messages';
import type { Participant } from './models';

export type RosterMessage = Extract<HostMessage, { type: 'roster' }>;

/** A guest's copy of the host's roster. */
export interface RosterMirror {
  readonly revision: number;
  readonly locked: boolean;
  readonly participants: readonly Participant[];
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
 * last is how a host would place itself between two guests in the middle of a meeting (R18).
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
  };
}
