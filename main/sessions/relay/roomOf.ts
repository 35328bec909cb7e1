import { createHash } from 'node:crypto';

/** The name under which guests find a room: whoever learns it cannot open it in the host's place. */
export function roomOf(ticket: string): string {
  return createHash('sha256').update(ticket, 'ascii').digest('base64url');
}
