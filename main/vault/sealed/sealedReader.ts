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
    const run = new SegmentRun(this.#handle, this.#index, end);
    let done = 0;
    while (done < result.length) {
      const index = this.#index.containing(start + done);
      const plaintext = await this.#plaintextOf(index, run);
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

  async #plaintextOf(index: number, run: SegmentRun): Promise<Buffer> {
    if (this.#cached?.index === index) return this.#cached.plaintext;
    if (!this.#cipher) throw new SealedFileError('closed');
    const last = this.complete && index === this.#index.count - 1;
    const plaintext = this.#cipher.open(index, last, await run.sealed(index));
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
  return cipher.open(which, last, await new SegmentRun(handle, index, 0).sealed(which));
}

/**
 * Fetches segments in order, several with one call to the system: in a finished file, where they are small, asking for
 * each would take longer than decrypting it.
 */
class SegmentRun {
  readonly #handle: SealedHandle;
  readonly #index: SegmentIndex;
  readonly #end: number;
  #position = 0;
  #bytes: Buffer = Buffer.alloc(0);

  /** No segment that begins at or after `end` (of the plaintext) is fetched before it is asked for. */
  constructor(handle: SealedHandle, index: SegmentIndex, end: number) {
    this.#handle = handle;
    this.#index = index;
    this.#end = end;
  }

  /** Ciphertext and tag of a segment. Throws SealedFileError `framing` when the file does not hold them as it did. */
  async sealed(which: number): Promise<Buffer> {
    const { position, sealedBytes } = this.#index.at(which);
    const start = position - sealedFormat.lengthBytes;
    const end = position + sealedBytes;
    if (start < this.#position || end > this.#position + this.#bytes.length) {
      this.#bytes = await readUpTo(this.#handle, start, this.#lastToFetch(which) - start);
      this.#position = start;
    }
    const bytes = this.#bytes.subarray(start - this.#position, end - this.#position);
    if (bytes.length < end - start || bytes.readUInt32BE(0) !== sealedBytes) throw new SealedFileError('framing');
    return bytes.subarray(sealedFormat.lengthBytes);
  }

  /** Where in the file the last segment ends that is fetched together with this one. */
  #lastToFetch(which: number): number {
    const first = this.#index.at(which);
    let end = first.position + first.sealedBytes;
    for (let next = which + 1; next < this.#index.count; next += 1) {
      const segment = this.#index.at(next);
      const after = segment.position + segment.sealedBytes;
      if (segment.start >= this.#end || after - first.position > sealedFormat.maxSegmentBytes) break;
      end = after;
    }
    return end;
  }
}
