import { EncodedTap } from './encodedTap';
import type { EncodedFrames } from './frames/encodedFrames';
import { MediaRecorderTap } from './mediaRecorderTap';
import type { CreateTrackTap } from './trackTap';
import type { TrackSink } from './trackWriter';

/** Takes the frames that are encoded anyway wherever they can be had, and encodes anew where not. */
export function createTrackTapFactory(sink: TrackSink, frames: Pick<EncodedFrames, 'sourceOf'> | null): CreateTrackTap {
  return (desired, gap) => {
    const source = frames?.sourceOf(desired.track) ?? null;
    return source === null ? new MediaRecorderTap(sink, desired, gap) : new EncodedTap(sink, desired, source, gap);
  };
}
