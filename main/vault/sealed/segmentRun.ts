import { SealedFileError } from './sealedFileError';
import { readInto, type SealedHandle } from './sealedHandle';
import { sealedFormat } from './sealedHeader';
import type { SegmentIndex } from './segmentIndex';

/** Consecutive segments as they stand in the file. */
interface Span {
  readonly first: number;
  readonly position: number;
  readonly length: number;
}

/**
 * Fetches spans of a file, and one that is likely to be wanted next before it is asked for, so that reading and
 * decrypting happen side by side. The memory is used again: new memory from the system is slow.
 */
export class SpanSource {
  readonly #handle: SealedHandle;
  readonly #spare: Buffer[] = [];
  #ahead: { readonly span: Span; readonly bytes: Promise<Buffer | null> } | null = null;

  constructor(handle: SealedHandle) {
    this.#handle = handle;
  }

  /** The bytes of a span, fewer at the end of the file; to be given back. */
  async fetch(span: Span): Promise<Buffer> {
    const ahead = this.#ahead;
    if (ahead?.span.position === span.position && ahead.span.length >= span.length) {
      this.#ahead = null;
      const bytes = await ahead.bytes;
      if (bytes) return bytes;
    }
    return this.#read(span);
  }

  /** Begins to read a span. One at a time; where it fails, `fetch` tries again and tells. */
  fetchAhead(span: Span): void {
    if (this.#ahead) return;
    this.#ahead = { span, bytes: this.#read(span).catch(() => null) };
  }

  giveBack(bytes: Buffer): void {
    // As large as it was made: a view may be shorter.
    if (this.#spare.length < 2) this.#spare.push(Buffer.from(bytes.buffer));
  }

  /** Nothing is being read any more. */
  async settled(): Promise<void> {
    await this.#ahead?.bytes;
    this.#ahead = null;
  }

  #read(span: Span): Promise<Buffer> {
    const spare = this.#spare.pop();
    const memory = spare && spare.length >= span.length ? spare : Buffer.allocUnsafeSlow(span.length);
    return readInto(this.#handle, span.position, memory.subarray(0, span.length));
  }
}

/**
 * The segments that one call needs, in order, several with one call to the system: in a finished file, where they are
 * small, asking for each would take longer than decrypting it.
 */
export class SegmentRun {
  readonly #source: SpanSource;
  readonly #index: SegmentIndex;
  readonly #end: number;
  /** How many bytes of plaintext the next call will want, presumably. */
  readonly #ahead: number;
  #span: Span | null = null;
  #bytes: Buffer | null = null;

  /** No segment that begins at or after `end` + `ahead` (of the plaintext) is fetched before it is asked for. */
  constructor(source: SpanSource, index: SegmentIndex, end: number, ahead: number) {
    this.#source = source;
    this.#index = index;
    this.#end = end;
    this.#ahead = ahead;
  }

  /**
   * Ciphertext and tag of a segment, until the next call. Throws SealedFileError `framing` when the file does not hold
   * them as it did.
   */
  async sealed(which: number): Promise<Buffer> {
    const { position, sealedBytes } = this.#index.at(which);
    const start = position - sealedFormat.lengthBytes;
    const end = position + sealedBytes;
    if (!this.#span || !this.#bytes || start < this.#span.position || end > this.#span.position + this.#span.length) {
      this.release();
      const span = this.#spanFrom(which, this.#end);
      this.#bytes = await this.#source.fetch(span);
      this.#span = span;
      this.#fetchAhead(span);
    }
    const bytes = this.#bytes.subarray(start - this.#span.position, end - this.#span.position);
    if (bytes.length < end - start || bytes.readUInt32BE(0) !== sealedBytes) throw new SealedFileError('framing');
    return bytes.subarray(sealedFormat.lengthBytes);
  }

  /** Gives the memory back; what `sealed` returned is not to be used any more. */
  release(): void {
    if (this.#bytes) this.#source.giveBack(this.#bytes);
    this.#bytes = null;
    this.#span = null;
  }

  #fetchAhead({ position, length, first }: Span): void {
    for (let next = first; next < this.#index.count; next += 1) {
      const segment = this.#index.at(next);
      if (segment.position < position + length) continue;
      const wanted = segment.start < this.#end ? this.#end : this.#end + this.#ahead;
      if (segment.start < wanted) this.#source.fetchAhead(this.#spanFrom(next, wanted));
      return;
    }
  }

  /** At most 1 MiB of segments, but always one, none of which begins at or after `end`. */
  #spanFrom(first: number, end: number): Span {
    const { position, sealedBytes } = this.#index.at(first);
    const start = position - sealedFormat.lengthBytes;
    let until = position + sealedBytes;
    for (let next = first + 1; next < this.#index.count; next += 1) {
      const segment = this.#index.at(next);
      const after = segment.position + segment.sealedBytes;
      if (segment.start >= end || after - position > sealedFormat.maxSegmentBytes) break;
      until = after;
    }
    return { first, position: start, length: until - start };
  }
}
