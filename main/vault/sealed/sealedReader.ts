import { SealedFileError } from './sealedFileError';
import { openOnDisk, readUpTo, type OpenSealedHandle, type SealedHandle } from './sealedHandle';
import { decodeSealedHeader, sealedFormat } from './sealedHeader';
import { indexSegments, type SegmentIndex } from './segmentIndex';
import { SegmentCipher } from './segmentCipher';

export interface SealedReaderOptions {
  readonly open?: OpenSealedHandle;
  /** Refuse a file whose last segment is missing (SealedFileError `incomplete`). */
  readonly requireComplete?: boolean;
}

/**
 * Reads a sealed file at random. Every byte returned was authenticated, at its place in this file: a segment that was
 * changed, moved, repeated or dropped is refused when it is read, with SealedFileError `authentication`.
 *
 * A file that was not finished can be read as far as whole segments go, and `complete` is false. That is all that an
 * attacker without the key can achieve too: to cut a file short, visibly.
 */
export class SealedReader {
  /** Bytes of plaintext that can be read. */
  readonly size: number;
  /** The last segment is there and says so. */
  readonly complete: boolean;
  readonly #handle: SealedHandle;
  readonly #cipher: SegmentCipher | null;
  readonly #index: SegmentIndex;
  #cached: { readonly index: number; readonly plaintext: Buffer } | null = null;

  /** Use `SealedReader.open`. */
  constructor(handle: SealedHandle, cipher: SegmentCipher | null, index: SegmentIndex, complete: boolean) {
    this.#handle = handle;
    this.#cipher = cipher;
    this.#index = index;
    this.complete = complete;
    this.size = index.plaintextBytes;
  }

  /**
   * Opens a file, finds its segments and authenticates the last of them. Throws SealedFileError, or the system's error
   * (ENOENT). A file shorter than its header is one whose creation was cut short: empty and not complete.
   */
  static async open(path: string, trackKey: Uint8Array, options: SealedReaderOptions = {}): Promise<SealedReader> {
    const handle = await (options.open ?? openOnDisk)(path, 'read');
    try {
      const reader = await openReader(handle, trackKey);
      if (options.requireComplete && !reader.complete) throw new SealedFileError('incomplete');
      return reader;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The plaintext from `start` up to, not including, `end`. Throws RangeError outside 0..size. */
  async read(start: number, end: number): Promise<Uint8Array> {
    if (start < 0 || start > end || end > this.size) throw new RangeError('outside the sealed file');
    const result = new Uint8Array(end - start);
    let done = 0;
    while (done < result.length) {
      const index = this.#index.containing(start + done);
      const plaintext = await this.#plaintextOf(index);
      const offset = start + done - this.#index.at(index).start;
      const part = plaintext.subarray(offset, offset + result.length - done);
      result.set(part, done);
      done += part.length;
    }
    return result;
  }

  /** Overwrites the key in memory and closes the file. */
  async close(): Promise<void> {
    this.#cipher?.destroy();
    this.#cached = null;
    await this.#handle.close();
  }

  async #plaintextOf(index: number): Promise<Buffer> {
    if (this.#cached?.index === index) return this.#cached.plaintext;
    if (!this.#cipher) throw new SealedFileError('closed');
    const last = this.complete && index === this.#index.count - 1;
    const plaintext = await openSegment(this.#handle, this.#cipher, this.#index, index, last);
    if (plaintext.length === 0 && !last) throw new SealedFileError('framing');
    this.#cached = { index, plaintext };
    return plaintext;
  }
}

const nothing: SegmentIndex = {
  count: 0,
  plaintextBytes: 0,
  torn: true,
  at: () => {
    throw new RangeError('no such segment');
  },
  containing: () => 0,
};

async function openReader(handle: SealedHandle, trackKey: Uint8Array): Promise<SealedReader> {
  const { size: fileBytes } = await handle.stat();
  const head = await readUpTo(handle, 0, sealedFormat.headerBytes);
  if (head.length < sealedFormat.headerBytes) {
    const begun = sealedFormat.magic.subarray(0, head.length);
    if (!begun.equals(head.subarray(0, begun.length))) throw new SealedFileError('not-sealed');
    return new SealedReader(handle, null, nothing, false);
  }
  const header = decodeSealedHeader(head);
  const cipher = new SegmentCipher(trackKey, header);
  const index = await indexSegments(handle, header, fileBytes);
  const complete = await hasLastSegment(handle, cipher, index);
  if (complete && index.torn) throw new SealedFileError('framing');
  return new SealedReader(handle, cipher, index, complete);
}

/** Whether the last segment there is carries the last flag. A segment that opens neither way is damaged. */
async function hasLastSegment(handle: SealedHandle, cipher: SegmentCipher, index: SegmentIndex): Promise<boolean> {
  if (index.count === 0) return false;
  try {
    await openSegment(handle, cipher, index, index.count - 1, true);
    return true;
  } catch (error) {
    if (!(error instanceof SealedFileError)) throw error;
    await openSegment(handle, cipher, index, index.count - 1, false);
    return false;
  }
}

async function openSegment(
  handle: SealedHandle,
  cipher: SegmentCipher,
  index: SegmentIndex,
  which: number,
  last: boolean,
): Promise<Buffer> {
  const segment = index.at(which);
  const { lengthBytes } = sealedFormat;
  const bytes = await readUpTo(handle, segment.position - lengthBytes, lengthBytes + segment.sealedBytes);
  if (bytes.length < lengthBytes + segment.sealedBytes) throw new SealedFileError('framing');
  if (bytes.readUInt32BE(0) !== segment.sealedBytes) throw new SealedFileError('framing');
  return cipher.open(which, last, bytes.subarray(lengthBytes));
}
