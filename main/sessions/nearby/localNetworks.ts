import type { LocalNetworkTrouble } from '../../../common/meeting/nearby';

/** A datagram that came from a neighbour: same network, small, and not too many of them. Its bytes mean nothing yet. */
export interface Datagram {
  readonly bytes: Buffer;
  /** The neighbour's IPv4 address in that network. */
  readonly sender: string;
}

/** Multicast DNS (RFC 6762) in every local network of this computer, as bytes. */
export interface LocalNetworks {
  /** Sends to everybody in each network; `make` gets this computer's own address there. */
  send(make: (address: string) => Buffer): void;
  /** Resolves when what was sent has left and every socket is closed. Nothing is received after the call. */
  close(): Promise<void>;
}

export interface LocalNetworksHandlers {
  readonly received: (datagram: Datagram) => void;
  /** Called when it is known for the first time and on each change; `open`: what is sent now leaves. */
  readonly changed: (state: 'open' | LocalNetworkTrouble) => void;
}

/** Sends nothing by itself. Calls no handler before it has returned. */
export type OpenLocalNetworks = (handlers: LocalNetworksHandlers) => LocalNetworks;
