import { readFileSync } from 'node:fs';
import { BufferSource, EncodedPacketSink, Input, WEBM, type EncodedPacket } from 'mediabunny';

/** Half a second. */
export const pieceMs = 500;
const clusterId = Buffer.from('1f43b675', 'hex');

/** A recording as the recorder writes it, of real frames, for as long as one likes. */
export interface EndlessFilm {
  /** What comes before the first piece. */
  readonly head: Buffer;
  /** The piece of half a second that follows `index` others. */
  piece(index: number): Buffer;
}

/** Repeats a recorded film of six seconds or so. `repeat`: each frame so many times over, for a higher bit rate. */
export async function endlessFilm(path: string): Promise<EndlessFilm> {
  const file = readFileSync(path);
  const input = new Input({ formats: [WEBM], source: new BufferSource(file) });
  const track = (await input.getTracks())[0];
  if (!track) throw new Error('no track');
  const packets: EncodedPacket[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
  const pieces = Math.floor(((packets.at(-1)?.timestamp ?? 0) * 1_000) / pieceMs);
  const byPiece = Array.from({ length: pieces }, (_, index) =>
    packets.filter(({ timestamp }) => Math.floor((timestamp * 1_000) / pieceMs) === index),
  );
  return {
    head: file.subarray(0, file.indexOf(clusterId)),
    piece: (index) => cluster(index * pieceMs, byPiece[index % pieces] ?? []),
  };
}

/** RFC 9559: a cluster of unknown size, its time, and simple blocks of track 1. */
function cluster(startMs: number, packets: readonly EncodedPacket[]): Buffer {
  const time = Buffer.from('e78400000000', 'hex');
  time.writeUInt32BE(startMs, 2);
  const blocks = packets.map(({ timestamp, type, data }) => {
    const head = Buffer.from('a30100000000000000810000', 'hex');
    head.writeUInt32BE(data.length + 4, 5);
    head.writeInt16BE(Math.round(timestamp * 1_000) % pieceMs, 10);
    return Buffer.concat([head, Buffer.from([type === 'key' ? 0x80 : 0]), data]);
  });
  return Buffer.concat([clusterId, Buffer.from('01ffffffffffffff', 'hex'), time, ...blocks]);
}
