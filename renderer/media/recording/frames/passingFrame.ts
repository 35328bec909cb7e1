import type { FrameCodec, PassingFrame } from './frameStretch';

/** Chromium's shape of a frame, older and newer. */
export type RuntimeFrame = Pick<RTCEncodedVideoFrame, 'data'> &
  Partial<Pick<RTCEncodedVideoFrame, 'type' | 'timestamp'>> & {
    getMetadata(): RTCEncodedVideoFrameMetadata;
  };

/** Reads what a take needs to know. The bytes are copied when they are asked for, which must be before the frame goes on. */
export function passingFrame(frame: RuntimeFrame, codecs: ReadonlyMap<number, FrameCodec>): PassingFrame {
  const { payloadType, rtpTimestamp, width, height, frameId, dependencies } = frame.getMetadata();
  return {
    rtp: rtpTimestamp ?? frame.timestamp ?? 0,
    codec: payloadType === undefined ? undefined : codecs.get(payloadType),
    key: frame.type === 'key',
    width: width ?? 0,
    height: height ?? 0,
    frameId,
    dependencies: dependencies ?? [],
    bytes: () => new Uint8Array(frame.data.slice(0)),
  };
}
