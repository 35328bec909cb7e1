// npm run bench [-- NAME... --size MIB --rounds N --write]: measures speed and memory, each against something else in the
// same run. Without names all of them; --write puts the tables into docs/benchmarks.md.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { machine, markdown, plain, writeBetweenMarks } from './lib/tables.mjs';
import { bundleTool } from './lib/tool.mjs';
import { isOnPath } from './setup/command.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { SetupError, runMain, say } from './setup/report.mjs';
import { ensureOptionalProgram } from './setup/system-libraries.mjs';

const NAMES = ['sealing', 'seeking', 'finalizing', 'vault', 'recording', 'mesh', 'faults', 'soak'];
const DOCUMENT = fromRoot('docs', 'benchmarks.md');

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: '1024' },
      rounds: { type: 'string', default: '3' },
      write: { type: 'boolean', default: false },
    },
  });
  const [sizeMiB, rounds] = [Number(values.size), Number(values.rounds)];
  if (!(sizeMiB >= 16) || !(rounds >= 1)) throw new SetupError('--size is 16 MiB or more, --rounds 1 or more');
  const names = NAMES.filter((name) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  if (names.length === 0) throw new SetupError(`There are these benchmarks: ${NAMES.join(', ')}`);

  const needsApp = names.includes('recording') || names.includes('mesh') || names.includes('soak');
  await ensure(needsApp ? { display: true, build: true } : { electron: false, systemLibraries: false });
  const age = !names.includes('sealing') || (await ensureOptionalProgram('age'));
  if (!age) say('The age command is missing and cannot be installed here: sealing is measured without it');
  const bundle = await bundleTool('tests/benchmarks/benchmarks.ts');
  const folder = mkdtempSync(join(tmpdir(), 'konklave-bench-'));
  let failed = 0;
  try {
    for (const name of names) {
      console.log(`\n${name} ...`);
      const context = { folder: join(folder, name), sizeMiB, rounds, age, ffmpeg: isOnPath('ffmpeg') };
      const result = join(folder, `${name}.json`);
      const { code } = await run(process.execPath, [bundle, name, JSON.stringify(context), result], { cwd: ROOT });
      if (code !== 0) {
        failed += 1;
        continue;
      }
      const table = JSON.parse(readFileSync(result, 'utf8'));
      console.log(plain(table));
      const command = `npm run bench -- ${name} --size ${sizeMiB} --rounds ${rounds} --write`;
      if (values.write) writeBetweenMarks(DOCUMENT, name, `\`${command}\` on ${machine()}:\n\n${markdown(table)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (values.write) {
    await run(process.execPath, [fromRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--write', DOCUMENT]);
  }
  return failed === 0 ? 0 : 1;
});
