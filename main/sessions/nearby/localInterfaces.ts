import { BlockList, isIPv4 } from 'node:net';
import type { NetworkInterfaces } from '../invites/address';

/** One IPv4 address of this computer in a local network. */
export interface LocalInterface {
  readonly address: string;
  /** Whether another address is in the same network. */
  readonly isNeighbour: (address: string) => boolean;
}

/** Private and link-local addresses (RFC 1918, RFC 3927): where a network is somebody's own. */
const local = new BlockList();
local.addSubnet('10.0.0.0', 8);
local.addSubnet('172.16.0.0', 12);
local.addSubnet('192.168.0.0', 16);
local.addSubnet('169.254.0.0', 16);

/** More than anybody has; each takes a socket. */
const maxInterfaces = 8;

/** Those addresses of this computer that are in local networks. Addresses the whole internet can reach are in none. */
export function localInterfaces(networkInterfaces: NetworkInterfaces): readonly LocalInterface[] {
  const infos = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const usable = infos.filter((info) => !info.internal && isIPv4(info.address) && local.check(info.address));
  const found = new Map<string, LocalInterface>();
  for (const { address, cidr } of usable) {
    const network = new BlockList();
    network.addSubnet(address, Number(cidr?.split('/')[1] ?? 32));
    found.set(address, {
      address,
      isNeighbour: (other) => isIPv4(other) && local.check(other) && network.check(other),
    });
  }
  return [...found.values()].slice(0, maxInterfaces);
}
