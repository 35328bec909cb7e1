import {
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type EncodedPacket,
  type InputTrack,
  type StreamTargetChunk,
} from 'mediabunny';
import { callColours, type WriteAt } from './remuxWebm';

/** A stretch of a track as a file of its own. */
export interface WebmPiece {
  /** Takes the frames in their order, with times from the piece's own beginning. */
  add(packet: EncodedPacket): Promise<void>;
  /** Writes what is missing: durations, cues. */
  finish(): Promise<void>;
  cancel(): Promise<void>;
}

/** Begins a seekable WebM file for frames of this track, unchanged. Throws when the codec is not known. */
export async function createWebmPiece(track: InputTrack, write: WriteAt): Promise<WebmPiece> {
  const output = new Output({
    format: new WebMOutputFormat(),
    target: new StreamTarget(
      new WritableStream<StreamTargetChunk>({ write: ({ position, data }) => write(position, data) }),
    ),
  });
  const add = await addTrack(track, output);
  await output.start();
  return { add, finish: () => output.finalize(), cancel: () => output.cancel() };
}

async function addTrack(track: InputTrack, output: Output): Promise<WebmPiece['add']> {
  if (track.isVideoTrack()) {
    const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (codec === null || decoderConfig === null) throw new Error('unknown codec');
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    const colorSpace = decoderConfig.colorSpace?.matrix ? decoderConfig.colorSpace : callColours;
    return (packet) => source.add(packet, { decoderConfig: { ...decoderConfig, colorSpace } });
  }
  if (track.isAudioTrack()) {
    const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
    if (codec === null || decoderConfig === null) throw new Error('unknown codec');
    const source = new EncodedAudioPacketSource(codec);
    output.addAudioTrack(source);
    return (packet) => source.add(packet, { decoderConfig });
  }
  throw new Error('a track file holds audio or video');
}
