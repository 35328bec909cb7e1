import { randomBytes } from 'node:crypto';
import { SealedFileError } from './sealedFileError';
import { openOnDisk, writeFully, type SealedHandle } from './sealedHandle';
import { sealedFormat } from './sealedHeader';
import type { SealedWriterOptions } from './sealedWriter';
import { SegmentCipher } from './segmentCipher';

const size = sealedFormat.fixedSegmentBytes;
const stride = sealedFormat.lengthBytes + size + sealedFormat.tagBytes;

export interface SealedPatchWriterOptions extends SealedWriterOptions {
  /**
   * How far behind the end a patch may reach, in bytes; also the memory used. A WebM cluster lasts at most 32.8 s
   * (16-bit relative times), which at 8 Mbit/s are 32 MiB.
   */
  readonly windowBytes?: number;
}

/**
 * Writes a file in segments of 64 KiB whose head and recent tail may still be changed, as a muxer does that fills in
 * sizes, duration and index afterwards. The first segment is sealed last; the others once they are further behind the
 * end than the window. So each nonce is used exactly once, and nothing is ever on the disk in the clear.
 *
 * Calls must not overlap. The file is readable only after `finish`.
 */
export class SealedPatchWriter {
  readonly #handle: SealedHandle;
  readonly #cipher: SegmentCipher;
  readonly #windowBytes: number;
  /** Segments not sealed yet, by index. */
  readonly #pending = new Map<number, Buffer>();
  #nextToSeal = 1;
  #length = 0;
  #open = true;

  private constructor(handle: SealedHandle, cipher: SegmentCipher, windowBytes: number) {
    this.#handle = handle;
    this.#cipher = cipher;
    this.#windowBytes = windowBytes;
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
      while (this.#length - this.#nextToSeal * size > this.#windowBytes) {
        await this.#seal(this.#nextToSeal, false);
        this.#nextToSeal += 1;
      }
    });
  }

  /** Seals what is left, the head last, brings the file to the disk and closes it. Returns the file's size in bytes. */
  async finish(): Promise<number> {
    this.#assertOpen();
    const last = Math.max(0, Math.ceil(this.#length / size) - 1);
    await this.#guard(async () => {
      for (let index = this.#nextToSeal; index <= last; index += 1) await this.#seal(index, index === last);
      await this.#seal(0, last === 0);
      await this.#handle.datasync();
    });
    await this.destroy();
    return sealedFormat.headerBytes + this.#length + (last + 1) * (sealedFormat.lengthBytes + sealedFormat.tagBytes);
  }

  /** Overwrites the key in memory and closes the file as it is. May be called at any time, also twice. */
  async destroy(): Promise<void> {
    this.#cipher.destroy();
    for (const segment of this.#pending.values()) segment.fill(0);
    this.#pending.clear();
    if (!this.#open) return;
    this.#open = false;
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
    const segment = this.#pending.get(index) ?? Buffer.alloc(size);
    this.#pending.set(index, segment);
    return segment;
  }

  async #seal(index: number, last: boolean): Promise<void> {
    const plaintext = this.#segment(index).subarray(0, Math.min(size, this.#length - index * size));
    this.#pending.delete(index);
    await writeFully(
      this.#handle,
      this.#cipher.seal(index, last, plaintext),
      sealedFormat.headerBytes + index * stride,
    );
    plaintext.fill(0);
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
