// npm run bench [-- NAME... --size MIB --rounds N --write]: measures speed and memory, each against something else in the
// same run. Without names all of them; --write puts the tables into docs/benchmarks.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { run } from './lib/run.mjs';
import { bundleTool } from './lib/tool.mjs';
import { isOnPath } from './setup/command.mjs';
import { ROOT, fromRoot } from './setup/paths.mjs';
import { SetupError, runMain, say } from './setup/report.mjs';
import { ensureOptionalProgram } from './setup/system-libraries.mjs';

const NAMES = ['sealing', 'seeking', 'finalizing', 'vault', 'recording', 'faults', 'soak'];
const DOCUMENT = fromRoot('docs', 'benchmarks.md');

/** @typedef {{ columns: string[], rows: string[][] }} Table */

/** @param {Table} table */
const markdown = ({ columns, rows }) =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** @param {Table} table @returns {string} the table in columns, for a terminal */
function plain({ columns, rows }) {
  const widths = columns.map((_, index) => Math.max(...[columns, ...rows].map((cells) => cells[index]?.length ?? 0)));
  return [columns, ...rows]
    .map((cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  '))
    .join('\n');
}

/** What it was measured on; nothing that names the machine. */
const machine = () =>
  `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ` +
  `${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

/** @param {string} name @param {string} text put between the marks of this benchmark in the document */
function writeInto(name, text) {
  const before = readFileSync(DOCUMENT, 'utf8');
  const pattern = new RegExp(`(<!-- bench:${name} -->)[^]*?(<!-- /bench:${name} -->)`, 'u');
  if (!pattern.test(before)) throw new SetupError(`docs/benchmarks.md has no place for ${name}`);
  writeFileSync(
    DOCUMENT,
    before.replace(pattern, (_, start, end) => `${start}\n\n${text}\n\n${end}`),
  );
}

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

  const needsApp = names.includes('recording') || names.includes('soak');
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
      if (values.write) writeInto(name, `\`${command}\` on ${machine()}:\n\n${markdown(table)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (values.write) {
    await run(process.execPath, [fromRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--write', DOCUMENT]);
  }
  return failed === 0 ? 0 : 1;
});
