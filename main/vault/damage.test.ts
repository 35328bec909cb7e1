import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { namesIn } from './files';
import { newId, openFixture, passphrase, temporaryFolder, vaultFixture, type Fixture } from './testing/vaultFixture';

/** A vault of some dozen pages, closed properly: it has one backup with everything in it. */
async function filledVault(): Promise<Fixture> {
  const fixture = vaultFixture({ folder: temporaryFolder() });
  const { manager, vault } = await openFixture(fixture);
  const meetingId = newId();
  vault.meetings.start({ meetingId, title: 'Board', role: 'host', hostName: 'Ada', hostKey: 'k', startedAt: 1 });
  for (let index = 0; index < 100; index += 1) {
    const text = `line ${index} `.repeat(20);
    const sender = { senderId: null, senderName: 'Ada', senderKey: 'k', mine: true };
    vault.chat.add({ id: newId(), meetingId, ...sender, text, sentAt: index });
  }
  fixture.clock.now += 3_600_000;
  await manager.close();
  return fixture;
}

let fixture: Fixture;
let database: string;
beforeEach(async () => {
  fixture = await filledVault();
  database = join(fixture.folder, 'vault.db');
});

function flip(path: string, position: number): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  writeFileSync(path, bytes);
}

const pages = () => statSync(database).size / 4096;

const damages: readonly (readonly [string, () => void])[] = [
  ['an emptied file', () => truncateSync(database, 0)],
  ['a missing file', () => rmSync(database)],
  ['a zeroed header', () => writeFileSync(database, Buffer.alloc(100), { flag: 'r+' })],
  ['all zeroes', () => writeFileSync(database, Buffer.alloc(statSync(database).size))],
  ['something else entirely', () => writeFileSync(database, 'SQLite format 3\0 and then a letter to the editor')],
  ['a file cut within a page', () => truncateSync(database, statSync(database).size - 1000)],
  ['a file cut between pages', () => truncateSync(database, statSync(database).size - 4096)],
  ['a file cut to its first page', () => truncateSync(database, 4096)],
  ['a flipped bit in the salt', () => flip(database, 3)],
  ['a flipped bit in the first page', () => flip(database, 2_000)],
  ['a flipped bit in a page in the middle', () => flip(database, Math.floor(pages() / 2) * 4096 + 17)],
  ['a flipped bit in the last page', () => flip(database, (pages() - 1) * 4096 + 2_048)],
  ['a flipped bit in an authentication code', () => flip(database, 5 * 4096 - 1)],
];

describe.each(damages)('%s', (_, damage) => {
  test('is noticed, changes nothing, and a backup brings everything back', async () => {
    damage();
    const found = existsSync(database) ? readFileSync(database) : null;
    const manager = fixture.manager();
    await manager.start();
    const state = manager.state();
    if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
    expect(state.reason).toBe('database');
    expect(existsSync(database) ? readFileSync(database) : null).toEqual(found);
    expect(() => manager.vault()).toThrow('vault/locked');

    await manager.restore(state.backups[0]!.id);
    expect(manager.state()).toEqual({ phase: 'open', protection: 'keychain' });
    expect(manager.vault().meetings.recent(5)).toMatchObject([{ title: 'Board', messageCount: 100 }]);
    const aside = namesIn(fixture.folder).filter((name) => /^vault\.damaged-20260105T100000000Z\.db$/.test(name));
    expect(aside.map((name) => readFileSync(join(fixture.folder, name)))).toEqual(found === null ? [] : [found]);
  });
});

