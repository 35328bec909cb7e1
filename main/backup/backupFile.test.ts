import fc from 'fast-check';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DomainError } from '../../common/errors';
import { archiveOf, wholeOf } from './backupArchive';
import { encryptAge } from './ageFile';
import { newManifest, type BackupManifest } from './backupManifest';
import { extractBackup, previewBackup } from './extractBackup';
import {
  backupPassphrase,
  entriesOf,
  manifestOf,
  sealedName,
  soundFiles,
  tarOf,
  writeAge,
  type CraftedEntry,
} from './testing/craftedBackup';
import { writeBackup } from './writeBackup';

const workFactor = 10;
const quiet = () => undefined;
const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : 'something else');

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'backup-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Sources on the disk and their manifest. */
function sources(at: string, files: Readonly<Record<string, Uint8Array>>) {
  const manifest = newManifest({
    ...{ appVersion: '0.1.0', createdAt: 1_700_000_000_000, meetings: 3, recordings: 1, people: 2 },
    files: Object.entries(files).map(([name, { byteLength }]) => ({
      name,
      bytes: byteLength,
      modifiedAt: 1_650_000_000_000,
    })),
  });
  const paths = Object.entries(files).map(([name, bytes], index) => {
    const path = join(at, `source-${index}`);
    writeFileSync(path, bytes);
    return name === 'data-key.json' || name === 'preferences.json' ? bytes : path;
  });
  return { manifest, sources: paths };
}

const dataKey = randomBytes(32);
const dataKeyText = Buffer.from(
  JSON.stringify({ format: 'konklave-data-key', version: 1, key: dataKey.toString('base64url') }),
);

async function written(files: Readonly<Record<string, Uint8Array>>) {
  const at = folder();
  const target = join(at, 'one.age');
  const given = sources(at, { 'vault.db': randomBytes(9_000), 'data-key.json': dataKeyText, ...files });
  const bytes = await writeBackup({ kind: 'write', target, passphrase: backupPassphrase, workFactor, ...given }, quiet);
  return { at, target, bytes, ...given };
}

const extract = (source: string, into: string, passphrase = backupPassphrase) =>
  extractBackup({ source, passphrase, folder: into }, quiet);

describe('a backup file', () => {
  test('comes back byte for byte, with the times of its files; what is secret is handed over and not written', async () => {
    const recording = randomBytes(3_000_001);
    const { at, target, manifest, bytes } = await written({
      'preferences.json': Buffer.from('{"theme":"dark"}'),
      [sealedName]: recording,
      [`recordings/${'b'.repeat(22)}.sealed`]: new Uint8Array(0),
    });
    expect(statSync(target)).toMatchObject({ size: bytes });
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect((await previewBackup(target, backupPassphrase)).manifest).toEqual(manifest);

    const into = join(at, 'restored');
    const { small } = await extract(target, into);
    expect(Buffer.from(small!.dataKey)).toEqual(dataKey);
    expect(small!.preferences).toBe('{"theme":"dark"}');
    expect(readFileSync(join(into, sealedName)).equals(recording)).toBe(true);
    expect(statSync(join(into, sealedName)).mtimeMs).toBe(1_650_000_000_000);
    expect(readdirSync(into).sort()).toEqual(['recordings', 'vault.db']);
    expect(readdirSync(join(into, 'recordings'))).toHaveLength(2);
  });

  test('a passphrase is the same in either spelling of its letters, and another one is refused', async () => {
    const { target } = await written({});
    await expect(previewBackup(target, backupPassphrase.normalize('NFD'))).resolves.toBeTruthy();
    await expect(previewBackup(target, `${backupPassphrase} `)).rejects.toMatchObject({
      code: 'backup/passphrase-wrong',
    });
  });

  test('a file that grows while it is saved is saved as it was; one that shrank or went says so', async () => {
    const { at, sources: paths, manifest } = await written({ [sealedName]: randomBytes(100_000) });
    const source = paths.at(-1) as string;
    const again = (name: string) =>
      writeBackup(
        { kind: 'write', target: join(at, name), passphrase: backupPassphrase, workFactor, manifest, sources: paths },
        quiet,
      );
    writeFileSync(source, randomBytes(50_000), { flag: 'a' });
    await expect(again('grown.age')).resolves.toBeGreaterThan(100_000);
    truncateSync(source, 99_999);
    await expect(again('shrunk.age')).rejects.toMatchObject({ code: 'backup/changed' });
    rmSync(source);
    await expect(again('gone.age')).rejects.toMatchObject({ code: 'backup/changed' });
  });

  test('memory stays bounded: nothing is read before what came before it was taken', async () => {
    let given = 0;
    const bytes = 64 * 1_048_576;
    const manifest: BackupManifest = newManifest({
      ...{ appVersion: '0.1.0', createdAt: 1, meetings: 0, recordings: 0, people: 0 },
      files: [
        { name: 'vault.db', bytes, modifiedAt: 1 },
        { name: 'data-key.json', bytes: dataKeyText.byteLength, modifiedAt: 1 },
      ],
    });
    const content = async function* () {
      for (; given < bytes; given += 1_048_576) yield Buffer.alloc(1_048_576);
    };
    const [database, key] = manifest.files;
    const stream = await encryptAge(
      archiveOf(manifest, [
        { ...database!, content },
        {
          ...key!,
          content: async function* () {
            yield dataKeyText;
          },
        },
      ]),
      backupPassphrase,
      workFactor,
    );
    let taken = 0;
    let most = 0;
    for await (const piece of stream) {
      taken += piece.byteLength;
      most = Math.max(most, given - taken);
    }
    expect(taken).toBeGreaterThan(bytes);
    expect(most).toBeLessThan(6 * 1_048_576);
  });
});

