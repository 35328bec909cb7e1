import { isIPv4, isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { DomainError } from '../../../common/errors';

/** Where a host listens: a name, an IPv4 or an IPv6 address (without brackets), and a TCP port. */
export interface HostAddress {
  readonly host: string;
  readonly port: number;
}

export type NetworkInterfaces = () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** `host:port`, IPv6 in brackets (RFC 3986, section 3.2.2). */
export function formatAddress({ host, port }: HostAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Reads `host:port` in lower case, IPv6 in brackets and without a zone, the port without leading zeros.
 * Throws DomainError('invite/malformed') for anything else.
 */
export function parseAddress(text: string): HostAddress {
  const match = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253})):([1-9][0-9]{0,4})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new DomainError('invite/malformed');
  const [, six, other] = match;
  if (six !== undefined ? isIPv6(six) : isHostName(other ?? '')) return { host: six ?? other ?? '', port };
  throw new DomainError('invite/malformed');
}

/** The same, typed by a person: upper case and spaces around it do not matter. */
export function parseTypedAddress(text: string): HostAddress {
  return parseAddress(text.trim().toLowerCase());
}

function isHostName(text: string): boolean {
  if (isIPv4(text)) return true;
  const labels = text.split('.');
  // A last label of digits would be read as an IPv4 address in one of its forgotten spellings (WHATWG URL, 3.5).
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}

/**
 * The addresses to put into an invite: those of this computer that others may reach, IPv4 first; loopback when there
 * is no network at all. Link-local addresses are left out: they need a zone that is different on every computer.
 */
export function advertisedAddresses(networkInterfaces: NetworkInterfaces, port: number): readonly HostAddress[] {
  const infos = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const usable = infos.filter((info) => !info.internal && !/^(169\.254\.|fe[89ab])/i.test(info.address));
  const hosts = [
    ...usable.filter((info) => isIPv4(info.address)),
    ...usable.filter((info) => isIPv6(info.address)),
  ].map((info) => info.address.toLowerCase());
  const distinct = [...new Set(hosts)].slice(0, maxAddresses);
  return (distinct.length > 0 ? distinct : ['127.0.0.1']).map((host) => ({ host, port }));
}

/** As many addresses as an invite may name. */
export const maxAddresses = 8;
