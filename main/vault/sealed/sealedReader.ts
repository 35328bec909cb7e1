import { SealedFileError } from './sealedFileError';
import { openOnDisk, readUpTo, type OpenSealedHandle, type SealedHandle } from './sealedHandle';
import { decodeSealedHeader, sealedFormat } from './sealedHeader';
import { indexSegments, type SegmentIndex } from './segmentIndex';
import { SegmentCipher } from './segmentCipher';
import { SegmentRun, SpanSource } from './segmentRun';

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
  readonly #source: SpanSource;
  readonly #cipher: SegmentCipher | null;
  readonly #index: SegmentIndex;
  /** The plaintext of the segment that was last opened for a part of it, in memory that is used again. */
  #cached: { index: number; length: number } | null = null;
  #cache: Buffer = Buffer.alloc(0);
  /** Where the last call ended: one that goes on from there is followed by more, presumably. */
  #lastEnd = 0;

  /** Use `SealedReader.open`. */
  constructor(handle: SealedHandle, cipher: SegmentCipher | null, index: SegmentIndex, complete: boolean) {
    this.#handle = handle;
    this.#source = new SpanSource(handle);
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
    this.#assertInside(start, end);
    // Not zeroed first, and not shared with anything: it is filled to its end, or not returned.
    const result = Buffer.allocUnsafeSlow(end - start);
    await this.#fill(result, start);
    return result;
  }

  /**
   * Like `read`, into memory of the caller: from `start` on, as much as fits. Where this throws, `target` holds nothing
   * that was not authenticated.
   */
  async readInto(target: Uint8Array, start: number): Promise<void> {
    this.#assertInside(start, start + target.length);
    await this.#fill(target, start);
  }

  /** Overwrites the key in memory and closes the file. */
  async close(): Promise<void> {
    this.#cipher?.destroy();
    this.#cached = null;
    this.#cache.fill(0);
    await this.#source.settled();
    await this.#handle.close();
  }

  #assertInside(start: number, end: number): void {
    if (start < 0 || start > end || end > this.size) throw new RangeError('outside the sealed file');
  }

  async #fill(target: Uint8Array, start: number): Promise<void> {
    const end = start + target.length;
    const ahead = start === this.#lastEnd ? target.length : 0;
    this.#lastEnd = end;
    const run = new SegmentRun(this.#source, this.#index, end, ahead);
    try {
      for (let done = 0; done < target.length;) {
        const index = this.#index.containing(start + done);
        const sealed = this.#cached?.index === index ? null : await run.sealed(index);
        // No waiting from here on: another call may use the cache meanwhile.
        done += this.#take(target, done, start + done, index, sealed);
      }
    } finally {
      run.release();
    }
  }

  /** Puts what `target` wants of a segment into it and returns how much that was. `sealed` is null when it is cached. */
  #take(target: Uint8Array, at: number, start: number, index: number, sealed: Buffer | null): number {
    if (!this.#cipher) throw new SealedFileError('closed');
    const last = this.complete && index === this.#index.count - 1;
    const offset = start - this.#index.at(index).start;
    if (sealed) {
      const length = sealed.length - sealedFormat.tagBytes;
      if (length === 0 && !last) throw new SealedFileError('framing');
      if (offset === 0 && length <= target.length - at) return this.#cipher.openInto(target, at, index, last, sealed);
      this.#cached = null;
      if (this.#cache.length < length) this.#cache = Buffer.allocUnsafeSlow(length);
      this.#cached = { index, length: this.#cipher.openInto(this.#cache, 0, index, last, sealed) };
    }
    const part = this.#cache.subarray(offset, Math.min(this.#cached?.length ?? 0, offset + target.length - at));
    target.set(part, at);
    return part.length;
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
    await checkSegment(handle, cipher, index, index.count - 1, true);
    return true;
  } catch (error) {
    if (!(error instanceof SealedFileError)) throw error;
    await checkSegment(handle, cipher, index, index.count - 1, false);
    return false;
  }
}

async function checkSegment(
  handle: SealedHandle,
  cipher: SegmentCipher,
  index: SegmentIndex,
  which: number,
  last: boolean,
): Promise<void> {
  const sealed = await new SegmentRun(new SpanSource(handle), index, 0, 0).sealed(which);
  const plaintext = Buffer.allocUnsafeSlow(Math.max(0, sealed.length - sealedFormat.tagBytes));
  cipher.openInto(plaintext, 0, which, last, sealed);
  plaintext.fill(0);
}
