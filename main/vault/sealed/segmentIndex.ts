import { SealedFileError } from './sealedFileError';
import { readUpTo, type SealedHandle } from './sealedHandle';
import { sealedFormat, type SealedHeader } from './sealedHeader';

interface Segment {
  readonly index: number;
  /** Where its ciphertext begins in the file (after the length), and how many bytes it has with the tag. */
  readonly position: number;
  readonly sealedBytes: number;
  /** Where its plaintext begins. */
  readonly start: number;
}

/** Where the segments of a file are. Says nothing of whether they are genuine. */
export interface SegmentIndex {
  readonly count: number;
  /** Bytes of plaintext in all segments that are there as a whole. */
  readonly plaintextBytes: number;
  /** Bytes after them belong to no whole segment: a write that was cut short. */
  readonly torn: boolean;
  at(index: number): Segment;
  /** The index of the segment that holds this byte of the plaintext. */
  containing(offset: number): number;
}

const { headerBytes, lengthBytes, tagBytes } = sealedFormat;

/** Finds the segments of a file of `fileBytes` bytes. Throws SealedFileError `framing` on a length no writer makes. */
export async function indexSegments(
  handle: SealedHandle,
  header: SealedHeader,
  fileBytes: number,
): Promise<SegmentIndex> {
  if (header.segmentBytes > 0) return fixedIndex(header.segmentBytes, fileBytes);
  const written = await writtenBytes(handle, fileBytes);
  return variableIndex(await walk(handle, written), written < fileBytes);
}

/** Arithmetic alone: the lengths in the file are compared with it as the segments are read. */
function fixedIndex(segmentBytes: number, fileBytes: number): SegmentIndex {
  const stride = lengthBytes + segmentBytes + tagBytes;
  const body = fileBytes - headerBytes;
  const full = Math.floor(body / stride);
  const rest = body - full * stride - lengthBytes - tagBytes;
  const count = rest >= 0 ? full + 1 : full;
  const plaintextBytes = full * segmentBytes + Math.max(0, rest);
  return {
    count,
    plaintextBytes,
    torn: rest < 0 && body !== full * stride,
    at: (index) => ({
      index,
      position: headerBytes + index * stride + lengthBytes,
      sealedBytes: Math.min(segmentBytes, plaintextBytes - index * segmentBytes) + tagBytes,
      start: index * segmentBytes,
    }),
    containing: (offset) => Math.floor(offset / segmentBytes),
  };
}

interface Walked {
  readonly segments: readonly Segment[];
  readonly plaintextBytes: number;
  readonly torn: boolean;
}

async function walk(handle: SealedHandle, fileBytes: number): Promise<Walked> {
  const segments: Segment[] = [];
  let start = 0;
  let position: number = headerBytes;
  while (fileBytes - position >= lengthBytes) {
    const sealedBytes = (await readUpTo(handle, position, lengthBytes)).readUInt32BE(0);
    if (sealedBytes < tagBytes || sealedBytes > sealedFormat.maxSegmentBytes + tagBytes) {
      throw new SealedFileError('framing');
    }
    const end = position + lengthBytes + sealedBytes;
    if (end > fileBytes) break;
    segments.push({ index: segments.length, position: position + lengthBytes, sealedBytes, start });
    start += sealedBytes - tagBytes;
    position = end;
  }
  return { segments, plaintextBytes: start, torn: position < fileBytes };
}

function variableIndex(walked: Walked, unwrittenTail: boolean): SegmentIndex {
  const { segments, plaintextBytes } = walked;
  const at = (index: number) => {
    const segment = segments[index];
    if (!segment) throw new RangeError('no such segment');
    return segment;
  };
  return {
    count: segments.length,
    plaintextBytes,
    torn: walked.torn || unwrittenTail,
    at,
    containing: (offset) => {
      let low = 0;
      let high = segments.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (at(middle).start <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}

/**
 * After a power cut some file systems leave a tail of zeros where the length was raised before the bytes came. A tag
 * of 16 zeros does not occur, so such a run is never part of a segment's end and counts as not written.
 */
async function writtenBytes(handle: SealedHandle, fileBytes: number): Promise<number> {
  const block = 65_536;
  let end = fileBytes;
  while (end > headerBytes) {
    const from = Math.max(headerBytes, end - block);
    const bytes = await readUpTo(handle, from, end - from);
    let kept = bytes.length;
    while (kept > 0 && bytes[kept - 1] === 0) kept -= 1;
    end = from + kept;
    if (kept > 0) break;
  }
  return fileBytes - end >= tagBytes ? end : fileBytes;
}