describe('a file that is no whole backup', () => {
  const outcomeOf = async (content: Uint8Array) => {
    const at = folder();
    const path = join(at, 'file.age');
    writeFileSync(path, content);
    return extract(path, join(at, 'out')).then(() => 'taken', codeOf);
  };

  test('something else: empty, a picture, text, armour, encrypted for a key', async () => {
    const key = `age-encryption.org/v1\n-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`;
    const others = [
      Buffer.alloc(0),
      Buffer.concat([Buffer.from('\u0089PNG\r\n', 'latin1'), randomBytes(5_000)]),
      Buffer.from('a'.repeat(1_000_000)),
      Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\n'),
      Buffer.concat([Buffer.from(key), randomBytes(500)]),
    ];
    for (const other of others) expect(await outcomeOf(other)).toBe('backup/not-a-backup');
  });

  test('it is not there', async () => {
    const at = folder();
    await expect(previewBackup(join(at, 'nothing'), 'x')).rejects.toMatchObject({ code: 'backup/unreadable' });
  });

  test('an encrypted file of another kind: no archive, or another archive', async () => {
    const at = folder();
    const path = join(at, 'file.age');
    await writeAge(path, Buffer.from('no archive at all'));
    await expect(previewBackup(path, backupPassphrase)).rejects.toMatchObject({ code: 'backup/damaged' });
    await writeAge(path, await tarOf([{ header: { name: 'letter.txt' }, content: 'hello' }]));
    await expect(previewBackup(path, backupPassphrase)).rejects.toMatchObject({ code: 'backup/not-a-backup' });
    await writeAge(path, await tarOf([]));
    await expect(previewBackup(path, backupPassphrase)).rejects.toMatchObject({ code: 'backup/not-a-backup' });
  });

  test('of a newer version', async () => {
    const at = folder();
    const path = join(at, 'file.age');
    await writeAge(path, await tarOf(entriesOf(soundFiles, manifestOf(soundFiles, { version: 2, further: true }))));
    await expect(previewBackup(path, backupPassphrase)).rejects.toMatchObject({ code: 'backup/newer-version' });
  });

  test('cut anywhere, or with one bit changed anywhere: nothing passes for whole', async () => {
    const { target, at } = await written({ [sealedName]: randomBytes(150_000) });
    const whole = readFileSync(target);
    const path = join(at, 'torn.age');
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), fc.boolean(), async (position, cut) => {
        const torn = Buffer.from(cut ? whole.subarray(0, position) : whole);
        if (!cut) torn[position]! ^= 1 << (position % 8);
        writeFileSync(path, torn);
        round += 1;
        // Within the header a changed bit may look like another passphrase, or like no backup.
        const codes = ['backup/damaged', 'backup/not-a-backup', 'backup/passphrase-wrong'];
        const outcome = await extract(path, join(at, `out-${round}`)).then(
          () => 'taken',
          (error: unknown) => codeOf(error),
        );
        expect(position > 256 ? ['backup/damaged'] : codes).toContain(outcome);
      }),
      {
        numRuns: 60,
        examples: [
          [whole.length - 1, true],
          [whole.length - 1, false],
          [0, true],
          [22, true],
        ],
      },
    );
  });
});

