import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  StreamTarget,
  WebMOutputFormat,
  type StreamTargetChunk,
} from 'mediabunny';
import type { StretchPacket } from './frameStretch';
import { opusChannels, opusHead } from './opusPacket';

/** Puts the bytes behind those before them. */
export type AppendBytes = (bytes: Uint8Array) => void;

type Add = (packet: StretchPacket) => Promise<void>;

/** Writes packets as WebM that is whole up to the last block at any moment: nothing is gone back to, nothing held back. */
export class PacketMuxer {
  private readonly output: Output;
  private source: Promise<Add> | null = null;

  constructor(private readonly append: AppendBytes) {
    this.output = new Output({
      format: new WebMOutputFormat({ appendOnly: true }),
      target: new StreamTarget(new WritableStream<StreamTargetChunk>({ write: ({ data }) => this.append(data) })),
    });
  }

  async add(packet: StretchPacket): Promise<void> {
    this.source ??= packet.codec === 'opus' ? this.openAudio(packet) : this.openVideo(packet);
    await (
      await this.source
    )(packet);
  }

  /** Writes the end. Resolves when everything was appended. */
  async finish(): Promise<void> {
    if (this.source !== null) await this.output.finalize();
  }

  private async openAudio({ bytes }: StretchPacket): Promise<Add> {
    const numberOfChannels = opusChannels(bytes);
    const description = opusHead(numberOfChannels);
    const source = new EncodedAudioPacketSource('opus');
    this.output.addAudioTrack(source);
    await this.output.start();
    const decoderConfig = { codec: 'opus', sampleRate: 48_000, numberOfChannels, description };
    return (packet) => source.add(encoded(packet), { decoderConfig });
  }

  private async openVideo({ codec, width, height }: StretchPacket): Promise<Add> {
    const source = new EncodedVideoPacketSource(codec === 'vp9' ? 'vp9' : 'vp8');
    this.output.addVideoTrack(source);
    await this.output.start();
    // VP9: profile 0, 8 bits, the level that takes any picture a camera makes.
    const name = codec === 'vp9' ? 'vp09.00.41.08' : 'vp8';
    const decoderConfig = { codec: name, codedWidth: width, codedHeight: height };
    return (packet) => source.add(encoded(packet), { decoderConfig });
  }
}

function encoded({ bytes, key, atMs, durationMs }: StretchPacket): EncodedPacket {
  return new EncodedPacket(bytes, key ? 'key' : 'delta', atMs / 1000, durationMs / 1000);
}
