import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { SealedFileError } from './sealedFileError';
import { encodeSealedHeader, sealedFormat, type SealedHeader } from './sealedHeader';

const info = 'konklave sealed file v1';

/**
 * Seals and opens the segments of one file: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015), as age uses it.
 *
 * The file's key is HKDF-SHA256 (RFC 5869) of the track's key, so that no two files share a key even if they shared a
 * track key. The nonce is an 11-byte big-endian counter and one byte that is 1 for the last segment only; the header
 * is authenticated with every segment.
 */
export class SegmentCipher {
  readonly header: Buffer;
  readonly #key: Buffer;
  #destroyed = false;

  /** `trackKey`: 32 random bytes; it is not kept. */
  constructor(trackKey: Uint8Array, header: SealedHeader) {
    if (trackKey.length !== sealedFormat.keyBytes) throw new RangeError('a track key has 32 bytes');
    this.header = encodeSealedHeader(header);
    this.#key = Buffer.from(hkdfSync('sha256', trackKey, header.fileId, info, sealedFormat.keyBytes));
  }

  /**
   * Puts a segment as it stands in the file (length, ciphertext, tag) into `target` from `offset` on and returns how many
   * bytes that is: `sealedSize` of the plaintext. The caller uses each counter once.
   */
  sealInto(target: Buffer, offset: number, counter: number, last: boolean, plaintext: Uint8Array): number {
    this.#assertUsable();
    if (plaintext.length > sealedFormat.maxSegmentBytes) throw new RangeError('a segment holds at most 1 MiB');
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(counter, last), {
      authTagLength: sealedFormat.tagBytes,
    });
    cipher.setAAD(this.header);
    target.writeUInt32BE(plaintext.length + sealedFormat.tagBytes, offset);
    const start = offset + sealedFormat.lengthBytes;
    inPieces(plaintext, (piece, at) => target.set(cipher.update(piece), start + at));
    // GCM is a stream cipher and has no bytes left here.
    cipher.final();
    target.set(cipher.getAuthTag(), start + plaintext.length);
    return sealedSize(plaintext.length);
  }

  /**
   * Puts the plaintext of a segment (ciphertext and tag, without the length) into `target` from `offset` on and returns
   * how many bytes that is. Throws SealedFileError `authentication`; then nothing of it is left in `target`.
   */
  openInto(target: Uint8Array, offset: number, counter: number, last: boolean, sealed: Uint8Array): number {
    this.#assertUsable();
    const split = sealed.length - sealedFormat.tagBytes;
    if (split < 0) throw new SealedFileError('framing');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce(counter, last), {
      authTagLength: sealedFormat.tagBytes,
    });
    decipher.setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(split));
    try {
      inPieces(sealed.subarray(0, split), (piece, at) => target.set(decipher.update(piece), offset + at));
      decipher.final();
      return split;
    } catch {
      target.fill(0, offset, offset + split);
      throw new SealedFileError('authentication');
    }
  }

  /** Overwrites the key in memory; afterwards nothing can be sealed or opened. */
  destroy(): void {
    this.#destroyed = true;
    this.#key.fill(0);
  }

  #assertUsable(): void {
    if (this.#destroyed) throw new SealedFileError('closed');
  }
}

/** How many bytes a segment with so much plaintext takes in the file. */
export function sealedSize(plaintextBytes: number): number {
  return sealedFormat.lengthBytes + plaintextBytes + sealedFormat.tagBytes;
}

/**
 * What the cipher returns is new memory each time. Of this size it is used again and stays in the processor's cache;
 * larger ones come fresh from the system, a page at a time, and sealing 1 MiB at once takes a fifth longer.
 */
const pieceBytes = 65_536;

function inPieces(bytes: Uint8Array, work: (piece: Uint8Array, at: number) => void): void {
  for (let at = 0; at < bytes.length; at += pieceBytes) work(bytes.subarray(at, at + pieceBytes), at);
}

/** 11 bytes of counter, big-endian, and the last flag. */
function nonce(counter: number, last: boolean): Buffer {
  if (!Number.isSafeInteger(counter) || counter < 0) throw new RangeError('counter out of range');
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(counter), 3);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}
