import type { DoorNotice } from '../../common/protocol/bodies';
import type { Door } from './guest/returning';
import { formatAddress, parseAddress, type HostAddress } from './invites/address';
import type { RelayRoom } from './invites/link';

/** What a host tells the others about where it is reached. */
export function noticeOfDoor(
  addresses: readonly HostAddress[],
  relay: RelayRoom | null,
  fingerprint: string,
): DoorNotice {
  return {
    addresses: addresses.map(formatAddress),
    relay: relay === null ? null : { address: formatAddress(relay.address), room: relay.room },
    fingerprint,
  };
}

/** The door that a notice describes, or null when it cannot be one. */
export function doorOfNotice({ addresses, relay, fingerprint }: DoorNotice): Door | null {
  try {
    if (addresses.length === 0 && relay === null) return null;
    return {
      addresses: addresses.map(parseAddress),
      relay: relay === null ? null : { address: parseAddress(relay.address), room: relay.room },
      pin: Buffer.from(fingerprint, 'base64url'),
    };
  } catch {
    return null;
  }
}
