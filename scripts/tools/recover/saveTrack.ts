import { open, rename, rm, stat } from 'node:fs/promises';
import { parseChatLines, type ChatLine } from '../../../main/recording/chatLines';
import { remuxWebm } from '../../../main/recording/finalize/remuxWebm';
import { readUpTo, writeFully } from '../../../main/vault/sealed/sealedHandle';
import { sealedFormat } from '../../../main/vault/sealed/sealedHeader';
import { openAsFarAsPossible, readAround } from './readable';

export interface SavedTrack {
  /** The paths that were written; none when there is not one frame in it. */
  readonly files: readonly string[];
  /** What is wrong with it, one line each. */
  readonly problems: readonly string[];
}

export interface TrackSource {
  readonly path: string;
  readonly key: Uint8Array;
  /** Seekable and finished as it is. */
  readonly final: boolean;
  /** Of a consent clip: how long it may be, in milliseconds. */
  readonly clipMs?: number | undefined;
}

/**
 * Writes a track as a plain WebM file `<base>.webm`: as it is when it was finished and is whole, else made seekable as the
 * app would. Of a damaged track that file is the beginning up to the damage, and what can be read of all of it goes to
 * `<base>.with-gaps.webm`. Throws when nothing of it can be read, or the target cannot be written.
 */
export async function saveTrack(
  source: TrackSource,
  base: string,
  progress: (doneBytes: number, ofBytes: number) => void,
): Promise<SavedTrack> {
  const [target, gaps] = [`${base}.webm`, `${base}.with-gaps.webm`];
  const { reader, endLost } = await openAsFarAsPossible(source.path, source.key);
  const problems: string[] = [];
  const file = await open(gaps, 'wx+', 0o600);
  try {
    let position = 0;
    const damaged = await readAround(reader, async (bytes) => {
      await writeFully(file, bytes, position);
      position += bytes.length;
      progress(position, reader.size);
    });
    problems.push(...damaged.map(({ start, end }) => `bytes ${start} to ${end} of ${reader.size} are damaged`));
    if (endLost || (source.final && !reader.complete)) {
      problems.push(`the end is damaged or missing, from byte ${reader.size} on`);
    }
    if (source.final && problems.length === 0) {
      await rename(gaps, target);
      return { files: [target], problems };
    }
    const size = damaged[0]?.start ?? reader.size;
    const read = (start: number, end: number) => readUpTo(file, start, end - start);
    const made = await makeSeekable({ size, read }, target, source.clipMs);
    const gapsAreMore = made === 'done' ? damaged.some(({ end }) => end < reader.size) : reader.size > 0;
    if (made === 'done' && !gapsAreMore) {
      await rm(gaps);
      return { files: [target], problems };
    }
    if (made === 'empty' && (problems.length === 0 || !gapsAreMore)) {
      await rm(gaps);
      const { size: sealedBytes } = await stat(source.path);
      // More than the head, and not one whole segment.
      const lost = reader.size === 0 && sealedBytes > sealedFormat.headerBytes;
      return { files: [], problems: lost ? [`nothing can be read of its ${sealedBytes} bytes`] : problems };
    }
    if (made !== 'done') problems.push('it could not be made seekable');
    return { files: made === 'done' ? [target, gaps] : [gaps], problems };
  } finally {
    await file.close();
    await reader.close();
  }
}

/** Leaves no file unless `done`. `empty`: there is no frame in it; `unknown`: it is not understood. */
async function makeSeekable(
  source: Parameters<typeof remuxWebm>[0],
  target: string,
  clipMs?: number,
): Promise<'done' | 'empty' | 'unknown'> {
  const file = await open(target, 'wx', 0o600);
  let made: 'done' | 'empty' | 'unknown' = 'unknown';
  let writeError: unknown = null;
  try {
    const remuxed = await remuxWebm(
      source,
      async (position, bytes) => {
        try {
          await writeFully(file, bytes, position);
        } catch (error) {
          writeError = error;
          throw error;
        }
      },
      clipMs,
    );
    made = remuxed === null ? 'empty' : 'done';
  } catch (error) {
    // A full disk is another matter than a film that is not understood.
    if (writeError !== null) throw error;
  } finally {
    await file.close();
    if (made !== 'done') await rm(target);
  }
  return made;
}

/** The lines of a recorded chat, as far as they can be read. Throws when nothing of it can be read. */
export async function readChat(
  source: TrackSource,
): Promise<{ readonly lines: readonly ChatLine[]; readonly problems: readonly string[] }> {
  const { reader, endLost } = await openAsFarAsPossible(source.path, source.key);
  try {
    const pieces: Uint8Array[] = [];
    const damaged = await readAround(reader, async (bytes) => void pieces.push(bytes));
    const lines: ChatLine[] = [];
    let lost = 0;
    for (const line of Buffer.concat(pieces).toString('utf8').split('\n')) {
      try {
        lines.push(...parseChatLines(Buffer.from(line)));
      } catch {
        lost += 1;
      }
    }
    const problems = damaged.map(({ start, end }) => `bytes ${start} to ${end} of ${reader.size} are damaged`);
    if (lost > 0) problems.push(`${lost} lines could not be read`);
    if (endLost) problems.push('the end is damaged or missing');
    return { lines, problems };
  } finally {
    await reader.close();
  }
}