describe('a forged backup, under the right passphrase', () => {
  const outcome = async (entries: readonly CraftedEntry[]) => {
    const at = folder();
    const path = join(at, 'file.age');
    await writeAge(path, await tarOf(entries));
    const before = readdirSync(at);
    const code = await extract(path, join(at, 'inner', '..', 'out')).then(
      () => 'taken',
      (error: unknown) => codeOf(error),
    );
    // Nothing beside the folder that was meant.
    expect(readdirSync(at).filter((name) => !before.includes(name) && name !== 'out')).toEqual([]);
    return code;
  };
  const withFile = (name: string, content: string | Buffer = 'x') => entriesOf({ ...soundFiles, [name]: content });
  const at = (name: string) => (entry: CraftedEntry) => entry.header.name === name;

  test('the sound one is taken', async () => {
    expect(await outcome(entriesOf())).toBe('taken');
  });

  test.each([
    '../escaped',
    '/etc/passwd',
    'recordings/../../escaped',
    'recordings\\..\\escaped',
    `recordings/${'a'.repeat(22)}.sealed/x`,
    'C:/escaped',
    'key.json',
    'recordings/short.sealed',
    `recordings/${'A'.repeat(22)}.sealed`,
  ])('a name that leads elsewhere, or is none of ours, or the same in capitals: %s', async (name) => {
    expect(await outcome(withFile(name))).toBe('backup/damaged');
  });

  test('a name that only the archive has, or only a pax header gives', async () => {
    const entries = entriesOf();
    const index = entries.findIndex(at(sealedName));
    entries[index] = { ...entries[index]!, header: { name: '../escaped' } };
    expect(await outcome(entries)).toBe('backup/damaged');
    entries[index] = { ...entries[index], header: { name: sealedName, pax: { path: '../escaped' } } };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test.each(['symlink', 'link', 'directory', 'fifo', 'character-device'] as const)('a %s', async (type) => {
    const entries = entriesOf();
    const index = entries.findIndex(at(sealedName));
    entries[index] = { header: { name: sealedName, type, linkname: '/etc/passwd' }, content: '' };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test('a link in the place of an empty file', async () => {
    const entries = entriesOf({ ...soundFiles, [sealedName]: '' });
    expect(await outcome(entries)).toBe('taken');
    const index = entries.findIndex(at(sealedName));
    entries[index] = { header: { name: sealedName, type: 'symlink', linkname: '/etc/passwd' }, content: '' };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test('the same name twice, in the archive or in the list', async () => {
    const entries = entriesOf();
    entries.splice(2, 0, entries.find(at('vault.db'))!);
    expect(await outcome(entries)).toBe('backup/damaged');
    const listed = manifestOf(soundFiles) as { files: object[] };
    expect(await outcome(entriesOf(soundFiles, { ...listed, files: [...listed.files, listed.files[0]!] }))).toBe(
      'backup/damaged',
    );
  });

  test('another order, a file more, a file less, no sums, no key', async () => {
    const swapped = entriesOf();
    [swapped[1], swapped[2]] = [swapped[2]!, swapped[1]!];
    expect(await outcome(swapped)).toBe('backup/damaged');
    expect(await outcome([...entriesOf(), { header: { name: 'further' }, content: 'x' }])).toBe('backup/damaged');
    expect(await outcome(entriesOf().filter((entry) => !at(sealedName)(entry)))).toBe('backup/damaged');
    expect(await outcome(entriesOf().slice(0, -1))).toBe('backup/damaged');
    const { 'data-key.json': _, ...keyless } = soundFiles;
    expect(await outcome(entriesOf(keyless))).toBe('backup/damaged');
  });

  test('sizes that lie, in the list or in the archive', async () => {
    for (const bytes of [0, 199_999, 200_001, 2 ** 50, -1]) {
      const listed = manifestOf(soundFiles) as { files: BackupManifest['files'] };
      const files = listed.files.map((file) => (file.name === sealedName ? { ...file, bytes } : file));
      expect(await outcome(entriesOf(soundFiles, { ...listed, files }))).toBe('backup/damaged');
    }
    const entries = entriesOf();
    const index = entries.findIndex(at(sealedName));
    entries[index] = { ...entries[index]!, header: { name: sealedName, pax: { size: String(2 ** 50) } } };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test('content that is not what its hash says', async () => {
    const entries = entriesOf();
    const index = entries.findIndex(at(sealedName));
    entries[index] = { ...entries[index]!, content: Buffer.alloc(200_000, 8) };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test('headers that want much memory', async () => {
    const entries = entriesOf();
    entries[1] = { ...entries[1]!, header: { name: 'vault.db', pax: { comment: 'x'.repeat(8 * 1_048_576) } } };
    expect(await outcome(entries)).toBe('backup/damaged');
  });

  test('small files that are large', async () => {
    expect(await outcome(withFile('preferences.json', Buffer.alloc(33 * 1_048_576)))).toBe('backup/damaged');
  });

  test('a key that is none', async () => {
    expect(await outcome(withFile('data-key.json', '{"key":1}'))).toBe('backup/damaged');
  });
});

test('the sums are those that sha256sum reads', async () => {
  const { manifest } = await written({});
  const archive = await wholeOf(
    archiveOf(
      manifest,
      manifest.files.map((file) => ({
        ...file,
        content: async function* () {
          yield Buffer.alloc(file.bytes, 1);
        },
      })),
    ),
  );
  const hash = createHash('sha256').update(Buffer.alloc(9_000, 1)).digest('hex');
  expect(archive.toString('latin1')).toContain(`${hash}  vault.db\n`);
});
