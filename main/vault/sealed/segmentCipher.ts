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

  /** The bytes of a segment as they stand in the file: length, ciphertext, tag. The caller uses each counter once. */
  seal(counter: number, last: boolean, plaintext: Uint8Array): Buffer {
    this.#assertUsable();
    if (plaintext.length > sealedFormat.maxSegmentBytes) throw new RangeError('a segment holds at most 1 MiB');
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce(counter, last), {
      authTagLength: sealedFormat.tagBytes,
    });
    cipher.setAAD(this.header);
    const length = Buffer.alloc(sealedFormat.lengthBytes);
    length.writeUInt32BE(plaintext.length + sealedFormat.tagBytes);
    return Buffer.concat([length, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** The plaintext of a segment (ciphertext and tag, without the length), or SealedFileError `authentication`. */
  open(counter: number, last: boolean, sealed: Uint8Array): Buffer {
    this.#assertUsable();
    const split = sealed.length - sealedFormat.tagBytes;
    if (split < 0) throw new SealedFileError('framing');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce(counter, last), {
      authTagLength: sealedFormat.tagBytes,
    });
    decipher.setAAD(this.header);
    decipher.setAuthTag(sealed.subarray(split));
    try {
      const plaintext = decipher.update(sealed.subarray(0, split));
      // Authenticates; GCM is a stream cipher and has no bytes left here.
      decipher.final();
      return plaintext;
    } catch {
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

/** 11 bytes of counter, big-endian, and the last flag. */
function nonce(counter: number, last: boolean): Buffer {
  if (!Number.isSafeInteger(counter) || counter < 0) throw new RangeError('counter out of range');
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(counter), 3);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}
