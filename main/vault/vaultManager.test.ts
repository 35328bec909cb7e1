import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { VaultState } from '../../common/vaultState';
import { openFixture, passphrase, vaultFixture } from './testing/vaultFixture';

const person = { name: 'Ada Lovelace', contact: 'ada@example.org' };

test('a new vault is kept by the keychain and opens itself afterwards', async () => {
  const fixture = vaultFixture();
  const first = fixture.manager();
  expect(first.state()).toEqual({ phase: 'starting' });
  await first.start();
  expect(first.state()).toEqual({ phase: 'new', protection: 'keychain' });
  await first.create({ ...person, passphrase: null });
  expect(first.state()).toEqual({ phase: 'open', protection: 'keychain' });
  const identityKey = first.vault().profile.get().identityKey;
  await first.close();

  const second = fixture.manager();
  await second.start();
  expect(second.state()).toEqual({ phase: 'open', protection: 'keychain' });
  expect(second.vault().profile.get()).toEqual({ ...person, officerContact: '', identityKey });
});

test('without a keychain a passphrase is needed, and only the right one opens', async () => {
  const fixture = vaultFixture();
  fixture.keychain.available = false;
  const first = fixture.manager();
  await first.start();
  expect(first.state()).toEqual({ phase: 'new', protection: 'passphrase' });
  await expect(first.create({ ...person, passphrase: null })).rejects.toMatchObject({ code: 'vault/keychain-refused' });
  await expect(first.create({ ...person, passphrase: 'ninechars' })).rejects.toMatchObject({
    code: 'vault/passphrase-weak',
  });
  expect(first.state().phase).toBe('new');
  expect(readdirSync(fixture.folder)).toEqual([]);
  await first.create({ ...person, passphrase });
  await first.close();
  expect(first.state()).toEqual({ phase: 'locked' });

  const second = fixture.manager();
  await second.start();
  expect(second.state()).toEqual({ phase: 'locked' });
  expect(() => second.vault()).toThrow('vault/locked');
  const before = readdirSync(fixture.folder);
  await expect(second.unlock('wrong horse battery')).rejects.toMatchObject({ code: 'vault/passphrase-wrong' });
  expect(second.state()).toEqual({ phase: 'locked' });
  expect(readdirSync(fixture.folder)).toEqual(before);
  await second.unlock(passphrase);
  expect(second.state()).toEqual({ phase: 'open', protection: 'passphrase' });
  expect(second.vault().profile.get().name).toBe(person.name);
});

test('states are told in order, until unsubscribed', async () => {
  const fixture = vaultFixture();
  const manager = fixture.manager();
  const seen: VaultState['phase'][] = [];
  const unsubscribe = manager.onChange((state) => seen.push(state.phase));
  await manager.start();
  await manager.create({ ...person, passphrase });
  await manager.close();
  await manager.unlock(passphrase);
  unsubscribe();
  await manager.close();
  expect(seen).toEqual(['new', 'open', 'locked', 'open']);
});

test('two creations at once make one vault', async () => {
  const fixture = vaultFixture();
  const manager = fixture.manager();
  await manager.start();
  const [first, second] = await Promise.allSettled([
    manager.create({ ...person, passphrase }),
    manager.create({ ...person, name: 'Eve', passphrase: 'another passphrase' }),
  ]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'vault/already-exists' } });
  expect(manager.vault().profile.get().name).toBe(person.name);
  await manager.close();
  await manager.unlock(passphrase);
});

test('unlocking twice at once, and closing meanwhile, takes its turns', async () => {
  const fixture = vaultFixture();
  const manager = fixture.manager();
  await manager.start();
  await manager.create({ ...person, passphrase });
  await manager.close();
  await Promise.all([manager.unlock(passphrase), manager.unlock(passphrase)]);
  expect(manager.state().phase).toBe('open');
  await Promise.all([manager.close(), manager.unlock(passphrase), manager.close()]);
  expect(manager.state()).toEqual({ phase: 'locked' });
  await Promise.all([manager.unlock('wrong horse battery').catch(() => undefined), manager.unlock(passphrase)]);
  expect(manager.state().phase).toBe('open');
});

test('a vault that somebody else created meanwhile is not overwritten', async () => {
  const fixture = vaultFixture();
  const [one, other] = [fixture.manager(), fixture.manager()];
  await one.start();
  await other.start();
  await one.create({ ...person, passphrase: null });
  await expect(other.create({ ...person, passphrase: null })).rejects.toMatchObject({ code: 'vault/already-exists' });
  await one.close();
  await one.start();
  expect(one.state().phase).toBe('open');
});

test('a repository that outlives its vault says locked', async () => {
  const { manager, vault } = await openFixture(vaultFixture());
  await manager.close();
  for (const use of [
    () => vault.profile.get(),
    () => vault.people.nameOf('k'),
    () => vault.meetings.recent(1),
    () => vault.chat.search('x'),
    () => vault.chat.search(''),
    () => vault.receipts.all(),
    () => vault.recordings.list(),
    () => vault.recordings.eraseTracks([]),
  ]) {
    expect(use).toThrow(expect.objectContaining({ code: 'vault/locked' }));
  }
  vault.close();
});

test('a keychain that refuses leaves everything as it is, and a later start opens', async () => {
  const fixture = vaultFixture();
  const { manager } = await openFixture(fixture);
  await manager.close();
  fixture.keychain.refusing = true;
  await manager.start();
  expect(manager.state()).toEqual({ phase: 'damaged', reason: 'key', backups: [] });
  await expect(manager.restore('backup-1767603600000')).rejects.toMatchObject({ code: 'vault/key-missing' });
  await expect(manager.create({ ...person, passphrase })).rejects.toMatchObject({ code: 'vault/already-exists' });
  fixture.keychain.refusing = false;
  await manager.start();
  expect(manager.state().phase).toBe('open');
});

test('a keychain that refuses while creating leaves nothing', async () => {
  const fixture = vaultFixture();
  const manager = fixture.manager();
  await manager.start();
  fixture.keychain.refusing = true;
  await expect(manager.create({ ...person, passphrase: null })).rejects.toMatchObject({
    code: 'vault/keychain-refused',
  });
  expect(readdirSync(fixture.folder)).toEqual([]);
});

test('a creation that fails in the middle is taken back', async () => {
  const fixture = vaultFixture();
  const manager = fixture.manager();
  await manager.start();
  // In the way of the second key file to be written: the database is built and the other key file written by then.
  writeFileSync(join(fixture.folder, 'x'), '');
  const obstacle = join(fixture.folder, 'key.json.tmp');
  mkdirSync(obstacle);
  await expect(manager.create({ ...person, passphrase: null })).rejects.toThrow();
  rmSync(obstacle, { recursive: true });
  expect(readdirSync(fixture.folder)).toEqual(['x']);
  await manager.create({ ...person, passphrase: null });
  expect(manager.state().phase).toBe('open');
});
