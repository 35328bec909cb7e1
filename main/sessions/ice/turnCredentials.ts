import { createHmac } from 'node:crypto';
import type { TurnCredentials } from '../../../common/meeting/iceServers';

/**
 * Credentials for a TURN server that knows the same secret (coturn: `use-auth-secret`, `static-auth-secret`), as in
 * draft-uberti-behave-turn-rest-00: new relayed addresses can be had with them until `expiresAt`, those one has can be kept.
 * The user's ID, which the server may log, is the participant's: it names nobody outside of the meeting.
 */
export function makeTurnCredentials(secret: string, participantId: string, expiresAt: number): TurnCredentials {
  const username = `${Math.floor(expiresAt / 1_000)}:${participantId}`;
  return { username, credential: createHmac('sha1', secret).update(username, 'utf8').digest('base64') };
}
