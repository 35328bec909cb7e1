/** What is to be read at random: a sealed file, or bytes in a test. */
export interface RandomReader {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface WebmExtent {
  /** How many bytes from the start hold whole blocks only. */
  readonly bytes: number;
  /** How many blocks (frames) there are in them. */
  readonly blocks: number;
}

/** Element IDs of Matroska (RFC 9559). */
const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  cluster: 0x1f43b675,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
} as const;

/** Elements whose inside is walked; all others are stepped over. */
const containers: ReadonlySet<number> = new Set([ids.segment, ids.cluster]);

/**
 * Finds how far a WebM file as MediaRecorder writes it is whole. Such a file may stop anywhere, also inside a frame, as
 * the recorder cuts its chunks without regard to them; a demuxer then drops the whole last cluster, which is seconds.
 *
 * Walks element headers only (RFC 8794). Segment and clusters may have unknown or known sizes. Stops without an error at
 * the first thing that is not EBML.
 */
export async function measureWebm(reader: RandomReader): Promise<WebmExtent> {
  const source = new BufferedReader(reader);
  let position = 0;
  let blocks = 0;
  for (;;) {
    const header = await readElementHeader(source, position);
    if (!header || (position === 0 && header.id !== ids.ebml)) return { bytes: position, blocks };
    if (containers.has(header.id)) {
      // A cluster without anything in it yet is no loss to drop, but it is whole, too.
      position = header.dataStart;
      continue;
    }
    if (header.size === null || header.dataStart + header.size > reader.size) return { bytes: position, blocks };
    if (header.id === ids.simpleBlock || header.id === ids.blockGroup) blocks += 1;
    position = header.dataStart + header.size;
  }
}

interface ElementHeader {
  readonly id: number;
  readonly dataStart: number;
  /** Null: unknown. */
  readonly size: number | null;
}

async function readElementHeader(source: BufferedReader, position: number): Promise<ElementHeader | null> {
  const bytes = await source.peek(position, 12);
  const idLength = vintLength(bytes[0], 4);
  const sizeLength = idLength === null ? null : vintLength(bytes[idLength], 8);
  if (idLength === null || sizeLength === null || bytes.length < idLength + sizeLength) return null;
  let id = 0;
  for (let at = 0; at < idLength; at += 1) id = id * 256 + (bytes[at] ?? 0);
  const marker = 2 ** (8 - sizeLength);
  let size = (bytes[idLength] ?? 0) % marker;
  let allOnes = size === marker - 1;
  for (let at = 1; at < sizeLength; at += 1) {
    const byte = bytes[idLength + at] ?? 0;
    size = size * 256 + byte;
    allOnes &&= byte === 255;
  }
  return { id, dataStart: position + idLength + sizeLength, size: allOnes ? null : size };
}

/** The length of a variable-size integer from its first byte; null when it would be longer than `max`. */
function vintLength(first: number | undefined, max: number): number | null {
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  return length <= max ? length : null;
}

/** Reads ahead, so that walking small elements does not mean one read each. */
class BufferedReader {
  static readonly #bytes = 65_536;
  readonly #reader: RandomReader;
  #start = 0;
  #buffer: Uint8Array = new Uint8Array();

  constructor(reader: RandomReader) {
    this.#reader = reader;
  }

  /** Up to `length` bytes at `position`, fewer at the end of the file. */
  async peek(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.#reader.size);
    if (position >= end) return new Uint8Array();
    if (position < this.#start || end > this.#start + this.#buffer.length) {
      this.#start = position;
      this.#buffer = await this.#reader.read(position, Math.min(position + BufferedReader.#bytes, this.#reader.size));
    }
    return this.#buffer.subarray(position - this.#start, end - this.#start);
  }
}
