import { createHash } from 'node:crypto';

/**
 * The ticket of the room in which guests are awaited who type the code: made from the code's pin, the first 10 bytes of the
 * certificate's SHA-256, so that both sides come to the same room and nothing has to be read out for it.
 *
 * The code's secret is not in it: a relay could find 40 bits out by trying. The pin is no secret before a relay, which
 * can knock and be shown the certificate. Whoever has been given the code could open the room in the host's place while the
 * host's connection to the relay is lost; no guest goes in there, for the certificate is another one.
 */
export function typedTicket(pin: Uint8Array): string {
  return createHash('sha256').update('konklave typed room 1\0', 'ascii').update(pin).digest('base64url');
}