test('behind a passphrase, damage is noticed once it is unlocked', async () => {
  const own = vaultFixture();
  const first = own.manager();
  await first.start();
  await first.create({ name: 'Ada', contact: '', passphrase });
  first.vault().people.met({ identityKey: 'k', name: 'Bob', at: 1 });
  own.clock.now += 3_600_000;
  await first.close();
  truncateSync(join(own.folder, 'vault.db'), 0);

  const manager = own.manager();
  await manager.start();
  expect(manager.state()).toEqual({ phase: 'locked' });
  await expect(manager.restore('backup-1767603600000')).rejects.toMatchObject({ code: 'vault/key-missing' });
  await expect(manager.unlock('wrong horse battery')).rejects.toMatchObject({ code: 'vault/passphrase-wrong' });
  await manager.unlock(passphrase);
  const state = manager.state();
  if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
  expect(state.backups).toHaveLength(2);
  await expect(manager.unlock(passphrase)).rejects.toMatchObject({ code: 'vault/damaged' });
  await manager.restore(state.backups[0]!.id);
  expect(manager.state()).toEqual({ phase: 'open', protection: 'passphrase' });
  expect(manager.vault().people.nameOf('k')).toBe('Bob');
});

test('only backups that can be read are offered', async () => {
  const { manager } = await openFixture(fixture);
  manager.vault().people.met({ identityKey: 'k', name: 'Bob', at: 1 });
  fixture.clock.now += 3_600_000;
  await manager.close();
  const [older, newer] = namesIn(join(fixture.folder, 'backups'));
  flip(join(fixture.folder, 'backups', newer!), 10_000);
  truncateSync(database, 0);
  await manager.start();
  expect(manager.state()).toMatchObject({ phase: 'damaged', backups: [{ id: older!.replace('.db', '') }] });
  for (const id of [newer!.replace('.db', ''), '../vault', '', 'backup-0000000000000', '../../backup-1767603600000']) {
    await expect(manager.restore(id)).rejects.toMatchObject({ code: 'vault/damaged' });
  }
  expect(statSync(database).size).toBe(0);
  expect(manager.state().phase).toBe('damaged');
});

test('restoring twice keeps both damaged files', async () => {
  for (let round = 1; round <= 2; round += 1) {
    flip(database, 2_000);
    const manager = fixture.manager();
    await manager.start();
    const state = manager.state();
    if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
    await manager.restore(state.backups[0]!.id);
    await manager.close();
  }
  expect(namesIn(fixture.folder).filter((name) => name.startsWith('vault.damaged-'))).toHaveLength(2);
});

test('a stale log does not meet the restored database', async () => {
  writeFileSync(`${database}-wal`, 'left by something');
  truncateSync(database, 0);
  const manager = fixture.manager();
  await manager.start();
  const state = manager.state();
  if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
  await manager.restore(state.backups[0]!.id);
  expect(manager.vault().meetings.recent(5)).toHaveLength(1);
  expect(
    namesIn(fixture.folder).filter((name) => name.endsWith('.db-wal') && name.startsWith('vault.dam')),
  ).toHaveLength(1);
});

test('a session that was killed loses nothing that was committed', async () => {
  const { vault } = await openFixture(fixture);
  vault.people.met({ identityKey: 'k', name: 'Committed', at: 1 });
  // What a kill leaves: database and log as they are at this moment, without the closing checkpoint.
  const killed = vaultFixture({ folder: temporaryFolder(), keychain: fixture.keychain });
  for (const name of ['vault.db', 'vault.db-wal', 'key.json', 'key.copy.json']) {
    copyFileSync(join(fixture.folder, name), join(killed.folder, name));
  }
  const manager = killed.manager();
  await manager.start();
  expect(manager.vault().people.nameOf('k')).toBe('Committed');
  expect(namesIn(join(killed.folder, 'backups'))).toHaveLength(1);
});

test('a torn end of the log costs the last transaction, not the vault', async () => {
  const { vault } = await openFixture(fixture);
  vault.people.met({ identityKey: 'k1', name: 'First', at: 1 });
  vault.people.met({ identityKey: 'k2', name: 'Second', at: 1 });
  const torn = vaultFixture({ folder: temporaryFolder(), keychain: fixture.keychain });
  for (const name of ['vault.db', 'vault.db-wal', 'key.json']) {
    copyFileSync(join(fixture.folder, name), join(torn.folder, name));
  }
  const log = join(torn.folder, 'vault.db-wal');
  truncateSync(log, statSync(log).size - 100);
  const manager = torn.manager();
  await manager.start();
  expect([manager.vault().people.nameOf('k1'), manager.vault().people.nameOf('k2')]).toEqual(['First', null]);
});

