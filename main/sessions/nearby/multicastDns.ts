import { createSocket, type Socket } from 'node:dgram';
import type { ContactNotes, ContactState } from '../../../common/contacts';
import type { LocalNetworkTrouble } from '../../../common/meeting/nearby';
import type { NetworkInterfaces } from '../invites/address';
import { createTokenBucket } from '../rendezvous/tokenBucket';
import type { Clock, Timers } from '../timing';
import { localInterfaces, type LocalInterface } from './localInterfaces';
import type { LocalNetworks, LocalNetworksHandlers, OpenLocalNetworks } from './localNetworks';

export interface LocalNetworksOptions {
  readonly networkInterfaces: NetworkInterfaces;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly contacts: ContactNotes;
}

const group = '224.0.0.251';
const port = 5_353;
/** What fits a packet of Ethernet; ours take a fifth of it. */
const maxBytes = 1_472;
/** Of one network: what is read is decoded, and that costs time. */
const datagrams = { burst: 100, perSecond: 50 };
/** How often it is looked whether this computer has come into another network. */
const lookAgainMs = 5_000;

/** Multicast DNS over IPv4 on the real network: one socket for each interface, beside those of other programs. */
export function multicastDns(options: LocalNetworksOptions): OpenLocalNetworks {
  return (handlers) => new MulticastNetworks(options, handlers);
}

interface Link {
  readonly socket: Socket;
  phase: 'opening' | 'open' | 'failed';
}

class MulticastNetworks implements LocalNetworks {
  readonly #options: LocalNetworksOptions;
  readonly #handlers: LocalNetworksHandlers;
  readonly #links = new Map<string, Link>();
  readonly #sending = new Set<Promise<void>>();
  #told: 'open' | LocalNetworkTrouble | null = null;
  #isClosed = false;
  #cancel = () => {};

  constructor(options: LocalNetworksOptions, handlers: LocalNetworksHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#cancel = options.timers.after(0, () => this.#lookAgain());
  }

  send(make: (address: string) => Buffer): void {
    for (const [address, { socket, phase }] of this.#links) {
      if (phase !== 'open') continue;
      // A network that is just going away takes nothing any more: that is no error, the next look notices.
      const sent = new Promise<void>((resolve) => socket.send(make(address), port, group, () => resolve()));
      this.#sending.add(sent);
      void sent.then(() => this.#sending.delete(sent));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    // A socket that is closed sends nothing any more, not even what it was given before.
    await Promise.all(this.#sending);
    await Promise.all([...this.#links.keys()].map((address) => this.#drop(address)));
    if (this.#told === 'open') this.#note('closed');
  }

  #lookAgain(): void {
    const interfaces = new Map(localInterfaces(this.#options.networkInterfaces).map((one) => [one.address, one]));
    for (const [address, { phase }] of this.#links) {
      if (!interfaces.has(address) || phase === 'failed') void this.#drop(address);
    }
    const before = this.#links.size;
    for (const [address, one] of interfaces) if (!this.#links.has(address)) this.#open(one);
    if (this.#links.size === before) this.#tell();
    this.#cancel = this.#options.timers.after(lookAgainMs, () => this.#lookAgain());
  }

  #open({ address, isNeighbour }: LocalInterface): void {
    const socket = createSocket({ type: 'udp4', reuseAddr: true });
    const link: Link = { socket, phase: 'opening' };
    this.#links.set(address, link);
    const takeOne = createTokenBucket(datagrams, this.#options.clock);
    const fail = () => {
      link.phase = 'failed';
      this.#tell();
    };
    socket.on('error', fail);
    socket.on('message', (bytes, sender) => {
      // Each socket hears what comes to any interface: its own network is what counts here (RFC 6762, 11).
      if (this.#isClosed || sender.port !== port || bytes.length > maxBytes || !isNeighbour(sender.address)) return;
      if (takeOne(1)) this.#handlers.received({ bytes, sender: sender.address });
    });
    socket.bind({ port, address: '0.0.0.0' }, () => {
      try {
        socket.addMembership(group, address);
        socket.setMulticastInterface(address);
        socket.setMulticastTTL(255);
      } catch {
        return fail();
      }
      link.phase = 'open';
      // Tells also when it is one more network: what was said before was not said there.
      this.#told = null;
      this.#tell();
    });
  }

  async #drop(address: string): Promise<void> {
    const link = this.#links.get(address);
    if (link === undefined) return;
    this.#links.delete(address);
    const { socket } = link;
    await new Promise<void>((resolve) => {
      socket.once('close', resolve);
      socket.close();
    });
  }

  #note(state: ContactState): void {
    this.#options.contacts.note({ purpose: 'nearby', address: `${group}:${port}`, state });
  }

  #tell(): void {
    const phases = [...this.#links.values()].map(({ phase }) => phase);
    if (this.#isClosed || phases.includes('opening')) return;
    const state = phases.includes('open') ? 'open' : phases.length > 0 ? 'blocked' : 'no-network';
    if (state === this.#told) return;
    this.#told = state;
    this.#note(state === 'open' ? 'open' : 'failed');
    this.#handlers.changed(state);
  }
}
