import { Random } from './generate/random';
import type { Target } from './target';

interface Finding {
  readonly target: string;
  readonly index: number;
  readonly problem: string;
  readonly input: unknown;
}

export interface FuzzReport {
  readonly target: string;
  readonly inputs: number;
  /** How many were taken: a target that never takes anything tests only refusing. */
  readonly taken: number;
  readonly slowestMs: number;
  readonly slowestAt: number;
  readonly seconds: number;
  readonly heapMiB: number;
  readonly finding: Finding | null;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly from: number;
  readonly inputs: number;
  /** More work than this for one input is too much; of the processor's time, for the machine may be busy. */
  readonly patienceMs: number;
  readonly onProgress?: (index: number) => void;
}

/** Between two looks at the memory, and at what belongs to everybody. */
const batch = 2_000;
const maxHeapMiB = 250;

/** Of this process alone, whatever else the machine does. */
function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const shared = [Object.prototype, Array.prototype, String.prototype, Function.prototype] as const;
const namesOf = () => shared.map((one) => Object.getOwnPropertyNames(one).join()).join(';');

/** Runs one target with inputs that follow from the seed, until the first that breaks something. */
export async function fuzzTarget(target: Target, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, from, inputs, patienceMs, onProgress } = options;
  await target.prepare?.();
  const before = namesOf();
  const started = performance.now();
  const unhandled: unknown[] = [];
  const remember = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', remember);
  let [taken, slowestMs, slowestAt, heapMiB] = [0, 0, 0, 0];
  let finding: Finding | null = null;
  let index = from;
  try {
    for (; index < from + inputs && finding === null; index += 1) {
      const input = target.make(Random.of(seed, target.name, index));
      const began = workedMs();
      let problem: string | null = null;
      try {
        const outcome = target.run(input);
        if (typeof outcome === 'boolean' ? outcome : await outcome) taken += 1;
      } catch (error) {
        problem = error instanceof Error ? (error.stack ?? error.message) : `threw ${String(error)}`;
      }
      const took = workedMs() - began;
      if (took > slowestMs) [slowestMs, slowestAt] = [took, index];
      if (took > patienceMs) problem ??= `took ${Math.round(took)} ms`;
      if ((index + 1 - from) % batch === 0 || index + 1 === from + inputs) {
        // Rejections that nobody waits for are told after the microtasks.
        await new Promise((resolve) => setImmediate(resolve));
        if (unhandled.length > 0) problem ??= `a rejection that nobody handles: ${String(unhandled[0])}`;
        if (namesOf() !== before || 'polluted' in {}) problem ??= 'a prototype that belongs to everybody was changed';
        (globalThis as { gc?: () => void }).gc?.();
        heapMiB = Math.max(heapMiB, process.memoryUsage().heapUsed / 2 ** 20);
        if (heapMiB > maxHeapMiB) problem ??= `holds ${Math.round(heapMiB)} MiB`;
        onProgress?.(index);
      }
      if (problem !== null) finding = { target: target.name, index, problem, input };
    }
  } finally {
    process.off('unhandledRejection', remember);
  }
  return {
    ...{
      target: target.name,
      inputs: index - from,
      taken,
      slowestMs: Math.round(slowestMs * 10) / 10,
      slowestAt,
      finding,
    },
    ...{ heapMiB: Math.round(heapMiB), seconds: Math.round((performance.now() - started) / 100) / 10 },
  };
}
