import type { RecordedTrack } from '../../../common/recording/models';
import { correctDrift } from './drift';

/** After a seek an element is given this long to settle before it is judged again. */
const settleMs = 1_000;

/** One track in one media element, kept in step with the clock. */
export class TrackElement {
  private failed = false;
  private seekedAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly element: HTMLMediaElement,
    readonly track: RecordedTrack,
    private readonly onFailed: (track: RecordedTrack) => void,
  ) {
    element.addEventListener('error', this.handleError);
    element.preload = 'auto';
    if (track.kind === 'video') element.muted = true;
    element.src = track.url;
  }

  /** Shows or plays what belongs to the clock's position as soon as it is asked to. */
  get ready(): boolean {
    const { element } = this;
    return (
      this.failed || element.ended || (!element.seeking && element.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
    );
  }

  /** Before the track's start it waits at its beginning. */
  sync(positionMs: number, playing: boolean): void {
    const { element } = this;
    if (this.failed || element.readyState < HTMLMediaElement.HAVE_METADATA) return;
    const target = positionMs - this.track.offsetMs;
    if (!playing || target < 0) this.hold(Math.max(0, target));
    else this.run(target);
  }

  dispose(): void {
    const { element } = this;
    element.removeEventListener('error', this.handleError);
    element.pause();
    element.playbackRate = 1;
    element.removeAttribute('src');
    element.load();
  }

  private hold(target: number): void {
    const { element } = this;
    if (!element.paused) element.pause();
    element.playbackRate = 1;
    if (!element.seeking && Math.abs(element.currentTime * 1_000 - target) > 20) element.currentTime = target / 1_000;
  }

  private run(target: number): void {
    const { element } = this;
    if (element.ended) return;
    if (element.paused) {
      // Rejects when it is paused or disposed before it has begun.
      void element.play().catch(() => undefined);
    }
    if (element.seeking) return;
    const correction = correctDrift(element.currentTime * 1_000 - target, element.playbackRate !== 1);
    const now = performance.now();
    if (correction.type === 'seek') {
      if (now - this.seekedAt < settleMs) return;
      this.seekedAt = now;
      element.playbackRate = 1;
      element.currentTime = target / 1_000;
    } else {
      const rate = correction.type === 'rate' ? correction.rate : 1;
      if (element.playbackRate !== rate) element.playbackRate = rate;
    }
  }

  private readonly handleError = (): void => {
    this.failed = true;
    this.onFailed(this.track);
  };
}
