import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wipeWords } from '../../common/backup';
import { faultsOf } from '../support/looking';
import { Person, expect, passphrase, test as base } from '../support/person';

const backupPassphrase = 'sieben leise Türen im Flur';
const title = 'Gesellschafterversammlung';
const message = 'Die Bilanz liegt bei';

const test = base.extend<{
  /** An empty folder outside of every profile. */
  folder: string;
}>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'konklave-stick-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

/** The native dialogs answer with this file. */
async function handsOver(who: Person, file: string): Promise<void> {
  await who.desktop.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, file);
}

async function openSettings(who: Person): Promise<void> {
  await who.button(who.t('settings.nav')).click();
  await expect(who.heading(who.t('backup.title'))).toBeVisible();
}

async function hadMeeting(who: Person): Promise<void> {
  await who.host(title);
  await who.say(message);
  await who.leave();
  await who.backToStart();
}

test('R20: everything goes into one encrypted file and comes out at another desktop, at first start', async ({
  person,
  desktop,
  folder,
}) => {
  test.setTimeout(120_000);
  const file = join(folder, 'konklave.age');
  const ada = await person('Ada Lovelace');
  const { t } = ada;
  await hadMeeting(ada);
  const identity = await ada.call('profile.get');

  await test.step('she saves, and is told what a backup is not', async () => {
    await handsOver(ada, file);
    await openSettings(ada);
    await expect(ada.page.getByText(t('backup.neverSaved'))).toBeVisible();
    expect.soft(await faultsOf(ada, 'settings with backup')).toEqual([]);
    await ada.button(t('backup.save')).click();
    await expect(ada.page.getByText(t('backup.notReached'))).toBeVisible();
    await ada.field(t('backup.passphrase')).fill(backupPassphrase);
    await ada.button(t('backup.saveNow')).click();
    await expect(ada.page.getByText(t('vault.passphraseDiffers'))).toBeVisible();
    expect.soft(await faultsOf(ada, 'save backup')).toEqual([]);
    await ada.field(t('backup.passphraseAgain')).fill(backupPassphrase);
    await ada.button(t('backup.saveNow')).click();
    await expect(ada.page.getByText(t('backup.saved', { file: 'konklave.age' }))).toBeVisible({ timeout: 30_000 });
    await expect(ada.page.getByText(t('backup.neverSaved'))).toBeHidden();
    expect(await readdir(folder)).toEqual(['konklave.age']);
    expect((await stat(file)).size).toBeGreaterThan(10_000);
    expect(await ada.call('privacy.auditLog')).toMatchObject({ value: { entries: [{ action: 'backup-saved' }, {}] } });
    await ada.quit();
  });

  const there = new Person(await desktop({ name: 'other' }), 'Ada Lovelace', 'en');
  await test.step('at the other desktop a wrong passphrase says so, and the right one shows what it is', async () => {
    await handsOver(there, file);
    await there.button(t('backup.have')).click();
    await there.button(t('backup.choose')).click();
    await there.field(t('backup.passphrase')).fill('not the right one');
    await there.button(t('backup.open')).click();
    await expect(there.page.getByText(t('errors.backup/passphrase-wrong.what'))).toBeVisible({ timeout: 30_000 });
    await there.field(t('backup.passphrase')).fill(backupPassphrase);
    await there.button(t('backup.open')).click();
    await expect(there.page.getByText(t('backup.meetings', { count: 1 }))).toBeVisible({ timeout: 30_000 });
    await expect(there.page.getByText(t('backup.againElsewhere'))).toBeVisible();
    expect.soft(await faultsOf(there, 'restore backup')).toEqual([]);
  });

  await test.step('and everything is there, under a passphrase of this desktop', async () => {
    await there.field(t('backup.newPassphrase')).fill(passphrase);
    await there.field(t('backup.newPassphraseAgain')).fill(passphrase);
    await there.button(t('backup.restoreNow')).click();
    await expect(there.page.getByText(t('backup.restored'))).toBeVisible({ timeout: 30_000 });
    await expect(there.button(new RegExp(`^${title}`, 'u'))).toBeVisible();
    expect(await there.call('profile.get')).toEqual(identity);
    expect(await there.call('chat.search', { query: 'Bilanz' })).toMatchObject({
      value: [{ message: { text: message } }],
    });
    expect(await readdir(there.desktop.profileDir)).not.toContain('vault.restored');
    await there.quit();
    await there.comeBack();
    await expect(there.button(new RegExp(`^${title}`, 'u'))).toBeVisible();
    expect(there.desktop.consoleErrors).toEqual([]);
  });
});

test('R22: deleting everything asks for a word, refuses in a meeting, and leaves nothing in the profile', async ({
  person,
  folder,
}) => {
  test.setTimeout(120_000);
  const ada = await person('Ada Lovelace', { contact: 'datenschutz@beispiel.example' });
  const { t } = ada;
  await ada.host(title);
  await ada.say(message);
  const wipe = (typed: string) => ada.call('wipe.run', { typed, language: 'en' });
  expect(await wipe(wipeWords.en)).toEqual({ ok: false, error: { code: 'session/busy' } });
  expect(await wipe('yes')).toEqual({ ok: false, error: { code: 'wipe/not-confirmed' } });
  await ada.leave();
  await ada.backToStart();
  // What was saved elsewhere stays where it is.
  const file = join(folder, 'konklave.age');
  await handsOver(ada, file);
  expect(await ada.call('backup.save', { passphrase: backupPassphrase, language: 'en' })).toMatchObject({ ok: true });
  const keyFile = await ada.disk.filesContaining('konklave-key');
  expect(keyFile).toHaveLength(2);

  await openSettings(ada);
  await ada.button(t('backup.wipe')).click();
  await expect(ada.page.getByText(t('backup.wipeStaysText'))).toBeVisible();
  await expect(ada.button(t('backup.wipeNow'))).toBeDisabled();
  expect.soft(await faultsOf(ada, 'delete everything')).toEqual([]);
  await ada.field(t('backup.wipeType', { word: wipeWords.en })).fill('delete');
  // The test starts the app again itself; what starts by itself would be out of its hands.
  await ada.desktop.app.evaluate(({ app }) => {
    app.relaunch = () => undefined;
  });
  const ended = ada.desktop.app.waitForEvent('close');
  const began = Date.now();
  await ada.button(t('backup.wipeNow')).click();
  await ended;
  expect(await ada.disk.filesContaining('konklave-key'), 'the keys are gone first').toEqual([]);
  expect(await readdir(ada.desktop.profileDir)).toContain('delete-everything');

  const after = await ada.desktop.relaunch();
  const fresh = new Person(after, 'Ada Lovelace', 'en');
  await expect(fresh.heading(t('vault.createTitle'))).toBeVisible();
  expect(await readdir(after.profileDir)).not.toContain('delete-everything');
  expect(await fresh.disk.filesContaining(title, message, 'Ada Lovelace', 'beispiel.example', 'konklave-key')).toEqual(
    [],
  );
  expect(await readdir(join(after.profileDir, 'vault'))).toEqual([]);
  // Nothing in the whole profile is from before, whoever wrote it.
  const entries = await readdir(after.profileDir, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const older = await Promise.all(files.map(async (path) => ((await stat(path)).birthtimeMs < began ? [path] : [])));
  expect(older.flat()).toEqual([]);
  expect(await fresh.call('preferences.get')).toMatchObject({ value: { theme: 'system' } });
  expect(await readdir(folder)).toEqual(['konklave.age']);
});
