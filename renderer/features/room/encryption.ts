import type { RemoteMedia } from '../../stores/mediaStore';

/**
 * - `alone`: nobody to talk to; nothing leaves the device;
 * - `securing`: some connections are not up yet; nothing goes over those;
 * - `encrypted`: everybody is connected, all of it end-to-end encrypted.
 * There is no unencrypted state: a connection that is not encrypted does not come about (DTLS-SRTP is mandatory in WebRTC).
 */
export type EncryptionPhase = 'alone' | 'securing' | 'encrypted';

export function encryptionPhase(
  otherIds: readonly string[],
  remote: Readonly<Record<string, Pick<RemoteMedia, 'connection'>>>,
): EncryptionPhase {
  if (otherIds.length === 0) return 'alone';
  return otherIds.every((id) => remote[id]?.connection === 'connected') ? 'encrypted' : 'securing';
}
