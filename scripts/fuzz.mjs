// npm run fuzz: throws made-up input at every parser of what comes from outside; see tests/fuzz. An input that breaks
// something is kept in tests/fuzz/samples and tried by every `npm test` from then on.
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { fuzz } from './lib/fuzz.mjs';
import { fromRoot } from './setup/paths.mjs';
import { SetupError, runMain } from './setup/report.mjs';

const usage =
  'Usage: npm run fuzz -- [--inputs 1000000] [--at-least 1] [--seed NUMBER] [--from NUMBER] [--only NAME …] [--without NAME …]';

await runMain(async () => {
  const { only, without, ...numbers } = options();
  await ensure({ electron: false, systemLibraries: false });
  console.log(`Seed ${numbers.seed}. The same seed makes the same inputs.`);
  const reports = await fuzz({
    ...{ ...numbers, only, without, samples: fromRoot('tests', 'fuzz', 'samples') },
    onReport: ({ target, inputs, taken, slowestMs, slowestAt, seconds, heapMiB, problem, at }) => {
      const share = ((100 * taken) / Math.max(1, inputs)).toFixed(1);
      console.log(
        `${problem === null ? 'ok    ' : 'BROKEN'}  ${target.padEnd(36)} ${String(inputs).padStart(9)} inputs, ${share.padStart(5)} % taken, ` +
          `slowest ${slowestMs} ms (input ${slowestAt}), ${heapMiB} MiB, ${seconds} s`,
      );
      if (problem !== null) console.log(`        input ${at}: ${problem.replaceAll('\n', '\n        ')}`);
    },
  });
  const broken = reports.filter(({ problem }) => problem !== null).length;
  const total = reports.reduce((sum, { inputs }) => sum + inputs, 0);
  console.log(`${total} inputs for ${reports.length} parsers, ${broken} of them broken`);
  return broken === 0 ? 0 : 1;
});

function options() {
  try {
    const { values } = parseArgs({
      options: {
        inputs: { type: 'string', default: '1000000' },
        'at-least': { type: 'string', default: '1' },
        seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
        from: { type: 'string', default: '0' },
        only: { type: 'string', multiple: true, default: [] },
        without: { type: 'string', multiple: true, default: [] },
      },
    });
    const [inputs, atLeast, seed, from] = [values.inputs, values['at-least'], values.seed, values.from].map(Number);
    if (![inputs, atLeast, seed, from].every(Number.isSafeInteger)) throw new Error('not a number');
    return {
      inputs: Number(inputs),
      atLeast: Number(atLeast),
      seed: Number(seed),
      from: Number(from),
      only: values.only,
      without: values.without,
    };
  } catch {
    throw new SetupError(usage);
  }
}
