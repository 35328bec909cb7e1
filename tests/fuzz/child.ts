import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { z } from 'zod';
import { fuzzTarget } from './fuzzTarget';
import { targets } from './targets';

/** What the parent process asks for: see scripts/lib/fuzz.mjs. */
const taskSchema = z.object({
  /** Parts of names; none: all. */
  only: z.array(z.string()),
  without: z.array(z.string()),
  /** Names that are done, or that are not to be tried again. */
  skip: z.array(z.string()),
  seed: z.number(),
  from: z.number(),
  /** Of a target of cost 1; of others as many as take as long. */
  inputs: z.number(),
  /** At least so many of each, however long it takes. */
  atLeast: z.number(),
  patienceMs: z.number(),
  samples: z.string().nullable(),
});

const task = taskSchema.parse(JSON.parse(process.argv[2] ?? ''));
const tell = (message: unknown) => process.send?.(message);

async function run(): Promise<void> {
  for (const target of targets) {
    const has = (parts: readonly string[]) => parts.some((part) => target.name.includes(part));
    if (task.skip.includes(target.name) || has(task.without) || (task.only.length > 0 && !has(task.only))) continue;
    tell({ type: 'begins', target: target.name, index: task.from });
    const inputs = Math.max(1, Math.min(task.inputs, Math.max(task.atLeast, Math.ceil(task.inputs / target.cost))));
    const { finding, ...report } = await fuzzTarget(target, {
      ...{ seed: task.seed, from: task.from, inputs, patienceMs: task.patienceMs },
      onProgress: (index) => tell({ type: 'goes on', target: target.name, index }),
    });
    if (finding !== null && task.samples !== null) save(finding.target, finding.input, task.samples);
    tell({ type: 'ended', report, problem: finding?.problem ?? null, at: finding?.index ?? null });
  }
}

/** Kept for good: tests/fuzz/samples.test.ts runs it from now on. */
function save(target: string, input: unknown, folder: string): void {
  const bytes = serialize(input).toString('base64');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  mkdirSync(folder, { recursive: true });
  const name = `${target.replaceAll(/[^a-zA-Z0-9]+/gu, '-')}-${hash}.json`;
  const preview = (
    typeof input === 'string'
      ? input
      : (JSON.stringify(input, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)) ?? '')
  ).slice(0, 200);
  writeFileSync(join(folder, name), `${JSON.stringify({ target, preview, input: bytes }, null, 2)}\n`);
}

void run().then(() => process.disconnect?.());
