import type { Events } from '../../../common/ipc/events';
import type { IceState } from '../../../common/meeting/iceServers';
import type { DesiredConnection } from '../../../common/meeting/sessionState';
import type { SignalData } from '../../../common/protocol/bodies';
import type { ConnectionFacts, RemoteMedia } from '../../stores/mediaStore';
import { noTracks, type LocalTracks } from '../devices/localTracks';
import { EarlySignals } from './earlySignals';
import type { CreatePeerConnection, PeerConnection } from './peerConnection';
import { reconcile } from './reconcile';

export interface MeshSignal {
  readonly peerId: string;
  readonly generation: number;
  readonly signal: SignalData;
}

export interface FoundCertificates {
  readonly peerId: string;
  readonly generation: number;
  /** DER. */
  readonly certificates: readonly Uint8Array<ArrayBuffer>[];
}

export interface MeshOptions {
  readonly createConnection: CreatePeerConnection;
  /** As it is when a connection begins. */
  readonly ice: () => IceState;
  readonly sendSignal: (signal: MeshSignal) => void;
  readonly reportCarried: (carried: { readonly peerId: string; readonly text: string }) => void;
  readonly reportFailure: (failure: { readonly peerId: string; readonly generation: number }) => void;
  /** A connection is up: main says whether it is the one that was signed. */
  readonly reportCertificates: (found: FoundCertificates) => void;
  readonly onRemote: (remote: Readonly<Record<string, RemoteMedia>>) => void;
  readonly onFacts: (peerId: string, facts: ConnectionFacts) => void;
}

/** A connection that failed and is not replaced by main within this time is called failed, not reconnecting. */
const patienceMs = 30_000;

interface Link {
  /** Null before it is made and after it has failed. */
  connection: PeerConnection | null;
  /** main has compared it with what was signed. Before, nothing of it is shown, and nothing of oneself is sent. */
  secured: boolean;
  /** What it brings, while it is up. */
  arriving: MediaStream | null;
  /** There once it has been connected, and compared. */
  stream: MediaStream | null;
  /** Media comes through right now. */
  live: boolean;
}

interface Entry {
  readonly generation: number;
  readonly link: Link;
  /** The one before, interrupted: it may come back sooner than the new one is made. Whichever carries media is shown. */
  standby: Link | null;
  /** Main knows that another generation is wanted. */
  reported: boolean;
  patience: ReturnType<typeof setTimeout> | null;
}

/** Makes the peer connections that exist equal to those main wants, whatever happens in whichever order. */
export class Mesh {
  private readonly entries = new Map<string, Entry>();
  private readonly early = new EarlySignals();
  /** The highest generation that was ever seen of a peer: signals up to it that find no connection come too late. */
  private readonly seen = new Map<string, number>();
  private remote: Readonly<Record<string, RemoteMedia>> = {};
  private tracks: LocalTracks = noTracks;
  private disposed = false;

  constructor(private readonly options: MeshOptions) {}

  handleDesired(desired: readonly DesiredConnection[]): void {
    if (this.disposed) return;
    const existing = new Map([...this.entries].map(([id, { generation }]) => [id, generation]));
    const plan = reconcile(existing, desired);
    const wanted = new Set(desired.map(({ peerId }) => peerId));
    for (const peerId of plan.close) if (!wanted.has(peerId)) this.close(peerId);
    for (const connection of plan.open) this.open(connection);
    const left = Object.keys(this.remote).filter((peerId) => !wanted.has(peerId));
    if (left.length > 0) {
      this.publish(Object.fromEntries(Object.entries(this.remote).filter(([peerId]) => wanted.has(peerId))));
    }
  }

  handleSignal({ peerId, generation, signal }: MeshSignal): void {
    if (this.disposed) return;
    const entry = this.entries.get(peerId);
    if (entry?.generation === generation) entry.link.connection?.handleSignal(signal);
    else if (generation > (this.seen.get(peerId) ?? -1)) this.early.keep(peerId, generation, signal);
  }

  /** Sends text to one peer or to all but some; with `spread` to all if that peer cannot be reached directly. */
  handleCarry({ to, spread, except, text }: Events['mesh.carry']): void {
    if (to !== null && (this.carry(to, text) || !spread)) return;
    for (const peerId of this.entries.keys()) {
      if (peerId !== to && !except.includes(peerId)) this.carry(peerId, text);
    }
  }

  private carry(peerId: string, text: string): boolean {
    const entry = this.entries.get(peerId);
    const links = entry === undefined ? [] : [entry.link, entry.standby];
    return links.some((link) => link?.secured === true && link.connection?.carry(text) === true);
  }

  /** Which generation of whose connection main has compared with what was signed. */
  handleSecured(generations: ReadonlyMap<string, number>): void {
    for (const [peerId, entry] of this.entries) {
      const { link, generation } = entry;
      if (link.secured || generations.get(peerId) !== generation) continue;
      link.secured = true;
      link.connection?.handleTracks(this.tracks);
      if (link.arriving !== null) this.handleLive(peerId, entry);
    }
  }

  /** By peer, the connections that carry media right now. */
  live(): ReadonlyMap<string, PeerConnection> {
    return new Map(
      [...this.entries].flatMap(([peerId, { link, standby }]) => {
        const shown = link.live ? link.connection : standby?.live === true ? standby.connection : null;
        return shown === null ? [] : [[peerId, shown] as const];
      }),
    );
  }

