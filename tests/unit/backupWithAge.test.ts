import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wholeOf } from '../../main/backup/backupArchive';
import { decryptAge } from '../../main/backup/ageFile';
import { newManifest } from '../../main/backup/backupManifest';
import { extractBackup } from '../../main/backup/extractBackup';
import { writeBackup } from '../../main/backup/writeBackup';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';

const passphrase = 'sieben leise Tueren im Flur';
const name = `recordings/${'a'.repeat(22)}.sealed`;

/** Both are on most machines with Linux or macOS; where they are not, this is not tried. */
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0;
const canTry = isThere('age') && isThere('python3') && isThere('tar') && isThere('sha256sum');

/** age asks for a passphrase at a terminal only: this is one. */
const terminal = `
import os, pty, sys
words, command = sys.argv[1], sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
heard = b''
while True:
    try:
        piece = os.read(terminal, 1024)
    except OSError:
        break
    if not piece:
        break
    heard += piece
    if b'passphrase' in heard.lower() and heard.rstrip().endswith(b':'):
        os.write(terminal, words.encode() + b'\\n')
        heard = b''
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

function age(...command: readonly string[]): void {
  execFileSync('python3', ['-c', terminal, passphrase, 'age', ...command], { stdio: 'ignore', timeout: 60_000 });
}

async function made(folder: string) {
  const recording = Buffer.alloc(300_000, 'sound');
  const key = Buffer.from(JSON.stringify({ format: 'konklave-data-key', version: 1, key: 'A'.repeat(43) }));
  const files = { 'data-key.json': key, 'vault.db': Buffer.alloc(9_000, 'rows'), [name]: recording };
  const manifest = newManifest({
    ...{ appVersion: '0.1.0', createdAt: 1_700_000_000_000, meetings: 0, recordings: 1, people: 0 },
    files: Object.entries(files).map(([file, { byteLength }]) => ({
      ...{ name: file, bytes: byteLength, modifiedAt: 1_650_000_000_000 },
    })),
  });
  const target = join(folder, 'one.age');
  const sources = Object.values(files);
  await writeBackup({ kind: 'write', target, passphrase, manifest, sources, workFactor: 10 }, () => undefined);
  return { target, files };
}

describe.skipIf(!canTry)('the age and tar of everybody else', () => {
  test('open a backup without Konklave, and sha256sum finds everything as it was', async () => {
    const folder = temporaryFolder();
    const { target, files } = await made(folder);
    const [archive, out] = [join(folder, 'one.tar'), join(folder, 'out')];
    mkdirSync(out);
    age('--decrypt', '--output', archive, target);
    execFileSync('tar', ['--extract', '--file', archive, '--directory', out]);
    for (const [file, content] of Object.entries(files)) {
      expect(readFileSync(join(out, file)).equals(content)).toBe(true);
    }
    const said = execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: out, encoding: 'utf8' });
    expect(said.trim().split('\n')).toHaveLength(4);
    expect(readdirSync(out).sort()).toEqual(['SHA256SUMS', 'data-key.json', 'manifest.json', 'recordings', 'vault.db']);
  });

  test('make a file that is restored: decrypted and encrypted again by age', async () => {
    const folder = temporaryFolder();
    const { target, files } = await made(folder);
    const [archive, again, out] = [join(folder, 'one.tar'), join(folder, 'again.age'), join(folder, 'out')];
    age('--decrypt', '--output', archive, target);
    age('--encrypt', '--passphrase', '--output', again, archive);
    expect(readFileSync(again).equals(readFileSync(target))).toBe(false);
    await extractBackup({ source: again, passphrase, folder: out }, () => undefined);
    expect(readFileSync(join(out, name)).equals(files[name]!)).toBe(true);
    const { content, close } = await decryptAge(again, passphrase);
    expect((await wholeOf(content)).equals(readFileSync(archive))).toBe(true);
    await close();
  });

  test('a file of age for a key instead of a passphrase is no backup', async () => {
    const folder = temporaryFolder();
    const [plain, file] = [join(folder, 'plain'), join(folder, 'keyed.age')];
    writeFileSync(plain, 'something');
    execFileSync('age-keygen', ['-o', join(folder, 'key')], { stdio: 'ignore' });
    const recipient = execFileSync('age-keygen', ['-y', join(folder, 'key')], { encoding: 'utf8' }).trim();
    execFileSync('age', ['-r', recipient, '-o', file, plain]);
    await expect(decryptAge(file, passphrase)).rejects.toMatchObject({ code: 'backup/not-a-backup' });
  });
});
