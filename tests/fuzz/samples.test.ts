import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { expect, it } from 'vitest';
import { targets } from './targets';

/** Inputs that once broke something, kept by `npm run fuzz`. */
const folder = join(__dirname, 'samples');
const samples = readdirSync(folder).filter((name) => name.endsWith('.json'));

it.each(samples)('%s breaks nothing any more', async (name) => {
  const { target, input } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { target: string; input: string };
  const found = targets.find((one) => one.name === target);
  expect(found).toBeDefined();
  await found?.prepare?.();
  const started = performance.now();
  await found?.run(deserialize(Buffer.from(input, 'base64')));
  expect(performance.now() - started).toBeLessThan(5_000);
});
