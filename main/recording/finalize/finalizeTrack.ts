import { rm } from 'node:fs/promises';
import { SealedPatchWriter, type SealedPatchWriterOptions } from '../../vault/sealed/sealedPatchWriter';
import { SealedReader } from '../../vault/sealed/sealedReader';
import { troubleOf } from '../diskTrouble';
import { remuxWebm } from './remuxWebm';

/** One raw track to make seekable. The keys are 32 bytes each. */
export interface FinalizeJob {
  readonly sourcePath: string;
  readonly sourceKey: Uint8Array;
  readonly targetPath: string;
  readonly targetKey: Uint8Array;
  /** Of a consent clip, and only there: sound and picture may be in one file, and what is later than this is left out. */
  readonly clipMs?: number;
}

/**
 * - `done`: the target is whole;
 * - `empty`: not one frame in it;
 * - `failed`: kept as it is. `damaged`: it cannot be made sense of; `disk-gone`: it is not there, or the folder is not;
 *   `disk-full`, `write-failed`: the target cannot be written.
 *
 * Except after `done` there is no target file.
 */
export type FinalizeOutcome =
  | { readonly status: 'done'; readonly durationMs: number; readonly mimeType: string; readonly bytes: number }
  | { readonly status: 'empty' }
  | { readonly status: 'failed'; readonly reason: 'damaged' | ReturnType<typeof troubleOf> };

/**
 * Reads a sealed recording as it came from the recorder, torn end included, and writes a seekable one under another key.
 * Nothing is on the disk in the clear, and memory does not grow with the recording. Never throws.
 */
export async function finalizeTrack(
  job: FinalizeJob,
  options: SealedPatchWriterOptions = {},
): Promise<FinalizeOutcome> {
  let outcome: FinalizeOutcome = { status: 'failed', reason: 'damaged' };
  try {
    outcome = await remuxSealed(job, options);
  } catch (error) {
    if (troubleOf(error) === 'disk-gone') outcome = { status: 'failed', reason: 'disk-gone' };
    // Which segment or element it was helps nobody: the file is kept, and its reader will meet the same place.
  }
  if (outcome.status !== 'done') await rm(job.targetPath, { force: true }).catch(() => undefined);
  return outcome;
}

async function remuxSealed(job: FinalizeJob, options: SealedPatchWriterOptions): Promise<FinalizeOutcome> {
  let writeError: unknown = null;
  const noting = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch (error) {
      writeError ??= error;
      throw error;
    }
  };
  const reader = await SealedReader.open(job.sourcePath, job.sourceKey);
  let writer: SealedPatchWriter | null = null;
  try {
    const target = await noting(SealedPatchWriter.create(job.targetPath, job.targetKey, options));
    writer = target;
    const remuxed = await remuxWebm(reader, (position, bytes) => noting(target.write(position, bytes)), job.clipMs);
    if (!remuxed) return { status: 'empty' };
    return { status: 'done', ...remuxed, bytes: await noting(target.finish()) };
  } catch (error) {
    if (writeError === null) throw error;
    return { status: 'failed', reason: troubleOf(writeError) };
  } finally {
    await writer?.destroy();
    await reader.close();
  }
}
