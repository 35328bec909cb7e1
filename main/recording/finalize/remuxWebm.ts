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
  type EncodedPacket,
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
export const callColours = {
  matrix: 'smpte170m',
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  fullRange: false,
} as const;

/** Puts bytes at a position of the new file; may go back to change what was written. */
export type WriteAt = (position: number, bytes: Uint8Array) => Promise<void>;

/**
 * Copies the frames of a WebM file into a new one that has a duration and cues, so that a player can seek in it. Nothing
 * is encoded anew; times are kept. Whatever comes after the last whole frame is left out. Returns null when there is no
 * frame at all. Throws when the file cannot be read or is no WebM with one supported track.
 *
 * With `clipMs` it is a consent clip: one track of sound and one of picture may be in it, and frames that begin later
 * than that are left out.
 */
export async function remuxWebm(reader: RandomReader, write: WriteAt, clipMs?: number): Promise<Remuxed | null> {
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
    const tracks = await input.getTracks();
    const isClip = clipMs !== undefined && tracks.length === 2 && tracks[0]?.type !== tracks[1]?.type;
    if (tracks.length !== 1 && !isClip) throw new Error('a track file holds one track');
    const copies = await Promise.all(tracks.map((track) => openCopy(track, output)));
    await output.start();
    const endSeconds = await copyPackets(copies, clipMs === undefined ? Infinity : clipMs / 1000);
    await output.finalize();
    const codecs = copies.map(({ codec }) => codec).filter((codec) => codec !== null);
    const type = copies.some(({ isVideo }) => isVideo) ? 'video' : 'audio';
    const durationMs = Math.round(endSeconds * 1000);
    return { durationMs, mimeType: `${type}/webm${codecs.length > 0 ? `;codecs=${codecs.join(',')}` : ''}` };
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    input.dispose();
  }
}

interface TrackCopy {
  readonly isVideo: boolean;
  readonly codec: string | null;
  readonly packets: AsyncIterator<EncodedPacket>;
  readonly add: (packet: EncodedPacket) => Promise<void>;
}

async function openCopy(track: InputTrack, output: Output): Promise<TrackCopy> {
  const codec = await track.getCodecParameterString();
  const packets = new EncodedPacketSink(track).packets();
  if (track.isVideoTrack()) {
    const [name, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (name === null || decoderConfig === null) throw new Error('unknown codec');
    const colorSpace = decoderConfig.colorSpace?.matrix ? decoderConfig.colorSpace : callColours;
    const source = new EncodedVideoPacketSource(name);
    output.addVideoTrack(source);
    const meta = { decoderConfig: { ...decoderConfig, colorSpace } };
    return { isVideo: true, codec, packets, add: (packet) => source.add(packet, meta) };
  }
  if (track.isAudioTrack()) {
    const [name, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (name === null || decoderConfig === null) throw new Error('unknown codec');
    const source = new EncodedAudioPacketSource(name);
    output.addAudioTrack(source);
    return { isVideo: false, codec, packets, add: (packet) => source.add(packet, { decoderConfig }) };
  }
  throw new Error('a track file holds audio or video');
}

/** In the order of their times, whichever track they are of. Returns where the last one ends, in seconds. */
async function copyPackets(copies: readonly TrackCopy[], limitSeconds: number): Promise<number> {
  let end = 0;
  const advance = async (copy: TrackCopy) => {
    const { done, value } = await copy.packets.next();
    return done === true || value.timestamp >= limitSeconds ? null : { copy, packet: value };
  };
  let next = (await Promise.all(copies.map(advance))).filter((one) => one !== null);
  for (;;) {
    const [first, ...rest] = [...next].sort((a, b) => a.packet.timestamp - b.packet.timestamp);
    if (first === undefined) break;
    const { copy, packet } = first;
    await copy.add(packet);
    end = Math.max(end, packet.timestamp + packet.duration);
    const following = await advance(copy);
    next = following === null ? rest : [following, ...rest];
  }
  for (const { packets } of copies) await packets.return?.();
  return end;
}
