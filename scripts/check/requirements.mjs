// Which test proves which requirement: reads the titles of all tests, in which requirements are cited as R1 to R28, and
// keeps tests/requirements.md. Fails when a requirement has no test, unless its feature is not built yet (`OPEN`, a list
// that only gets shorter), and when the table is not the one that belongs to the tests. `--write` writes it.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { report } from './sources.mjs';

const TABLE = join('tests', 'requirements.md');
const FOLDERS = ['common', 'main', 'renderer', 'scripts', 'tests'];
const TEST_FILE = /\.(?:test|spec|inside|lab)\.(?:ts|tsx|mjs)$/u;

/** @type {Record<number, string>} */
const REQUIREMENTS = {
  1: 'Recording is off by default; only the host can ask for it',
  2: 'No sample of a person’s sound or picture reaches the disk before that person’s yes',
  3: 'Separate yes for each kind; nothing ticked beforehand; Yes and No look alike',
  4: 'Declining or not answering has no cost',
  5: 'Late joiners are asked first; those already recorded go on',
  6: 'Withdrawing takes one click, during the meeting and afterwards',
  7: 'Proof of consent: who, when, exact text, purposes, retention, both signatures',
  8: 'While recording: a sign nobody can dismiss, a sound, and an announcement, for all',
  9: 'Recording stops when its initiator leaves',
  10: 'The Art. 13 notice is shown before joining; an Art. 14 text is available',
  11: 'Microphone and camera are off when joining; the host can mute, never switch on',
  12: 'Lobby, lock, remove, end for all; random meeting ID; guests need no account',
  13: 'Blur and audio-only are always available',
  14: 'Screen share has a picker with preview; nothing is shared that was not picked',
  15: 'No attention tracking, emotion analysis or engagement score',
  16: 'No telemetry, crash upload or update ping',
  17: 'No third-party STUN or TURN; relay-only mode hides IP addresses; none is logged',
  18: 'Signalling is TLS 1.3, media DTLS-SRTP bound to identities; a short code to compare',
  19: 'The encryption state is always visible, and a change is announced',
  20: 'Local data is encrypted, its key in the keychain or behind a passphrase; locks when idle',
  21: 'Retention per kind of data, short by default, automatic, with a deletion log',
  22: 'Erasing removes file, key, search index and temporary files',
  23: 'Export of everything about one person, third parties redacted',
  24: 'Record of processing and notices come from the actual settings',
  25: 'A minimal audit log, tamper-evident, with its own retention',
  26: 'Uninstalling can remove all data; updates are signed and never silent',
  27: 'Summaries run offline; no transcript on disk',
  28: 'Employee mode warns that consent at work may not be free',
};

/** @type {Record<number, string>} requirements that have no test, with the reason */
const OPEN = {
  13: 'blur is not built yet; without a camera one takes part by sound alone',
  14: 'sharing a screen is not built yet',
  26: 'there is no package and no update yet',
  27: 'summaries are not built yet',
};

/**
 * The numbers cited in a title: `R1`, `R2, R4`, `R4 to R7`.
 * @param {string} title
 * @returns {number[]}
 */
export function citedIn(title) {
  /** @type {Set<number>} */
  const cited = new Set();
  for (const [, from, to] of title.matchAll(/\bR(\d{1,2})(?:\s+to\s+R(\d{1,2}))?\b/gu)) {
    for (let number = Number(from); number <= Number(to ?? from); number += 1) cited.add(number);
  }
  return [...cited];
}

/**
 * @param {string} root
 * @returns {{ file: string, title: string }[]} of every test and group of tests that cites a requirement
 */
function citingTests(root) {
  const call =
    /\b(?:test|it|describe)(?:\.(?:each|skipIf|runIf)\((?:[^()]|\([^()]*\))*\))?\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/gu;
  return FOLDERS.map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile() && TEST_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(call)].map(([, , title = '']) => ({
        file: relative(root, file).replaceAll('\\', '/'),
        title,
      })),
    )
    .filter(({ title }) => citedIn(title).length > 0);
}

/**
 * @param {string} [root]
 * @returns {{ complaints: string[], table: string }}
 */
export function checkRequirements(root = ROOT) {
  const tests = citingTests(root);
  /** @type {string[]} */
  const complaints = [];
  const rows = Object.entries(REQUIREMENTS).map(([name, requirement]) => {
    const number = Number(name);
    const proofs = tests.filter(({ title }) => citedIn(title).includes(number));
    if (proofs.length === 0 && OPEN[number] === undefined) complaints.push(`R${name} has no test: ${requirement}`);
    if (proofs.length > 0 && OPEN[number] !== undefined) complaints.push(`R${name} is listed as open and has a test`);
    const cell =
      proofs.length === 0
        ? `**open**: ${OPEN[number] ?? 'no test'}`
        : proofs.map(({ file, title }) => `${title.replaceAll('|', '\\|')} (\`${file}\`)`).join('<br>');
    return `| R${name} | ${requirement} | ${cell} |`;
  });
  for (const { file, title } of tests) {
    for (const number of citedIn(title)) {
      if (REQUIREMENTS[number] === undefined) complaints.push(`${file}: there is no R${number} (“${title}”)`);
    }
  }
  const table = [
    '# Requirements, and the tests that prove them',
    '',
    'Made by `node scripts/check/requirements.mjs --write` from the titles of the tests. A requirement without a test fails the check.',
    '',
    '| | requirement | proven by |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  return { complaints, table };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { complaints, table } = checkRequirements();
  const file = join(ROOT, TABLE);
  if (process.argv.includes('--write')) writeFileSync(file, table);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== table) {
    complaints.push(`${TABLE} is not up to date: node scripts/check/requirements.mjs --write`);
  }
  report(complaints);
}
