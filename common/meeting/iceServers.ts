import { z } from 'zod';

/** A server of the team's own that helps peer connections come about: STUN (RFC 8489) or TURN (RFC 8656). */
export interface IceServer {
  readonly scheme: 'stun' | 'turn';
  /** A name, an IPv4 or an IPv6 address (without brackets). */
  readonly host: string;
  readonly port: number;
  /** Between this computer and a TURN server; what goes on from there is UDP. */
  readonly transport: 'udp' | 'tcp';
}

/** `tls`: a `turns:` or `stuns:` address. See docs/decisions/0023-the-teams-own-turn-server.md. */
export type IceServerFault = 'malformed' | 'tls';

/** A meeting names no more servers than this. */
export const maxIceServers = 4;

const defaultPort = 3478;
const pattern =
  /^(stuns?|turns?):(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::([1-9][0-9]{0,4}))?(?:\?transport=(udp|tcp))?$/;

/**
 * Reads `stun:host:port` and `turn:host:port?transport=udp|tcp` (RFC 7064, RFC 7065) as a person types them: spaces around
 * it and upper case do not matter, the port and the transport may be missing.
 */
export function parseIceServer(text: string): IceServer | IceServerFault {
  const match = pattern.exec(text.trim().toLowerCase());
  if (match === null) return 'malformed';
  const [, scheme, six, other = '', digits, transport] = match;
  if (scheme === 'turns' || scheme === 'stuns') return 'tls';
  const port = digits === undefined ? defaultPort : Number(digits);
  const isHost = six === undefined ? isHostName(other) : z.ipv6().safeParse(six).success;
  if (!isHost || port > 65_535) return 'malformed';
  const host = six ?? other;
  if (scheme === 'turn') return { scheme, host, port, transport: transport === 'tcp' ? 'tcp' : 'udp' };
  return transport === undefined ? { scheme: 'stun', host, port, transport: 'udp' } : 'malformed';
}

/** The one way of writing a server: `parseIceServer` reads it back, browsers understand it. */
export function formatIceServer({ scheme, host, port, transport }: IceServer): string {
  const place = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return scheme === 'stun' ? `stun:${place}` : `turn:${place}?transport=${transport}`;
}

/** A server as meetings name it. */
export const iceServerSchema = z
  .string()
  .max(300)
  .refine((text) => {
    const server = parseIceServer(text);
    return typeof server !== 'string' && formatIceServer(server) === text;
  });

export const iceServersSchema = z.array(iceServerSchema).max(maxIceServers);

/** Whether media can be relayed by any of these servers. */
export function hasTurnServer(servers: readonly string[]): boolean {
  return servers.some((server) => server.startsWith('turn:'));
}

/**
 * A name and a password for the team's TURN server, for one participant and a few hours: `username` is the second at which
 * they end, a colon and the participant's ID (draft-uberti-behave-turn-rest-00). The password is Base64 of an HMAC-SHA1.
 */
export const turnCredentialsSchema = z.object({
  username: z.string().regex(/^[1-9][0-9]{9,10}:[A-Za-z0-9_-]{22}$/),
  credential: z.string().regex(/^[A-Za-z0-9+/]{27}=$/),
});
export type TurnCredentials = z.infer<typeof turnCredentialsSchema>;

/** What the TURN servers know too; empty: none. */
export const turnSecretSchema = z
  .string()
  .max(200)
  .regex(/^[\x21-\x7e]*$/);

/** What is set about these servers here; the secret itself does not leave main. */
export interface IceSettings {
  readonly servers: readonly string[];
  readonly hasSecret: boolean;
}

/** A server as the page gets it: by address, for it looks up no names. */
export interface IceEntry {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** A server to be tried out; no entries: its name was not found. */
export interface PreparedServer {
  readonly entries: readonly IceEntry[];
}

/** How peer connections of a meeting may come about. */
export interface IceState {
  readonly servers: readonly IceEntry[];
  /** Nothing may be sent to others but through a TURN server, so that they do not see this computer's address. */
  readonly relayOnly: boolean;
  /** Whether there is a TURN server in `servers`, which goes for credentials too. */
  readonly hasRelay: boolean;
  /** Names of servers that were looked up in vain. */
  readonly notFound: readonly string[];
}

/** A name's labels; what looks like a number is an IPv4 address or nothing (WHATWG URL, 3.5). */
function isHostName(text: string): boolean {
  if (z.ipv4().safeParse(text).success) return true;
  const labels = text.split('.');
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}
