import type { PeerTrust } from '../../../common/verification/trust';
import type { RemoteMedia } from '../../stores/mediaStore';
import { trustPhase } from '../verification/trustPhase';

/**
 * - `alone`: nobody to talk to; nothing leaves the device;
 * - `insecure`: a connection was not the one that was signed, and was cut;
 * - `warning`: encrypted, but to whom is in doubt: a name came with another key, or compared codes differed;
 * - `securing`: some connections are not up yet; nothing goes over those;
 * - `verified`: everybody is connected, and codes were compared with everybody;
 * - `encrypted`: everybody is connected, all of it end-to-end encrypted.
 * There is no unencrypted state: a connection that is not encrypted does not come about (DTLS-SRTP is mandatory in WebRTC).
 */
export type EncryptionPhase = 'alone' | 'insecure' | 'warning' | 'securing' | 'verified' | 'encrypted';

export function encryptionPhase(
  otherIds: readonly string[],
  remote: Readonly<Record<string, Pick<RemoteMedia, 'connection'>>>,
  trust: readonly PeerTrust[],
): EncryptionPhase {
  if (otherIds.length === 0) return 'alone';
  const phases = otherIds.map((id) => trustPhase(trust.find(({ participantId }) => participantId === id)));
  if (phases.includes('broken')) return 'insecure';
  if (phases.includes('differs') || phases.includes('changed')) return 'warning';
  if (!otherIds.every((id) => remote[id]?.connection === 'connected')) return 'securing';
  return phases.every((phase) => phase === 'verified') ? 'verified' : 'encrypted';
}
