import type { FrameCodec } from './frameStretch';

const codecs: Readonly<Record<string, FrameCodec>> = {
  'audio/opus': 'opus',
  'video/vp8': 'vp8',
  'video/vp9': 'vp9',
};

/**
 * By payload type, what of the negotiated can go into a file as it is. Not in it: what wraps other packets (RED, FEC,
 * retransmissions), and codecs that a file wants described.
 */
export function frameCodecs({ codecs: negotiated }: RTCRtpParameters): ReadonlyMap<number, FrameCodec> {
  return new Map(
    negotiated.flatMap(({ payloadType, mimeType }) => {
      const codec = codecs[mimeType.toLowerCase()];
      return codec === undefined ? [] : [[payloadType, codec] as const];
    }),
  );
}
