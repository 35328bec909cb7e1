import { isIP, isIPv6, type Socket } from 'node:net';
import type { ContactNotes, ContactPurpose } from '../../common/contacts';

/** What is dialled: a name or an IP address (IPv6 without brackets), and a port. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
}

/**
 * Notes whom a socket that has just been made is connecting to: the name that is looked up, each address that is tried,
 * and whether it answered. To be called before the event loop turns.
 */
export function noteDialling(
  socket: Socket,
  purpose: ContactPurpose,
  { host, port }: Dialled,
  contacts: ContactNotes,
): void {
  const tried = new Set<string>();
  const isName = isIP(host) === 0;
  let found = false;
  let reached: string | null = null;

  const attempt = (ip: string) => {
    const address = formatEnd(ip, port);
    if (tried.has(address)) return;
    tried.add(address);
    contacts.note({ purpose, address, state: 'trying' });
  };
  if (isName) contacts.note({ purpose: 'name', address: host, state: 'trying' });
  else attempt(host);
  socket.on('lookup', (error: Error | null, ip: string) => {
    if (error !== null || found) return;
    found = true;
    contacts.note({ purpose: 'name', address: host, state: 'reached' });
    // With several addresses to a name the first is tried first; of the others `connectionAttempt` tells.
    attempt(ip);
  });
  socket.on('connectionAttempt', attempt);
  socket.once('connect', () => {
    if (socket.remoteAddress === undefined) return;
    attempt(socket.remoteAddress);
    reached = formatEnd(socket.remoteAddress, port);
    contacts.note({ purpose, address: reached, state: 'reached' });
  });
  socket.once('close', () => {
    if (isName && !found) contacts.note({ purpose: 'name', address: host, state: 'failed' });
    for (const address of tried) if (address !== reached) contacts.note({ purpose, address, state: 'failed' });
  });
}

function formatEnd(ip: string, port: number): string {
  return isIPv6(ip) ? `[${ip}]:${port}` : `${ip}:${port}`;
}
