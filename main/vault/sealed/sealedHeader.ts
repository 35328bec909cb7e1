import { SealedFileError } from './sealedFileError';

/** Sizes and constants of the format, version 1. See docs/sealed-files.md. */
export const sealedFormat = {
  magic: Buffer.from('KONKSEAL', 'latin1'),
  version: 1,
  /** 1: HKDF-SHA256, AES-256-GCM with 16-byte tags. */
  suite: 1,
  headerBytes: 32,
  fileIdBytes: 16,
  keyBytes: 32,
  /** The length before each segment: of what follows it, tag included. */
  lengthBytes: 4,
  tagBytes: 16,
  /** The largest segment, in bytes of plaintext. */
  maxSegmentBytes: 1_048_576,
  /** The segment size of finished files that are read at random. */
  fixedSegmentBytes: 65_536,
} as const;

export interface SealedHeader {
  /** 0: segments vary in size. Otherwise all but the last hold exactly this many bytes of plaintext. */
  readonly segmentBytes: number;
  /** 16 random bytes, new for each file. */
  readonly fileId: Uint8Array;
}

/** The 32 bytes at the head of a sealed file. Throws RangeError on a segment size or an ID that cannot be encoded. */
export function encodeSealedHeader(header: SealedHeader): Buffer {
  if (header.fileId.length !== sealedFormat.fileIdBytes) throw new RangeError('a file ID has 16 bytes');
  if (!isSegmentSize(header.segmentBytes)) throw new RangeError('unknown segment size');
  const bytes = Buffer.alloc(sealedFormat.headerBytes);
  sealedFormat.magic.copy(bytes, 0);
  bytes.writeUInt8(sealedFormat.version, 8);
  bytes.writeUInt8(sealedFormat.suite, 9);
  // 10 and 11 are reserved: zero.
  bytes.writeUInt32BE(header.segmentBytes, 12);
  bytes.set(header.fileId, 16);
  return bytes;
}

/** Reads the head of a sealed file; throws SealedFileError `not-sealed` or `unsupported`. */
export function decodeSealedHeader(bytes: Uint8Array): SealedHeader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length !== sealedFormat.headerBytes || !buffer.subarray(0, 8).equals(sealedFormat.magic)) {
    throw new SealedFileError('not-sealed');
  }
  const segmentBytes = buffer.readUInt32BE(12);
  const known =
    buffer.readUInt8(8) === sealedFormat.version &&
    buffer.readUInt8(9) === sealedFormat.suite &&
    buffer.readUInt16BE(10) === 0 &&
    isSegmentSize(segmentBytes);
  if (!known) throw new SealedFileError('unsupported');
  return { segmentBytes, fileId: Uint8Array.from(buffer.subarray(16)) };
}

function isSegmentSize(size: number): boolean {
  return size === 0 || (Number.isInteger(size) && size >= 1 && size <= sealedFormat.maxSegmentBytes);
}
