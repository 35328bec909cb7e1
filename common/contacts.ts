import { z } from 'zod';
import { idSchema } from './meeting/models';

/**
 * Why the app had to do with an address:
 * - `own-door`: it listens there for the guests of its own meeting;
 * - `guest`: somebody came to that door;
 * - `host`: the door of somebody else's meeting;
 * - `relay-room`, `relay-join`: the team's relay, to be found there as a host, or to find a host;
 * - `name`: a name that the system was asked to look up;
 * - `media`: somebody in the meeting, for picture and sound;
 * - `ice-server`: the team's STUN or TURN server, for picture and sound;
 * - `nearby`: everybody in the local network (mDNS).
 */
export type ContactPurpose =
  'own-door' | 'guest' | 'host' | 'relay-room' | 'relay-join' | 'name' | 'media' | 'ice-server' | 'nearby';

/** `open` and `closed` are for what listens, the others for what is dialled; who comes in is `reached`. */
export type ContactState = 'trying' | 'reached' | 'failed' | 'open' | 'closed';

export interface Contact {
  readonly purpose: ContactPurpose;
  /** `host:port`, IPv6 in brackets; without a port where that means nothing. */
  readonly address: string;
  readonly state: ContactState;
  /** Whose address it is, where that is known. */
  readonly who?: string | undefined;
}

/** Takes note of what the app has to do with the network. Never throws. */
export interface ContactNotes {
  /** `trying`, `open` and a coming-in count as one more time; the rest says how the last one went. */
  note(contact: Contact): void;
}

/** For where nobody keeps notes. */
export const noContactNotes: ContactNotes = { note: () => {} };

export interface ContactEntry {
  /** Its number, in order of the first time. */
  readonly id: number;
  readonly purpose: ContactPurpose;
  readonly address: string;
  readonly state: ContactState;
  readonly who: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
  /** The meeting's topic: null outside of meetings, and before one knows. */
  readonly meeting: string | null;
  /** It belongs to the meeting, or the way into one, that goes on now. */
  readonly isCurrent: boolean;
}

/** What the app has had to do with the network since it was started; nobody keeps it. */
export interface ContactList {
  readonly startedAt: number;
  /** The latest first. */
  readonly entries: readonly ContactEntry[];
  /** How many older ones were forgotten because there were too many. */
  readonly forgotten: number;
}

const endSchema = z.object({
  /** An IP address, or a name that ends in `.local`; Chromium keeps some to itself. */
  address: z.string().regex(/^[0-9A-Za-z.:-]{1,253}$/),
  port: z.number().int().min(1).max(65_535),
});

/** What the window knows of one peer connection: whom its packets went to. */
export const mediaContactsSchema = z.object({
  peerId: idSchema,
  /** Addresses that answered; `isServer`: the team's TURN server and not the peer. */
  reached: z.array(endSchema.extend({ isServer: z.boolean() })).max(32),
});
export type MediaContacts = z.infer<typeof mediaContactsSchema>;
