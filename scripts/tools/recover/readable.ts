import { SealedFileError } from '../../../main/vault/sealed/sealedFileError';
import {
  openOnDisk,
  readUpTo,
  type OpenSealedHandle,
  type SealedHandle,
} from '../../../main/vault/sealed/sealedHandle';
import { decodeSealedHeader, sealedFormat } from '../../../main/vault/sealed/sealedHeader';
import { SealedReader } from '../../../main/vault/sealed/sealedReader';

/** A stretch of plaintext that could not be read: from `start` up to, not including, `end`. */
export interface DamagedRange {
  readonly start: number;
  readonly end: number;
}

export interface OpenedTrack {
  readonly reader: SealedReader;
  /** Something after the end of what the reader shows could not be made sense of. */
  readonly endLost: boolean;
}

/**
 * Opens a sealed file as far as it can be opened: where the end or the framing is damaged, the longest beginning that
 * opens. Throws SealedFileError when there is none (another key, no sealed file), or the system's error.
 */
export async function openAsFarAsPossible(path: string, key: Uint8Array): Promise<OpenedTrack> {
  try {
    return { reader: await SealedReader.open(path, key), endLost: false };
  } catch (error) {
    if (!(error instanceof SealedFileError) || error.problem === 'not-sealed' || error.problem === 'unsupported') {
      throw error;
    }
    return { reader: await openBeginning(path, key, error), endLost: true };
  }
}

async function openBeginning(path: string, key: Uint8Array, reason: SealedFileError): Promise<SealedReader> {
  const { segmentBytes, fileBytes } = await measure(path);
  const open = async (bytes: number) => {
    try {
      return await SealedReader.open(path, key, { open: cutAt(bytes) });
    } catch (error) {
      if (error instanceof SealedFileError) return null;
      throw error;
    }
  };
  const reader = await (segmentBytes > 0 ? openFixed(open, segmentBytes, fileBytes) : openLive(open, fileBytes));
  if (reader && reader.size > 0) return reader;
  await reader?.close();
  throw reason;
}

type OpenCut = (bytes: number) => Promise<SealedReader | null>;

/** Segments of one size: drops them from the end until one opens. */
async function openFixed(open: OpenCut, segmentBytes: number, fileBytes: number): Promise<SealedReader | null> {
  const stride = sealedFormat.lengthBytes + segmentBytes + sealedFormat.tagBytes;
  let count = Math.floor((fileBytes - sealedFormat.headerBytes - 1) / stride);
  for (; count > 0; count -= 1) {
    const reader = await open(sealedFormat.headerBytes + count * stride);
    if (reader) return reader;
  }
  return null;
}

/** Segments that vary: cut anywhere, a file opens up to its last whole segment. Looks for where that stops being so. */
async function openLive(open: OpenCut, fileBytes: number): Promise<SealedReader | null> {
  // Mostly it is the last segment alone.
  const without = await open(fileBytes - 1);
  if (without) return without;
  let [good, bad] = [0, fileBytes - 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    const reader = await open(middle);
    await reader?.close();
    if (reader) good = middle;
    else bad = middle;
  }
  return open(good);
}

async function measure(path: string): Promise<{ readonly segmentBytes: number; readonly fileBytes: number }> {
  const handle = await openOnDisk(path, 'read');
  try {
    const { segmentBytes } = decodeSealedHeader(await readUpTo(handle, 0, sealedFormat.headerBytes));
    return { segmentBytes, fileBytes: (await handle.stat()).size };
  } finally {
    await handle.close();
  }
}

/** Opens a file as if it ended after `bytes`. */
function cutAt(bytes: number): OpenSealedHandle {
  return async (path, mode) => {
    const handle: SealedHandle = await openOnDisk(path, mode);
    const stat = { stat: async () => ({ size: Math.min(bytes, (await handle.stat()).size) }) };
    return new Proxy(handle, {
      get: (target, name) => {
        const value: unknown = Reflect.get(name === 'stat' ? stat : target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
}

const pieceBytes = 262_144;
const stepBytes = 4_096;

/**
 * Reads everything, in order. What cannot be read is given as zeros, so that what follows keeps its place, and named in
 * the result, to 4 KiB. `write` gets each piece before the next is read.
 */
export async function readAround(
  reader: SealedReader,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<readonly DamagedRange[]> {
  const damaged: { start: number; end: number }[] = [];
  const readOrNull = (start: number, end: number) => reader.read(start, end).catch(() => null);
  const note = (start: number, end: number) => {
    const last = damaged.at(-1);
    if (last?.end === start) last.end = end;
    else damaged.push({ start, end });
  };
  for (let start = 0; start < reader.size; start += pieceBytes) {
    const end = Math.min(start + pieceBytes, reader.size);
    const piece = await readOrNull(start, end);
    if (piece) {
      await write(piece);
      continue;
    }
    for (let at = start; at < end; at += stepBytes) {
      const to = Math.min(at + stepBytes, end);
      const step = await readOrNull(at, to);
      if (!step) note(at, to);
      await write(step ?? new Uint8Array(to - at));
    }
  }
  return damaged;
}
