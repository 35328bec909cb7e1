import { createStore } from 'zustand/vanilla';
import type { Cut, RecordedTrack, RecordingDetail } from '../../../common/recording/models';
import type { ActiveTracks, PlayerState, RecordingPlayer } from '../ports';
import { PlaybackClock } from './playbackClock';
import { activeAt, behindSlate, endOf, playingTime, tracksAt } from './timeline';
import { TrackElement } from './trackElement';

const tickMs = 100;
/** Sound is loaded this long before it begins. */
const preloadMs = 3_000;
/** Nobody waits longer than this for one slow track. */
const patienceMs = 2_500;

/** Plays one recording. Loads at once; `dispose` lets go of every element. */
export function createRecordingPlayer(detail: RecordingDetail): RecordingPlayer {
  return new Player(detail);
}

class Player implements RecordingPlayer {
  readonly store;
  private readonly clock: PlaybackClock;
  private tracks: readonly RecordedTrack[];
  private readonly cuts: readonly Cut[];
  private readonly videos = new Map<string, HTMLVideoElement>();
  private readonly shown = new Map<string, TrackElement>();
  private readonly heard = new Map<string, TrackElement>();
  private wanted = false;
  /** Until when to wait for the elements before the clock goes on; null when it need not wait. */
  private waitUntil: number | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;
  private disposed = false;

  constructor(detail: RecordingDetail) {
    this.tracks = detail.tracks.filter(({ durationMs }) => durationMs > 0);
    this.cuts = detail.cuts;
    const durationMs = playingTime(detail);
    this.clock = new PlaybackClock(() => performance.now(), durationMs);
    this.store = createStore<PlayerState>(() => ({
      phase: 'loading',
      positionMs: 0,
      durationMs,
      active: activeAt(this.tracks, 0),
    }));
    this.prepare();
  }

  attach(participantId: string, video: HTMLVideoElement | null): void {
    if (this.videos.get(participantId) === (video ?? undefined)) return;
    this.shown.get(participantId)?.dispose();
    this.shown.delete(participantId);
    if (video === null) this.videos.delete(participantId);
    else this.videos.set(participantId, video);
    if (!this.disposed && video !== null) this.wake();
  }

  play(): void {
    if (this.disposed || this.phase === 'failed') return;
    if (this.phase === 'ended') this.clock.set(0);
    this.wanted = true;
    this.prepare();
  }

  pause(): void {
    if (this.disposed) return;
    this.wanted = false;
    this.clock.stop();
    this.tick();
  }

  seek(positionMs: number): void {
    if (this.disposed || this.phase === 'failed') return;
    this.clock.set(positionMs);
    if (this.phase === 'ended') this.store.setState({ phase: 'paused' });
    this.prepare();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.rest();
    for (const element of [...this.shown.values(), ...this.heard.values()]) element.dispose();
    this.shown.clear();
    this.heard.clear();
    this.videos.clear();
  }

  private get phase(): PlayerState['phase'] {
    return this.store.getState().phase;
  }

  /** Everything goes to the clock's position and waits there for the others. */
  private prepare(): void {
    this.clock.stop();
    this.waitUntil = performance.now() + patienceMs;
    this.wake();
  }

  private wake(): void {
    if (!this.clock.running) this.waitUntil ??= performance.now() + patienceMs;
    this.timer ??= setInterval(this.tick, tickMs);
    this.tick();
  }

  private rest(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private readonly tick = (): void => {
    if (this.disposed || this.phase === 'failed') return;
    const behind = this.clock.running ? behindSlate(this.cuts, this.clock.positionMs) : null;
    if (behind !== null) {
      // Everything gathers behind the cut, as after a seek, and goes on from there.
      this.clock.set(behind);
      this.waitUntil = performance.now() + patienceMs;
    }
    const elements = this.arrange(this.clock.positionMs);
    for (const element of elements) element.sync(this.clock.positionMs, this.clock.running);
    const ready = elements.every((element) => element.ready);
    if (this.waitUntil !== null && (ready || performance.now() > this.waitUntil)) {
      this.waitUntil = null;
      if (this.wanted) {
        this.clock.start();
        for (const element of elements) element.sync(this.clock.positionMs, true);
      }
    }
    if (this.clock.running && this.clock.positionMs >= this.clock.durationMs) this.end(elements);
    this.publish();
    if (!this.clock.running && this.waitUntil === null) this.rest();
  };

  private end(elements: readonly TrackElement[]): void {
    this.clock.stop();
    this.wanted = false;
    for (const element of elements) element.sync(this.clock.positionMs, false);
    this.store.setState({ phase: 'ended' });
  }

  /** Gives every track that runs now, or will soon be heard, its element, and takes it from all others. */
  private arrange(positionMs: number): readonly TrackElement[] {
    const running = tracksAt(this.tracks, positionMs);
    const soon = this.tracks.filter(
      (track) => track.kind === 'audio' && track.offsetMs - preloadMs <= positionMs && positionMs < endOf(track),
    );
    keep(this.heard, new Set(soon.map(({ id }) => id)));
    for (const track of soon) {
      if (!this.heard.has(track.id)) this.heard.set(track.id, this.load(new Audio(), track));
    }
    const pictures = new Map(
      running.filter(({ kind }) => kind === 'video').map((track) => [track.participantId, track] as const),
    );
    for (const [participantId, element] of this.shown) {
      if (pictures.get(participantId)?.id === element.track.id) continue;
      element.dispose();
      this.shown.delete(participantId);
    }
    for (const [participantId, video] of this.videos) {
      const track = pictures.get(participantId);
      if (track !== undefined && !this.shown.has(participantId)) {
        this.shown.set(participantId, this.load(video, track));
      }
    }
    return [...this.heard.values(), ...this.shown.values()];
  }

  private load(element: HTMLMediaElement, track: RecordedTrack): TrackElement {
    return new TrackElement(element, track, this.handleFailed);
  }

  /** A track that can't be played is left out; the recording fails when nothing is left. */
  private readonly handleFailed = (failed: RecordedTrack): void => {
    if (this.disposed) return;
    this.tracks = this.tracks.filter(({ id }) => id !== failed.id);
    if (this.tracks.length > 0) {
      this.wake();
      return;
    }
    this.clock.stop();
    this.rest();
    this.arrange(this.clock.positionMs);
    this.store.setState({ phase: 'failed', active: {} });
  };

  private publish(): void {
    const before = this.store.getState();
    const positionMs = Math.round(this.clock.positionMs);
    const active = activeAt(this.tracks, positionMs);
    this.store.setState({
      phase: this.nextPhase(before.phase),
      positionMs,
      active: sameActive(before.active, active) ? before.active : active,
    });
  }

  private nextPhase(before: PlayerState['phase']): PlayerState['phase'] {
    if (this.wanted) return 'playing';
    if (before === 'loading' && this.waitUntil !== null) return 'loading';
    return before === 'ended' ? 'ended' : 'paused';
  }
}

function keep(elements: Map<string, TrackElement>, ids: ReadonlySet<string>): void {
  for (const [id, element] of elements) {
    if (ids.has(id)) continue;
    element.dispose();
    elements.delete(id);
  }
}

function sameActive(a: Readonly<Record<string, ActiveTracks>>, b: Readonly<Record<string, ActiveTracks>>): boolean {
  const ids = Object.keys(a);
  return (
    ids.length === Object.keys(b).length &&
    ids.every((id) => a[id]?.videoTrackId === b[id]?.videoTrackId && a[id]?.audioOn === b[id]?.audioOn)
  );
}
