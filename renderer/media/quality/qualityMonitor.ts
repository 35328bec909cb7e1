import type { PeerQuality } from '../../stores/mediaStore';
import { judgeQuality, newQuality, weakSide, type QualityState } from './connectionQuality';
import { measurePeer, type PeerMeasure } from './peerMeasure';
import { readPeerSample, type PeerSample } from './peerSample';
import { newLadder, stepLadder, type LadderState } from './videoLadder';
import { offRung, videoTarget, type VideoTarget } from './videoTarget';

/** A connection that is up, as far as its quality matters. */
export interface MeasuredConnection {
  /** Its statistics; rejects when it is gone. */
  report(): Promise<Iterable<unknown>>;
  handleVideoTarget(target: VideoTarget): void;
}

export interface QualityMonitorOptions {
  /** By peer, those that carry media right now. */
  readonly connections: () => ReadonlyMap<string, MeasuredConnection>;
  readonly onQuality: (quality: Readonly<Record<string, PeerQuality>>) => void;
  readonly now: () => number;
}

/** What the picture is adapted to. */
export interface PictureFacts {
  /** The own camera is on. */
  readonly sending: boolean;
  /** Peers whose camera is on. */
  readonly camerasOn: ReadonlySet<string>;
  readonly peers: number;
}

interface Watched {
  connection: MeasuredConnection;
  sample: PeerSample | null;
  target: string;
  ladder: LadderState;
  quality: QualityState;
  /** Measurements in a row without a picture, though the camera is on. */
  withoutPicture: number;
}

const everyMs = 2_000;
/** Less may be a camera that is just being switched on. */
const pausedAfter = 2;

/** Measures every connection, tells how each does, and fits the picture sent over it to what it carries. */
export class QualityMonitor {
  private readonly watched = new Map<string, Watched>();
  private readonly timer: ReturnType<typeof setInterval>;
  private facts: PictureFacts = { sending: false, camerasOn: new Set(), peers: 0 };
  private published = '{}';
  private disposed = false;
  private busy = false;

  constructor(private readonly options: QualityMonitorOptions) {
    this.timer = setInterval(() => void this.look(), everyMs);
  }

  handleFacts(facts: PictureFacts): void {
    this.facts = facts;
    this.follow();
  }

  /** A connection has come or gone. */
  handleConnections(): void {
    this.follow();
  }

  dispose(): void {
    this.disposed = true;
    clearInterval(this.timer);
    this.watched.clear();
    this.publish();
  }

  private follow(): void {
    if (this.disposed) return;
    const connections = this.options.connections();
    for (const peerId of this.watched.keys()) if (!connections.has(peerId)) this.watched.delete(peerId);
    for (const [peerId, connection] of connections) {
      const known = this.watched.get(peerId);
      if (known === undefined) {
        const [ladder, quality] = [newLadder, newQuality];
        this.watched.set(peerId, { connection, sample: null, target: '', ladder, quality, withoutPicture: 0 });
      } else if (known.connection !== connection) {
        // What the way carries is known already; how it does is measured anew.
        Object.assign(known, { connection, sample: null, target: '', quality: newQuality, withoutPicture: 0 });
      }
    }
    for (const watched of this.watched.values()) this.aim(watched);
    this.publish();
  }

  private async look(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await Promise.all([...this.watched].map(([peerId, watched]) => this.measure(peerId, watched)));
    this.busy = false;
    this.publish();
  }

  private async measure(peerId: string, watched: Watched): Promise<void> {
    const { connection, sample: before } = watched;
    let sample: PeerSample;
    try {
      sample = readPeerSample(await connection.report(), this.options.now());
    } catch {
      return;
    }
    if (this.disposed || this.watched.get(peerId) !== watched || watched.connection !== connection) return;
    watched.sample = sample;
    const measure = before === null ? null : measurePeer(before, sample);
    if (measure !== null) this.take(peerId, watched, measure);
  }

  private take(peerId: string, watched: Watched, measure: PeerMeasure): void {
    const { sending, camerasOn, peers } = this.facts;
    watched.quality = judgeQuality(watched.quality, measure);
    // What is estimated without a picture is no estimate of what a picture may take.
    if (sending) watched.ladder = stepLadder(watched.ladder, measure, peers);
    watched.withoutPicture = camerasOn.has(peerId) && measure.frames === 0 ? watched.withoutPicture + 1 : 0;
    this.aim(watched);
  }

  private aim(watched: Watched): void {
    const target = videoTarget(watched.ladder.rung, this.facts.peers);
    const text = JSON.stringify(target);
    if (text === watched.target) return;
    watched.target = text;
    watched.connection.handleVideoTarget(target);
  }

  private publish(): void {
    const levels = Object.fromEntries([...this.watched].map(([id, { quality }]) => [id, quality.shown.level]));
    const quality = Object.fromEntries(
      [...this.watched].map(
        ([
          id,
          {
            quality: { shown },
            ladder,
            withoutPicture,
          },
        ]): [string, PeerQuality] => [
          id,
          {
            level: shown.level,
            cause: shown.cause,
            side: weakSide(levels, id),
            // Rounded, so that the window is not drawn anew for what nobody reads.
            lostHerePercent: Math.round(shown.lostHere * 100),
            lostTherePercent: Math.round(shown.lostThere * 100),
            roundTripMs: Math.round(shown.roundTripMs / 50) * 50,
            ownPicturePaused: this.facts.sending && ladder.rung === offRung,
            theirPicturePaused: withoutPicture >= pausedAfter,
          },
        ],
      ),
    );
    const text = JSON.stringify(quality);
    if (text === this.published) return;
    this.published = text;
    this.options.onQuality(quality);
  }
}
