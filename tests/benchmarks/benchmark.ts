import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';

export interface BenchmarkContext {
  /** An empty folder; it is deleted afterwards. */
  readonly folder: string;
  readonly sizeMiB: number;
  readonly rounds: number;
  /** Programs that are there to compare with. */
  readonly age: boolean;
  readonly ffmpeg: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type Benchmark = (context: BenchmarkContext) => Promise<Table>;

export const mebibyte = 1_048_576;

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The value below which this share (0 to 1) of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The middle one, of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** Shows a number with three digits that matter. */
export function show(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3);
}

/**
 * Measures each contender once per round, so that what disturbs the machine disturbs all of them; each round begins with
 * another one, as it makes a difference who comes after whom.
 */
export async function interleaved(
  rounds: number,
  contenders: Readonly<Record<string, () => Promise<number>>>,
): Promise<Readonly<Record<string, number[]>>> {
  const times: Record<string, number[]> = {};
  const order = Object.entries(contenders);
  for (const [name] of order) times[name] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of order) times[name]?.push(await measure());
    order.push(...order.splice(0, 1));
  }
  return times;
}

/** Writes a file of bytes that do not compress. */
export async function writeRandomFile(path: string, sizeMiB: number): Promise<void> {
  const file = await open(path, 'wx');
  for (let at = 0; at < sizeMiB; at += 1) await file.write(randomBytes(mebibyte));
  await file.datasync();
  await file.close();
}

/** Brings a file to the disk, which our writers do and other programs do not. */
export async function syncToDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync();
  await file.close();
}
