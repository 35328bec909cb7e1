import type { ContactNotes } from '../../../common/contacts';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import {
  formatIceServer,
  parseIceServer,
  type IceEntry,
  type IceServer,
  type IceState,
  type TurnCredentials,
} from '../../../common/meeting/iceServers';
import type { Timers } from '../timing';
import { formatAddress } from '../invites/address';
import type { LookupName } from './lookupName';

export interface MeetingIceOptions {
  /** Those that the signed welcome names; on the host's side those that are set. No others are ever used. */
  readonly servers: readonly string[];
  readonly relayOnly: boolean;
  readonly lookup: LookupName;
  readonly contacts: ContactNotes;
  readonly timers: Timers;
  /** How long connections wait for names that are looked up; 0: not at all. */
  readonly patienceMs: number;
  readonly onChange: () => void;
}

/**
 * How peer connections of one meeting may come about: the team's servers by address, with this participant's credentials.
 * Names are looked up once, when the meeting begins. Without a server it is ready at once and looks up nothing.
 */
export class MeetingIce {
  readonly #options: MeetingIceOptions;
  readonly #servers: readonly IceServer[];
  readonly #addresses = new Map<string, readonly string[]>();
  readonly #noted = new Set<string>();
  readonly #cancelPatience: () => void;
  #pending: number;
  #credentials: TurnCredentials | null = null;
  #patient: boolean;
  #disposed = false;

  constructor(options: MeetingIceOptions) {
    this.#options = options;
    this.#patient = options.patienceMs > 0;
    this.#servers = options.servers
      .map(parseIceServer)
      .filter((server): server is IceServer => typeof server !== 'string')
      // A STUN server is asked for one's own address, which nobody is to be told.
      .filter(({ scheme }) => !options.relayOnly || scheme === 'turn');
    const names = [...new Set(this.#servers.map(({ host }) => host))].filter((host) => isIP(host) === 0);
    this.#pending = names.length;
    this.#cancelPatience =
      names.length === 0 || !this.#patient
        ? () => {}
        : options.timers.after(options.patienceMs, () => {
            this.#patient = false;
            this.#changed();
          });
    for (const name of names) void this.#lookUp(name);
  }

  get relayOnly(): boolean {
    return this.#options.relayOnly;
  }

  /** False while names are being looked up: no connection is to be opened yet. */
  isReady(): boolean {
    return this.#pending === 0 || !this.#patient;
  }

  isFor(servers: readonly string[]): boolean {
    return servers.join() === this.#options.servers.join();
  }

  setCredentials(credentials: TurnCredentials): void {
    this.#credentials = credentials;
    this.#changed();
  }

  state(): IceState {
    const servers = this.#servers.flatMap((server) => this.#entries(server));
    return {
      servers,
      relayOnly: this.#options.relayOnly,
      hasRelay: servers.some(({ urls }) => urls.startsWith('turn:')),
      notFound: [...this.#addresses].filter(([, addresses]) => addresses.length === 0).map(([name]) => name),
    };
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelPatience();
  }

  #entries(server: IceServer): readonly IceEntry[] {
    if (server.scheme === 'turn' && this.#credentials === null) return [];
    const addresses = isIP(server.host) === 0 ? (this.#addresses.get(server.host) ?? []) : [server.host];
    return addresses.map((host) => ({
      urls: formatIceServer({ ...server, host }),
      ...(server.scheme === 'turn' ? this.#credentials : {}),
    }));
  }

  async #lookUp(name: string): Promise<void> {
    const { lookup, contacts } = this.#options;
    contacts.note({ purpose: 'name', address: name, state: 'trying' });
    const found = await lookup(name).catch(() => []);
    contacts.note({ purpose: 'name', address: name, state: found.length > 0 ? 'reached' : 'failed' });
    // One of each family: more would only be asked the same.
    const addresses = [found.find((one) => isIPv4(one)), found.find((one) => isIPv6(one))];
    this.#addresses.set(
      name,
      addresses.filter((one) => one !== undefined),
    );
    this.#pending -= 1;
    if (this.#pending === 0) this.#cancelPatience();
    this.#changed();
  }

  #changed(): void {
    if (this.#disposed) return;
    this.#noteServers();
    this.#options.onChange();
  }

  /** What is handed out now is what the window will try. */
  #noteServers(): void {
    for (const { urls } of this.state().servers) {
      const server = parseIceServer(urls);
      if (typeof server === 'string' || this.#noted.has(urls)) continue;
      this.#noted.add(urls);
      this.#options.contacts.note({ purpose: 'ice-server', address: formatAddress(server), state: 'trying' });
    }
  }
}