test('a page that a power cut tore while the log was taken in is repaired from the log', async () => {
  const { vault } = await openFixture(fixture);
  vault.people.met({ identityKey: 'k', name: 'Committed', at: 1 });
  const torn = vaultFixture({ folder: temporaryFolder(), keychain: fixture.keychain });
  for (const name of ['vault.db', 'vault.db-wal', 'key.json']) {
    copyFileSync(join(fixture.folder, name), join(torn.folder, name));
  }
  // The log's first frame begins with the number of its page.
  const page = readFileSync(join(torn.folder, 'vault.db-wal')).readUInt32BE(32);
  flip(join(torn.folder, 'vault.db'), (page - 1) * 4096 + 1_000);
  const manager = torn.manager();
  await manager.start();
  expect(manager.state().phase).toBe('open');
  expect(manager.vault().people.nameOf('k')).toBe('Committed');
});

describe('a creation that was killed', () => {
  const { creating, final } = { creating: 'vault.creating.db', final: 'vault.db' };

  test('before its key was saved, starts anew', async () => {
    const own = vaultFixture();
    renameSync(database, join(own.folder, creating));
    writeFileSync(join(own.folder, 'key.json.tmp'), '{"format":"konk');
    const manager = own.manager();
    await manager.start();
    expect(manager.state()).toEqual({ phase: 'new', protection: 'keychain' });
    await manager.create({ name: 'Ada', contact: '', passphrase: null });
    await manager.close();
    await manager.start();
    expect(manager.state().phase).toBe('open');
  });

  test('before the database was in place, is finished', async () => {
    rmSync(join(fixture.folder, 'backups'), { recursive: true });
    rmSync(join(fixture.folder, 'key.copy.json'));
    renameSync(database, join(fixture.folder, creating));
    const manager = fixture.manager();
    await manager.start();
    expect(manager.state().phase).toBe('open');
    expect(namesIn(fixture.folder)).toEqual(expect.arrayContaining([final, 'key.copy.json']));
    expect(namesIn(fixture.folder)).not.toContain(creating);
  });

  test('while the database was being built, leaves no half database in place', async () => {
    const own = vaultFixture();
    copyFileSync(database, join(own.folder, creating));
    truncateSync(join(own.folder, creating), 8192);
    const manager = own.manager();
    await manager.start();
    expect(manager.state().phase).toBe('new');
  });
});

describe('data without a key', () => {
  test.each([
    ['both key files deleted', ['key.json', 'key.copy.json']],
    ['key files and database deleted', ['key.json', 'key.copy.json', 'vault.db']],
  ])('%s is never taken for a new vault', async (_, names) => {
    for (const name of names) rmSync(join(fixture.folder, name));
    const manager = fixture.manager();
    await manager.start();
    expect(manager.state()).toEqual({ phase: 'damaged', reason: 'key', backups: [] });
    await expect(manager.create({ name: 'Eve', contact: '', passphrase })).rejects.toMatchObject({
      code: 'vault/already-exists',
    });
  });

  test.each(['key.json', 'key.copy.json'])(
    'without %s the other one opens it, and both are there again',
    async (name) => {
      const path = join(fixture.folder, name);
      const original = readFileSync(path, 'utf8');
      for (const content of [
        null,
        '',
        '{',
        original.replace(/"sealed": "(.)/, (_, first) => `"sealed": "${first === 'A' ? 'B' : 'A'}`),
      ]) {
        if (content === null) rmSync(path);
        else writeFileSync(path, content);
        const manager = fixture.manager();
        await manager.start();
        expect(manager.state().phase).toBe('open');
        await manager.close();
        expect(readFileSync(path, 'utf8')).toBe(original);
      }
    },
  );

  test('both key files broken is damage of the key', async () => {
    for (const name of ['key.json', 'key.copy.json']) writeFileSync(join(fixture.folder, name), 'garbage');
    const manager = fixture.manager();
    await manager.start();
    expect(manager.state()).toEqual({ phase: 'damaged', reason: 'key', backups: [] });
    expect(readFileSync(join(fixture.folder, 'key.json'), 'utf8')).toBe('garbage');
  });
});