  handleTracks(tracks: LocalTracks): void {
    this.tracks = tracks;
    for (const { connection, secured } of this.links()) if (secured) connection?.handleTracks(tracks);
  }

  handleNetworkChange(): void {
    for (const { connection } of this.links()) connection?.handleNetworkChange();
  }

  dispose(): void {
    this.disposed = true;
    for (const peerId of [...this.entries.keys()]) this.close(peerId);
    this.publish({});
  }

  private links(): readonly Link[] {
    return [...this.entries.values()].flatMap(({ link, standby }) => (standby === null ? [link] : [link, standby]));
  }

  private open({ peerId, generation, initiator }: DesiredConnection): void {
    const again = peerId in this.remote;
    this.seen.set(peerId, Math.max(generation, this.seen.get(peerId) ?? -1));
    const link: Link = { connection: null, secured: false, arriving: null, stream: null, live: false };
    const entry: Entry = { generation, link, standby: this.retire(peerId), reported: false, patience: null };
    this.entries.set(peerId, entry);
    if (again) this.show(peerId);
    else this.setRemote(peerId, { connection: 'connecting', stream: null });
    const current = (): boolean => this.entries.get(peerId) === entry;
    /** What happens to a connection matters as long as it is the peer's, or stands by. */
    const matters = (): boolean => current() || this.entries.get(peerId)?.standby === link;
    const connection = this.options.createConnection(
      { initiator, tracks: noTracks, ice: this.options.ice() },
      {
        onSignal: (signal) => {
          if (current()) this.options.sendSignal({ peerId, generation, signal });
        },
        onConnected: (stream, certificates) => {
          if (!matters()) return;
          link.arriving = stream;
          if (!link.secured) this.options.reportCertificates({ peerId, generation, certificates });
          else this.handleLive(peerId, entry);
        },
        onFacts: (facts) => {
          if (current()) this.options.onFacts(peerId, facts);
        },
        onInterrupted: () => {
          if (!matters()) return;
          link.arriving = null;
          link.live = false;
          this.show(peerId);
        },
        onReplaceable: () => {
          if (current()) this.report(peerId, entry);
        },
        onCarried: (text) => {
          if (matters()) this.options.reportCarried({ peerId, text });
        },
        onFailed: () => {
          if (current()) this.handleFailure(peerId, entry);
          else if (matters()) this.handleStandbyFailure(peerId);
        },
      },
    );
    if (!current()) {
      connection.destroy();
      return;
    }
    link.connection = connection;
    for (const signal of this.early.take(peerId, generation)) connection.handleSignal(signal);
  }

  /** Takes a peer's entry away to make place for the next. What was connected once stands by until that is, too. */
  private retire(peerId: string): Link | null {
    const before = this.entries.get(peerId);
    if (before === undefined) return null;
    if (before.patience !== null) clearTimeout(before.patience);
    const { link, standby } = before;
    if (link.connection !== null && link.stream !== null) {
      standby?.connection?.destroy();
      return link;
    }
    link.connection?.destroy();
    return standby;
  }

  /** A connection is up, and it is the one that was signed. It may have become the one that stands by. */
  private handleLive(peerId: string, entry: Entry): void {
    const { link } = entry;
    link.stream = link.arriving;
    link.live = true;
    if (this.entries.get(peerId) === entry) {
      entry.reported = false;
      entry.standby?.connection?.destroy();
      entry.standby = null;
    }
    this.show(peerId);
  }

  private handleFailure(peerId: string, entry: Entry): void {
    entry.link.connection = null;
    entry.link.arriving = null;
    entry.link.stream = null;
    entry.link.live = false;
    this.show(peerId);
    entry.patience = setTimeout(() => {
      if (entry.standby === null) this.setRemote(peerId, { connection: 'failed', stream: null });
    }, patienceMs);
    this.report(peerId, entry);
  }

  private handleStandbyFailure(peerId: string): void {
    const entry = this.entries.get(peerId);
    if (entry !== undefined) entry.standby = null;
    this.show(peerId);
  }

  /** Once per generation; main names the next one. */
  private report(peerId: string, entry: Entry): void {
    if (entry.reported) return;
    entry.reported = true;
    this.options.reportFailure({ peerId, generation: entry.generation });
  }

  private close(peerId: string): void {
    const entry = this.entries.get(peerId);
    if (entry === undefined) return;
    this.entries.delete(peerId);
    if (entry.patience !== null) clearTimeout(entry.patience);
    entry.link.connection?.destroy();
    entry.standby?.connection?.destroy();
  }

  private show(peerId: string): void {
    const entry = this.entries.get(peerId);
    if (entry === undefined) return;
    const links = [entry.link, ...(entry.standby === null ? [] : [entry.standby])];
    const shown = links.find(({ live }) => live) ?? links.find(({ stream }) => stream !== null);
    this.setRemote(peerId, {
      connection: shown?.live === true ? 'connected' : 'reconnecting',
      stream: shown?.stream ?? null,
    });
  }

  private setRemote(peerId: string, media: RemoteMedia): void {
    this.publish({ ...this.remote, [peerId]: media });
  }

  private publish(remote: Readonly<Record<string, RemoteMedia>>): void {
    this.remote = remote;
    this.options.onRemote(remote);
  }
}
