import type { DesiredConnection } from '../../../common/meeting/sessionState';
import type { SignalData } from '../../../common/protocol/bodies';
import type { RemoteMedia } from '../../stores/mediaStore';
import { noTracks, type LocalTracks } from '../devices/localTracks';
import { EarlySignals } from './earlySignals';
import type { CreatePeerConnection, PeerConnection } from './peerConnection';
import { reconcile } from './reconcile';

export interface MeshSignal {
  readonly peerId: string;
  readonly generation: number;
  readonly signal: SignalData;
}

export interface MeshOptions {
  readonly createConnection: CreatePeerConnection;
  readonly sendSignal: (signal: MeshSignal) => void;
  readonly reportFailure: (failure: { readonly peerId: string; readonly generation: number }) => void;
  readonly onRemote: (remote: Readonly<Record<string, RemoteMedia>>) => void;
}

/** A connection that failed and is not replaced by main within this time is called failed, not reconnecting. */
const patienceMs = 30_000;

interface Entry {
  readonly generation: number;
  /** Null once it has failed: it waits for main to name a new generation. */
  connection: PeerConnection | null;
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
    for (const peerId of plan.close) this.close(peerId);
    for (const connection of plan.open) this.open(connection);
    const wanted = new Set(desired.map(({ peerId }) => peerId));
    const left = Object.keys(this.remote).filter((peerId) => !wanted.has(peerId));
    if (left.length > 0) {
      this.publish(Object.fromEntries(Object.entries(this.remote).filter(([peerId]) => wanted.has(peerId))));
    }
  }

  handleSignal({ peerId, generation, signal }: MeshSignal): void {
    if (this.disposed) return;
    const entry = this.entries.get(peerId);
    if (entry?.generation === generation) entry.connection?.handleSignal(signal);
    else if (generation > (this.seen.get(peerId) ?? -1)) this.early.keep(peerId, generation, signal);
  }

  handleTracks(tracks: LocalTracks): void {
    this.tracks = tracks;
    for (const { connection } of this.entries.values()) connection?.handleTracks(tracks);
  }

  dispose(): void {
    this.disposed = true;
    for (const peerId of [...this.entries.keys()]) this.close(peerId);
    this.publish({});
  }

  private open({ peerId, generation, initiator }: DesiredConnection): void {
    const again = peerId in this.remote;
    this.seen.set(peerId, Math.max(generation, this.seen.get(peerId) ?? -1));
    const entry: Entry = { generation, connection: null, patience: null };
    this.entries.set(peerId, entry);
    this.setRemote(peerId, { connection: again ? 'reconnecting' : 'connecting', stream: null });
    const current = (): boolean => this.entries.get(peerId) === entry;
    const connection = this.options.createConnection(
      { initiator, tracks: this.tracks },
      {
        onSignal: (signal) => {
          if (current()) this.options.sendSignal({ peerId, generation, signal });
        },
        onConnected: (stream) => {
          if (current()) this.setRemote(peerId, { connection: 'connected', stream });
        },
        onInterrupted: () => {
          if (current()) this.setRemote(peerId, { connection: 'reconnecting', stream: this.streamOf(peerId) });
        },
        onFailed: () => {
          if (current()) this.handleFailure(peerId, entry);
        },
      },
    );
    if (!current()) {
      connection.destroy();
      return;
    }
    entry.connection = connection;
    for (const signal of this.early.take(peerId, generation)) connection.handleSignal(signal);
  }

  private handleFailure(peerId: string, entry: Entry): void {
    entry.connection = null;
    this.setRemote(peerId, { connection: 'reconnecting', stream: null });
    entry.patience = setTimeout(() => this.setRemote(peerId, { connection: 'failed', stream: null }), patienceMs);
    this.options.reportFailure({ peerId, generation: entry.generation });
  }

  private close(peerId: string): void {
    const entry = this.entries.get(peerId);
    if (entry === undefined) return;
    this.entries.delete(peerId);
    if (entry.patience !== null) clearTimeout(entry.patience);
    entry.connection?.destroy();
  }

  private streamOf(peerId: string): MediaStream | null {
    return this.remote[peerId]?.stream ?? null;
  }

  private setRemote(peerId: string, media: RemoteMedia): void {
    this.publish({ ...this.remote, [peerId]: media });
  }

  private publish(remote: Readonly<Record<string, RemoteMedia>>): void {
    this.remote = remote;
    this.options.onRemote(remote);
  }
}
