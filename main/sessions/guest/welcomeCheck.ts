import type { HostMessage } from '../../../common/protocol/messages';
import { verifySignature } from '../identity';

export type RenewedNotice = Extract<HostMessage, { type: 'notice' }>;

export type Welcome = Extract<HostMessage, { type: 'welcome' }>;

/** True when the host's identity key signed all of this welcome, together with the certificate it came over. */
export function isGenuineWelcome(welcome: Welcome, certificate: string): boolean {
  const { type: _type, version: _version, signature, ...facts } = welcome;
  return verifySignature(welcome.hostKey, 'welcome', { ...facts, certificate }, signature);
}

/** True when the host that welcomed here signed this notice for the same visit. */
export function isGenuineNotice(
  { notice, noticeVersion, signature }: RenewedNotice,
  welcome: Welcome,
  certificate: string,
): boolean {
  const { meetingId, nonce, hostKey } = welcome;
  return verifySignature(hostKey, 'notice', { meetingId, nonce, certificate, notice, noticeVersion }, signature);
}
