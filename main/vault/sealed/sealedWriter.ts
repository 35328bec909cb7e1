import { randomBytes } from 'node:crypto';
import { SealedFileError } from './sealedFileError';
import { openOnDisk, writeFully, type OpenSealedHandle, type SealedHandle } from './sealedHandle';
import { sealedFormat } from './sealedHeader';
import { sealedSize, SegmentCipher } from './segmentCipher';

export interface SealedWriterOptions {
  readonly open?: OpenSealedHandle;
  /** 16 bytes, never used before; random unless a test says otherwise. */
  readonly fileId?: Uint8Array;
}

/**
 * Writes a live recording: each `append` is one segment, written to the file before it resolves. When the program dies,
 * everything appended before can be read; when it dies inside a write, that segment is missing as a whole.
 *
 * Calls must not overlap. After a failed write the writer is closed for good: the counter of a segment that may be in
 * the file in part is never used for other bytes.
 */
export class SealedWriter {
  readonly #handle: SealedHandle;
  readonly #cipher: SegmentCipher;
  /** Where segments are sealed, one after the other; only ciphertext is ever in it. */
  #scratch: Buffer = Buffer.alloc(0);
  #counter = 0;
  #position: number = sealedFormat.headerBytes;
  #open = true;

  private constructor(handle: SealedHandle, cipher: SegmentCipher) {
    this.#handle = handle;
    this.#cipher = cipher;
  }

  /** Creates the file and writes its header. Throws the system's error, also when the file exists. */
  static async create(path: string, trackKey: Uint8Array, options: SealedWriterOptions = {}): Promise<SealedWriter> {
    const fileId = options.fileId ?? randomBytes(sealedFormat.fileIdBytes);
    const cipher = new SegmentCipher(trackKey, { segmentBytes: 0, fileId });
    const handle = await (options.open ?? openOnDisk)(path, 'create');
    try {
      await writeFully(handle, cipher.header, 0);
    } catch (error) {
      cipher.destroy();
      await handle.close();
      throw error;
    }
    return new SealedWriter(handle, cipher);
  }

  /** Size of the file in bytes, as far as it was written whole. */
  get fileBytes(): number {
    return this.#position;
  }

  /** Adds 1 byte to 1 MiB as one segment; no bytes are no segment. Throws RangeError when there are more. */
  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length > 0) await this.#write(bytes, false);
  }

  /**
   * Brings to the disk what was appended so far; may be called while an append is on its way. Throws the system's error,
   * also when the file is closed meanwhile. Afterwards a power cut costs what was appended later, and nothing else.
   */
  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  /** Ends the file with an empty last segment, brings it to the disk and closes it. */
  async finish(): Promise<void> {
    await this.#write(new Uint8Array(), true);
    try {
      await this.#handle.datasync();
    } finally {
      await this.destroy();
    }
  }

  /** Overwrites the key in memory and closes the file as it is. May be called at any time, also twice. */
  async destroy(): Promise<void> {
    this.#cipher.destroy();
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close();
  }

  async #write(plaintext: Uint8Array, last: boolean): Promise<void> {
    if (!this.#open) throw new SealedFileError('closed');
    const bytes = sealedSize(plaintext.length);
    if (this.#scratch.length < bytes) this.#scratch = Buffer.allocUnsafeSlow(bytes);
    this.#cipher.sealInto(this.#scratch, 0, this.#counter, last, plaintext);
    this.#counter += 1;
    try {
      await writeFully(this.#handle, this.#scratch.subarray(0, bytes), this.#position);
    } catch (error) {
      await this.destroy();
      throw error;
    }
    this.#position += bytes;
  }
}
