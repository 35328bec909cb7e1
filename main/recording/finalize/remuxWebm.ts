import {
  CustomSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
  type InputTrack,
  type StreamTargetChunk,
} from 'mediabunny';
import { measureWebm, type RandomReader } from './webmExtent';

export interface Remuxed {
  readonly durationMs: number;
  readonly mimeType: string;
}

/**
 * MediaRecorder does not say what the colours of a call mean (BT.601, limited range). Left to guess, a player and a
 * decoder guess differently, and an exported film is darker than what was seen.
 */
const callColours = { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false } as const;

/** Puts bytes at a position of the new file; may go back to change what was written. */
export type WriteAt = (position: number, bytes: Uint8Array) => Promise<void>;

/**
 * Copies the frames of a WebM file into a new one that has a duration and cues, so that a player can seek in it. Nothing
 * is encoded anew; times are kept. Whatever comes after the last whole frame is left out. Returns null when there is no
 * frame at all. Throws when the file cannot be read or is no WebM with one supported track.
 */
export async function remuxWebm(reader: RandomReader, write: WriteAt): Promise<Remuxed | null> {
  const extent = await measureWebm(reader);
  if (extent.blocks === 0) return null;
  const input = new Input({
    formats: [WEBM],
    source: new CustomSource({ getSize: () => extent.bytes, read: (start, end) => reader.read(start, end) }),
  });
  const output = new Output({
    format: new WebMOutputFormat(),
    target: new StreamTarget(
      new WritableStream<StreamTargetChunk>({ write: ({ position, data }) => write(position, data) }),
    ),
  });
  try {
    const [track, ...others] = await input.getTracks();
    if (!track || others.length > 0) throw new Error('a track file holds one track');
    const endSeconds = await copyPackets(track, output);
    const codec = await track.getCodecParameterString();
    await output.finalize();
    const durationMs = Math.round(endSeconds * 1000);
    return { durationMs, mimeType: `${track.type}/webm${codec === null ? '' : `;codecs=${codec}`}` };
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    input.dispose();
  }
}

async function copyPackets(track: InputTrack, output: Output): Promise<number> {
  let end = 0;
  const packets = new EncodedPacketSink(track).packets();
  if (track.isVideoTrack()) {
    const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (codec === null || decoderConfig === null) throw new Error('unknown codec');
    const colorSpace = decoderConfig.colorSpace?.matrix ? decoderConfig.colorSpace : callColours;
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    await output.start();
    for await (const packet of packets) {
      await source.add(packet, { decoderConfig: { ...decoderConfig, colorSpace } });
      end = Math.max(end, packet.timestamp + packet.duration);
    }
  } else if (track.isAudioTrack()) {
    const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (codec === null || decoderConfig === null) throw new Error('unknown codec');
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    await output.start();
    for await (const packet of packets) {
      await source.add(packet, { decoderConfig });
      end = Math.max(end, packet.timestamp + packet.duration);
    }
  } else {
    throw new Error('a track file holds audio or video');
  }
  return end;
}
