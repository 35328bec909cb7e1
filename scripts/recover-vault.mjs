// npm run recover-vault -- --vault FOLDER --out FOLDER: opens a vault with its passphrase, without the app, and writes what
// it holds as plain files. See docs/recovery.md. Exit code 0: everything was saved; 2: something was damaged and the rest
// was saved; 1: nothing was done.
import { parseArgs } from 'node:util';
import { ensure } from './ensure.mjs';
import { askPassphrase, readPassphrase } from './lib/passphrase.mjs';
import { loadTool } from './lib/tool.mjs';
import { SetupError, runMain } from './setup/report.mjs';

const USAGE = 'npm run recover-vault -- --vault FOLDER --out FOLDER [--passphrase-stdin]';

function parseArguments() {
  try {
    const { values } = parseArgs({
      options: {
        vault: { type: 'string' },
        out: { type: 'string' },
        'passphrase-stdin': { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return undefined;
  }
}

/** @param {number} done @param {number} total bytes */
function showProgress(done, total) {
  if (!process.stderr.isTTY) return;
  const percent = Math.floor((done / total) * 100);
  process.stderr.write(done < total ? `\r  ${percent} %` : '\r       \r');
}

await runMain(async () => {
  const { vault, out, 'passphrase-stdin': fromStdin } = parseArguments() ?? {};
  if (!vault || !out) throw new SetupError(`Usage: ${USAGE}`);
  await ensure({ electron: false, systemLibraries: false });
  const { recoverVault, requireRecoverable } = await loadTool('scripts/tools/recoverVault.ts');
  try {
    requireRecoverable({ vault, out });
    const passphrase = fromStdin ? await readPassphrase() : await askPassphrase('Passphrase of the vault: ');
    const say = (/** @type {string} */ line) => console.log(line);
    const found = await recoverVault({ vault, out, passphrase, now: () => Date.now(), say, progress: showProgress });
    console.log(`${found.meetings} meetings, ${found.recordings} recordings, ${found.tracks} tracks are in ${out}`);
    if (found.damaged.length === 0) return 0;
    console.error(`${found.damaged.length} parts are damaged, see above and README.txt`);
    return 2;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RecoveryRefusal')) throw error;
    console.error(error.message);
    return 1;
  }
});
