import { join } from 'node:path';
import { readKeyFile } from '../../main/vault/keyFile';
import { unwrapWithPassphrase } from '../../main/vault/keyring';
import type { Desktop } from '../support/electron';
import { contentsOf } from '../support/profileFiles';
import { startAgain } from '../support/secondStart';
import { Person, expect, passphrase, test } from '../support/person';

/** Somebody whose app is running and whose vault may be in any state. */
const someone = (desktop: Desktop, name = 'Ada Lovelace') => new Person(desktop, name, 'en');

test('R20: a weak passphrase is refused with what to do, and leaves nothing behind', async ({ desktop }) => {
  const ada = someone(await desktop());
  const { t } = ada;
  const vaultDir = join(ada.desktop.profileDir, 'vault');
  await ada.button(t('vault.create')).click();
  await expect(ada.page.getByText(t('common.nameMissing'))).toBeVisible();
  await expect(ada.page.getByText(t('vault.passphraseTooShort', { count: 10 }))).toBeVisible();

  await ada.field(t('common.yourName')).fill(ada.name);
  await ada.field(t('vault.passphrase')).fill('ninechars');
  await ada.field(t('vault.passphraseAgain')).fill('ninechars');
  await expect(ada.page.getByText(t('vault.passphraseTooShort', { count: 10 }))).toBeVisible();
  await ada.field(t('vault.passphrase')).fill('more than ten characters');
  await ada.button(t('vault.create')).click();
  await expect(ada.page.getByText(t('vault.passphraseDiffers'))).toBeVisible();
  await expect(ada.heading(t('vault.createTitle'))).toBeVisible();

  // Whatever the screen lets through, main does not.
  const create = (attempt: string | null) =>
    ada.call('vault.create', { name: ada.name, contact: '', passphrase: attempt });
  expect(await create('ninechars')).toEqual({ ok: false, error: { code: 'vault/passphrase-weak' } });
  expect(await create('')).toEqual({ ok: false, error: { code: 'vault/passphrase-weak' } });
  // Without a keychain there is no vault without a passphrase.
  expect(await create(null)).toEqual({ ok: false, error: { code: 'vault/keychain-refused' } });
  expect(await contentsOf(vaultDir)).toEqual({});

  await ada.setUp();
  expect(Object.keys(await contentsOf(vaultDir))).toEqual(expect.arrayContaining(['key.json', 'vault.db']));
});

test('R20: the vault opens with its passphrase only; a wrong one changes nothing', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const { t } = ada;
  await ada.host('Sommerfest');
  await ada.say('Kuchen bringt Grace mit');
  await ada.leave();
  await ada.backToStart();
  await ada.quit();
  const before = await contentsOf(ada.disk.vaultDir);

  const back = someone(await ada.desktop.relaunch());
  await expect(back.heading(t('vault.unlockTitle'))).toBeVisible();
  // Nothing of what is inside is known outside.
  for (const command of ['profile.get', 'meetings.recent', 'recordings.list']) {
    expect(await back.call(command)).toEqual({ ok: false, error: { code: 'vault/locked' } });
  }
  for (const wrong of ['not the right one', `${passphrase} `, passphrase.toUpperCase()]) {
    await back.field(t('vault.passphrase')).fill(wrong);
    await back.button(t('vault.unlock')).click();
    await expect(back.page.getByText(t('errors.vault/passphrase-wrong.what'))).toBeVisible();
  }
  expect(await contentsOf(back.disk.vaultDir)).toEqual(before);

  await back.unlock();
  await expect(back.button(/^Sommerfest/u)).toBeVisible();
  expect(await back.call('chat.search', { query: 'Kuchen' })).toMatchObject({
    value: [{ message: { text: 'Kuchen bringt Grace mit' } }],
  });
});

test('R20: nothing that was entered stands in plain in any file or line, not even after a crash', async ({
  person,
}) => {
  const words = ['Grace Hopper', 'datenschutz@beispiel.example', 'Nachfolge', 'Der Preis ist vertraulich', passphrase];
  const [name, contact, title, message] = words as [string, string, string, string];
  const grace = await person(name, { contact });
  await grace.host(title);
  await grace.say(message);
  const search = async () => {
    const reading = readKeyFile(grace.disk.vaultDir);
    if (reading?.key.protection !== 'passphrase') throw new Error('the key file is not what it should be');
    const key = await unwrapWithPassphrase(reading.key, passphrase);
    const spellings = [key, key.toString('hex'), key.toString('base64'), key.toString('base64url')];
    return grace.disk.filesContaining(...words, ...spellings);
  };
  expect(await search(), 'while it runs').toEqual([]);
  await grace.crash();
  expect(await search(), 'after kill -9').toEqual([]);
  // What stands in plain is found, and the message was there to be found: it survived the crash.
  expect(await grace.disk.filesContaining('konklave-key')).toHaveLength(2);
  expect(await grace.disk.chatTexts()).toEqual([message]);

  await grace.comeBack();
  await grace.quit();
  expect(await search(), 'after a proper end').toEqual([]);
  const output = grace.desktop.mainOutput.join('\n');
  for (const word of words) expect(output).not.toContain(word);
  expect(grace.desktop.consoleErrors).toEqual([]);
});

test('a second start on the same profile does not open the vault twice', async ({ person, display }) => {
  const ada = await person('Ada Lovelace');
  await ada.host('Jour fixe');
  expect(await startAgain(ada.desktop.profileDir, display)).toBe(0);
  // The first one never noticed more than that.
  await ada.say('weiter geht es');
  expect(await ada.desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await ada.crash();
  expect(await ada.disk.chatTexts()).toEqual(['weiter geht es']);
});
