/**
 * What is said before bytes pass through: one line of ASCII each, ended by a line feed. A connection begins with one of
 *
 *     KONKLAVE/1 HOST <ticket>      opens the room whose name is the ticket's SHA-256; stays open as the host's bell
 *     KONKLAVE/1 GUEST <room>       waits for the host of that room
 *     KONKLAVE/1 ACCEPT <visit>     the host opens for the guest of that visit
 *
 * and is answered with `OK` or `NO <reason>`. On the bell the relay then says `GUEST <visit>` and `PING`, which the host
 * answers with `PONG`. After `OK` everything that follows on a guest's connection and its ACCEPT is passed through.
 */
export type Opening =
  | { readonly type: 'host'; readonly ticket: string }
  | { readonly type: 'guest'; readonly room: string }
  | { readonly type: 'accept'; readonly visit: string };

/** `full`: a limit is reached; `unknown`: no such room or visit; `taken`: the room is open already; `late`: nobody opened. */
export type RelayRefusal = 'full' | 'unknown' | 'taken' | 'late' | 'protocol';

/** A line is never longer, its line feed included. */
export const lineBytes = 80;

/** 32 random bytes, or their SHA-256, as base64url. */
const secret = '[A-Za-z0-9_-]{43}';
const openings = new RegExp(`^KONKLAVE/1 (?:HOST (${secret})|GUEST (${secret})|ACCEPT (${secret}))$`);

/** Null for anything that is not an opening of this version. */
export function parseOpening(line: string): Opening | null {
  const [, ticket, room, visit] = openings.exec(line) ?? [];
  if (ticket !== undefined) return { type: 'host', ticket };
  if (room !== undefined) return { type: 'guest', room };
  return visit === undefined ? null : { type: 'accept', visit };
}

export function formatOpening(opening: Opening): string {
  switch (opening.type) {
    case 'host':
      return `KONKLAVE/1 HOST ${opening.ticket}\n`;
    case 'guest':
      return `KONKLAVE/1 GUEST ${opening.room}\n`;
    case 'accept':
      return `KONKLAVE/1 ACCEPT ${opening.visit}\n`;
  }
}

/** What the relay says to the host on its bell. */
export type BellLine = { readonly type: 'guest'; readonly visit: string } | { readonly type: 'ping' };

export function parseBellLine(line: string): BellLine | null {
  if (line === 'PING') return { type: 'ping' };
  const visit = new RegExp(`^GUEST (${secret})$`).exec(line)?.[1];
  return visit === undefined ? null : { type: 'guest', visit };
}

export function formatRefusal(reason: RelayRefusal): string {
  return `NO ${reason}\n`;
}

/** What a relay answers to an opening; null for anything else. */
export function parseAnswer(line: string): 'ok' | RelayRefusal | null {
  if (line === 'OK') return 'ok';
  const reason = /^NO (full|unknown|taken|late|protocol)$/.exec(line)?.[1];
  return (reason as RelayRefusal | undefined) ?? null;
}
