import { existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsOf, copyOfProfile } from '../support/profileFiles';
import { Person, expect, passphrase, test as base } from '../support/person';

/*
 * A vault that cannot be read is never replaced by an empty one: people are told, nothing is touched before they say so,
 * and a backup brings everything back.
 */

const title = 'Gesellschafterversammlung';
const message = 'Die Bilanz liegt bei';

let filled: string | null = null;
base.afterAll(async () => {
  if (filled !== null) await rm(filled, { recursive: true, force: true });
});

const test = base.extend<{
  /** Starts the app on a fresh copy of a profile with a meeting in it, after `damage` was done to its vault's folder. */
  after: (damage: (vaultDir: string) => void) => Promise<Person>;
}>({
  after: async ({ person, desktop }, use) => {
    // Made once, by the app itself; every test gets its own copy.
    if (filled === null) {
      const ada = await person('Ada Lovelace');
      await ada.host(title);
      await ada.say(message);
      await ada.leave();
      await ada.quit();
      filled = await copyOfProfile(ada.desktop.profileDir);
    }
    const template = filled;
    await use(async (damage) => {
      const profileDir = await copyOfProfile(template);
      damage(join(profileDir, 'vault'));
      return new Person(await desktop({ name: 'ada', profileDir }), 'Ada Lovelace', 'en');
    });
  },
});

const databaseIn = (vaultDir: string) => join(vaultDir, 'vault.db');

/** Changes one byte in every page. */
function scratch(file: string): void {
  const bytes = readFileSync(file);
  for (let position = 1_000; position < bytes.length; position += 4_096) {
    bytes.writeUInt8(bytes.readUInt8(position) ^ 0xff, position);
  }
  writeFileSync(file, bytes);
}

const damages: Readonly<Record<string, (vaultDir: string) => void>> = {
  'a byte changed in every page': (vaultDir) => scratch(databaseIn(vaultDir)),
  'the file cut in half': (vaultDir) => truncateSync(databaseIn(vaultDir), statSync(databaseIn(vaultDir)).size / 2),
  'the file emptied': (vaultDir) => truncateSync(databaseIn(vaultDir), 0),
  'the header zeroed': (vaultDir) => writeFileSync(databaseIn(vaultDir), Buffer.alloc(100), { flag: 'r+' }),
  'the file missing': (vaultDir) => rmSync(databaseIn(vaultDir)),
};

for (const [name, damage] of Object.entries(damages)) {
  test(`the database, ${name}: said clearly, nothing touched, and a backup brings it all back`, async ({ after }) => {
    const ada = await after(damage);
    const { t } = ada;
    const before = await contentsOf(ada.disk.vaultDir);
    await ada.unlock();
    await expect(ada.heading(t('vault.damagedDatabase'))).toBeVisible();
    await expect(ada.page.getByText(t('vault.nothingLost'))).toBeVisible();
    await expect(ada.heading(t('vault.createTitle'))).toBeHidden();
    const backups = ada.page.getByRole('radiogroup', { name: t('vault.backups') }).getByRole('radio');
    expect(await backups.count()).toBeGreaterThan(0);
    // Not even a program that insists gets an empty vault.
    expect(await ada.call('vault.create', { name: 'Eve', contact: '', passphrase })).toMatchObject({ ok: false });
    expect(await contentsOf(ada.disk.vaultDir)).toEqual(before);

    await ada.button(t('vault.restore')).click();
    await expect(ada.button(t('start.create'))).toBeVisible();
    await expect(ada.button(new RegExp(`^${title}`, 'u'))).toBeVisible();
    expect(await ada.call('chat.search', { query: 'Bilanz' })).toMatchObject({
      value: [{ message: { text: message } }],
    });
    const keptAside = readdirSync(ada.disk.vaultDir).filter((file) => file.startsWith('vault.damaged-'));
    expect(keptAside).toHaveLength(existsSync(join(ada.disk.vaultDir, 'vault.db')) && 'vault.db' in before ? 1 : 0);

    // It stays that way.
    await ada.quit();
    await ada.comeBack();
    await expect(ada.button(new RegExp(`^${title}`, 'u'))).toBeVisible();
  });
}

const keyFiles = ['key.json', 'key.copy.json'];
const lostKeys: Readonly<Record<string, (vaultDir: string) => void>> = {
  deleted: (vaultDir) => keyFiles.forEach((name) => rmSync(join(vaultDir, name))),
  overwritten: (vaultDir) => keyFiles.forEach((name) => writeFileSync(join(vaultDir, name), 'not a key {')),
  emptied: (vaultDir) => keyFiles.forEach((name) => truncateSync(join(vaultDir, name), 0)),
};

for (const [name, damage] of Object.entries(lostKeys)) {
  test(`both key files ${name}: said clearly, and no empty vault in its place`, async ({ after }) => {
    const ada = await after(damage);
    const { t } = ada;
    const before = await contentsOf(ada.disk.vaultDir);
    await expect(ada.heading(t('vault.damagedKey'))).toBeVisible();
    await expect(ada.page.getByText(t('vault.nothingLost'))).toBeVisible();
    // There are backups; saying that there is none would be untrue.
    await expect(ada.page.getByText(t('vault.keyHelp'))).toBeVisible();
    await expect(ada.page.getByText(t('vault.noBackups'))).toBeHidden();
    await expect(ada.heading(t('vault.createTitle'))).toBeHidden();
    expect(await ada.call('vault.create', { name: 'Eve', contact: '', passphrase })).toEqual({
      ok: false,
      error: { code: 'vault/already-exists' },
    });
    await ada.quit();
    expect(await contentsOf(ada.disk.vaultDir)).toEqual(before);
  });
}

test('one key file lost: its twin opens the vault, and both are there again', async ({ after }) => {
  const ada = await after((vaultDir) => writeFileSync(join(vaultDir, 'key.json'), '{"format":"konklave-key"'));
  await ada.unlock();
  await expect(ada.button(new RegExp(`^${title}`, 'u'))).toBeVisible();
  const [one, other] = keyFiles.map((name) => readFileSync(join(ada.disk.vaultDir, name), 'utf8'));
  expect(one).toBe(other);
  expect(one).toContain('"passphrase"');
});
