import { randomBytes } from 'node:crypto';
import { SealedFileError } from './sealedFileError';
import { openOnDisk, writeFully, type SealedHandle } from './sealedHandle';
import { sealedFormat } from './sealedHeader';
import type { SealedWriterOptions } from './sealedWriter';
import { sealedSize, SegmentCipher } from './segmentCipher';

const size = sealedFormat.fixedSegmentBytes;
const stride = sealedSize(size);
/** Segments that go to the system with one call: 1 MiB. */
const maxRun = 16;

export interface SealedPatchWriterOptions extends SealedWriterOptions {
  /**
   * How far behind the end a patch may reach at least, in bytes; also the memory used, but for 3 MiB. A WebM cluster
   * lasts at most 32.8 s (16-bit relative times), which at 8 Mbit/s are 32 MiB.
   */
  readonly windowBytes?: number;
}

/**
 * Writes a file in segments of 64 KiB whose head and recent tail may still be changed, as a muxer does that fills in
 * sizes, duration and index afterwards. The first segment is sealed last; the others once they are further behind the
 * end than the window. So each nonce is used exactly once, and nothing is ever on the disk in the clear.
 *
 * Several segments go to the disk with one call, while the next are sealed: a write that fails is told by the call that
 * caused it or by the one after, `finish` at the latest. Calls must not overlap. The file is readable only after `finish`.
 */
export class SealedPatchWriter {
  readonly #handle: SealedHandle;
  readonly #cipher: SegmentCipher;
  readonly #windowBytes: number;
  /** How many segments are sealed and written together; fewer when the window is small. */
  readonly #run: number;
  /** One is being written while the other is filled; only ciphertext is ever in them. */
  #sealed: readonly [Buffer, Buffer] | null = null;
  #writing: Promise<void> = Promise.resolve();
  /** To be filled again: memory from the system is slow. Of what they hold still, nothing is ever sealed. */
  readonly #spare: Buffer[] = [];
  /** Segments not sealed yet, by index. */
  readonly #pending = new Map<number, Buffer>();
  #nextToSeal = 1;
  #length = 0;
  #open = true;

  private constructor(handle: SealedHandle, cipher: SegmentCipher, windowBytes: number) {
    this.#handle = handle;
    this.#cipher = cipher;
    this.#windowBytes = windowBytes;
    this.#run = Math.min(maxRun, Math.max(1, Math.floor(windowBytes / size / 4)));
  }

  /** Creates the file and writes its header. Throws the system's error, also when the file exists. */
  static async create(
    path: string,
    trackKey: Uint8Array,
    options: SealedPatchWriterOptions = {},
  ): Promise<SealedPatchWriter> {
    const windowBytes = options.windowBytes ?? 40 * 1_048_576;
    if (windowBytes < size) throw new RangeError('the window is at least one segment');
    const fileId = options.fileId ?? randomBytes(sealedFormat.fileIdBytes);
    const cipher = new SegmentCipher(trackKey, { segmentBytes: size, fileId });
    const handle = await (options.open ?? openOnDisk)(path, 'create');
    const writer = new SealedPatchWriter(handle, cipher, windowBytes);
    await writer.#guard(() => writeFully(handle, cipher.header, 0));
    return writer;
  }

  /**
   * Writes bytes at a position of the plaintext, at or before the end reached so far (RangeError otherwise: there are
   * no holes). Throws SealedFileError `sealed-already` when a patch reaches behind the window.
   */
  async write(position: number, bytes: Uint8Array): Promise<void> {
    this.#assertOpen();
    if (position > this.#length) throw new RangeError('a sealed file has no holes');
    await this.#guard(async () => {
      this.#put(position, bytes);
      // A full segment stays at least until more follows: only then it is known not to be the last.
      while (this.#length - (this.#nextToSeal + this.#run - 1) * size > this.#windowBytes) {
        await this.#seal(this.#nextToSeal, this.#run, false);
      }
    });
  }

  /** Seals what is left, the head last, brings the file to the disk and closes it. Returns the file's size in bytes. */
  async finish(): Promise<number> {
    this.#assertOpen();
    const last = Math.max(0, Math.ceil(this.#length / size) - 1);
    await this.#guard(async () => {
      while (this.#nextToSeal <= last) {
        const count = Math.min(this.#run, last + 1 - this.#nextToSeal);
        await this.#seal(this.#nextToSeal, count, this.#nextToSeal + count > last);
      }
      await this.#seal(0, 1, last === 0);
      await this.#writing;
      await this.#handle.datasync();
    });
    await this.destroy();
    return sealedFormat.headerBytes + this.#length + (last + 1) * sealedSize(0);
  }

  /** Overwrites the key in memory and closes the file as it is. May be called at any time, also twice. */
  async destroy(): Promise<void> {
    this.#cipher.destroy();
    for (const segment of [...this.#pending.values(), ...this.#spare.splice(0)]) segment.fill(0);
    this.#pending.clear();
    if (!this.#open) return;
    this.#open = false;
    // Its failure has been told, or nobody wants the file any more.
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  #put(position: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const index = Math.floor((position + done) / size);
      if (index > 0 && index < this.#nextToSeal) throw new SealedFileError('sealed-already');
      const offset = (position + done) % size;
      const part = bytes.subarray(done, done + size - offset);
      this.#segment(index).set(part, offset);
      done += part.length;
    }
    this.#length = Math.max(this.#length, position + bytes.length);
  }

  #segment(index: number): Buffer {
    const segment = this.#pending.get(index) ?? this.#spare.pop() ?? Buffer.alloc(size);
    this.#pending.set(index, segment);
    return segment;
  }

  /** Seals consecutive segments, the last of which may be the file's, and hands them to the disk. */
  async #seal(first: number, count: number, last: boolean): Promise<void> {
    this.#sealed ??= [Buffer.allocUnsafeSlow(this.#run * stride), Buffer.allocUnsafeSlow(this.#run * stride)];
    // Free: what was written from it is on the disk, see below.
    const [target, other] = this.#sealed;
    this.#sealed = [other, target];
    let filled = 0;
    for (let index = first; index < first + count; index += 1) {
      const segment = this.#segment(index);
      const plaintext = segment.subarray(0, Math.min(size, this.#length - index * size));
      filled += this.#cipher.sealInto(target, filled, index, last && index === first + count - 1, plaintext);
      this.#pending.delete(index);
      this.#spare.push(segment);
    }
    // Sealed counts from here on, whatever comes of the write: no counter is used again.
    if (first > 0) this.#nextToSeal = first + count;
    await this.#writing;
    this.#writing = writeFully(this.#handle, target.subarray(0, filled), sealedFormat.headerBytes + first * stride);
    // Told when it is waited for.
    this.#writing.catch(() => undefined);
  }

  /** After any failure the writer is closed for good, so that no counter can be used a second time. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      await this.destroy();
      throw error;
    }
  }

  #assertOpen(): void {
    if (!this.#open) throw new SealedFileError('closed');
  }
}
