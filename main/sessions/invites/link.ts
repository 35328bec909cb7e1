import { DomainError, type ErrorCode } from '../../../common/errors';
import { idSchema } from '../../../common/meeting/models';
import { secretSchema } from '../../../common/protocol/messages';
import { decodeExact } from '../identity';
import { formatAddress, maxAddresses, parseAddress, type HostAddress } from './address';

/** Everything an invite link says. */
export interface InviteLink {
  readonly meetingId: string;
  /** In the order to try them; 1 to 8, or none where there is a relay and the host hides their own. */
  readonly addresses: readonly HostAddress[];
  /** The relay at which the host can be reached too, and the room it keeps open there; null without one. */
  readonly relay: RelayRoom | null;
  /** SHA-256 of the host's certificate (DER), base64url. */
  readonly fingerprint: string;
  readonly secret: string;
  /** The host's identity key, base64url. */
  readonly hostKey: string;
  /** Whole seconds, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A room at a relay. `room`: 32 bytes, base64url. */
export interface RelayRoom {
  readonly address: HostAddress;
  readonly room: string;
}

const linkVersion = 3;
const maxLength = 4_000;

/** The link for an invite. Everything in it is URL-safe; the brackets of IPv6 are escaped (RFC 3986, section 3.4). */
export function buildInviteLink(invite: InviteLink): string {
  const escaped = (address: HostAddress) => formatAddress(address).replace('[', '%5B').replace(']', '%5D');
  const addresses = invite.addresses.map((address) => `at=${escaped(address)}`);
  const relay = invite.relay === null ? [] : [`via=${escaped(invite.relay.address)}`, `room=${invite.relay.room}`];
  return `konklave://join?${[
    `v=${linkVersion}`,
    `id=${invite.meetingId}`,
    ...addresses,
    ...relay,
    `fp=${invite.fingerprint}`,
    `c=${invite.secret}`,
    `k=${invite.hostKey}`,
    `exp=${invite.expiresAt / 1_000}`,
  ].join('&')}`;
}

/**
 * Reads an invite link; nothing unknown, repeated or not canonical is let through.
 *
 * Throws DomainError: `invite/foreign` (another program's link), `invite/malformed`, `invite/newer-version`,
 * `invite/expired` (by `now`).
 */
export function parseInviteLink(text: string, now: number): InviteLink {
  const parameters = readParameters(readQuery(text.trim()));
  const version = single(parameters, 'v');
  ensure(/^[1-9][0-9]{0,5}$/.test(version));
  ensure(Number(version) <= linkVersion, 'invite/newer-version');
  ensure([...parameters.keys()].every((name) => known.has(name)));

  const meetingId = single(parameters, 'id');
  const fingerprint = single(parameters, 'fp');
  const secret = single(parameters, 'c');
  const hostKey = single(parameters, 'k');
  const expiry = single(parameters, 'exp');
  const places = parameters.get('at') ?? [];
  ensure(idSchema.safeParse(meetingId).success && decodeExact(meetingId, 16) !== null);
  ensure(decodeExact(fingerprint, 32) !== null && decodeExact(hostKey, 32) !== null);
  ensure(secretSchema.safeParse(secret).success);
  ensure(/^[1-9][0-9]{0,10}$/.test(expiry));
  const relay = readRelay(parameters);
  ensure((places.length >= 1 || relay !== null) && places.length <= maxAddresses);

  const addresses = places.map(parseAddress);
  const expiresAt = Number(expiry) * 1_000;
  ensure(expiresAt > now, 'invite/expired');
  return { meetingId, addresses, relay, fingerprint, secret, hostKey, expiresAt };
}

const known: ReadonlySet<string> = new Set(['v', 'id', 'at', 'via', 'room', 'fp', 'c', 'k', 'exp']);

function readRelay(parameters: ReadonlyMap<string, readonly string[]>): RelayRoom | null {
  if (!parameters.has('via') && !parameters.has('room')) return null;
  const room = single(parameters, 'room');
  ensure(decodeExact(room, 32) !== null);
  return { address: parseAddress(single(parameters, 'via')), room };
}

function readQuery(text: string): string {
  ensure(text.length <= maxLength);
  const uri = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^]*)$/i.exec(text);
  if (uri === null) throw new DomainError('invite/malformed');
  const [, scheme = '', site = '', rest = ''] = uri;
  ensure(scheme.toLowerCase() === 'konklave' && site.toLowerCase() === 'join', 'invite/foreign');
  // Some systems put a slash between a host and its query.
  const query = /^\/?\?([^#]*)$/.exec(rest)?.[1];
  if (query === undefined) throw new DomainError('invite/malformed');
  return query;
}

function readParameters(query: string): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>();
  for (const part of query.split('&')) {
    const [, name, value] = /^([a-z]+)=([^]+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) throw new DomainError('invite/malformed');
    parameters.set(name, [...(parameters.get(name) ?? []), decode(value)]);
  }
  return parameters;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw new DomainError('invite/malformed', error);
  }
}

function single(parameters: ReadonlyMap<string, readonly string[]>, name: string): string {
  const values = parameters.get(name) ?? [];
  ensure(values.length === 1);
  return values[0] ?? '';
}

function ensure(condition: boolean, code: ErrorCode = 'invite/malformed'): void {
  if (!condition) throw new DomainError(code);
}
