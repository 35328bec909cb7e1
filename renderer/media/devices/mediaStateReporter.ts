import type { Result } from '../../../common/errors';
import type { MediaState } from '../../../common/meeting/models';

/**
 * Tells main, and so everybody in the meeting, whether microphone and camera are on: one call at a time, the latest
 * state last. Both are off when a meeting begins, so that is not told.
 */
export class MediaStateReporter {
  private told: MediaState = { microphone: false, camera: false };
  private wanted: MediaState = this.told;
  private busy = false;
  private disposed = false;

  constructor(private readonly setMedia: (media: MediaState) => Promise<Result<void>>) {}

  handleMedia(media: MediaState): void {
    this.wanted = media;
    if (!this.busy) void this.run();
  }

  dispose(): void {
    this.disposed = true;
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (!this.disposed && !same(this.told, this.wanted)) {
      this.told = this.wanted;
      const result = await this.setMedia(this.told);
      // Not retried: it fails when there is no meeting any more.
      if (!result.ok) break;
    }
    this.busy = false;
  }
}

function same(a: MediaState, b: MediaState): boolean {
  return a.microphone === b.microphone && a.camera === b.camera;
}
