import { join } from 'node:path';
import { readKeyFile } from '../../main/vault/keyFile';
import { openKeyring, whyNoKeyring, type Keyring } from '../support/keyring';
import { contentsOf } from '../support/profileFiles';
import { Person, expect, test as base } from '../support/person';

const test = base.extend<{ keyring: Keyring }>({
  keyring: async ({}, use) => {
    const keyring = await openKeyring();
    await use(keyring);
    await keyring.close();
  },
});

const reason = whyNoKeyring();
test.skip(reason !== null, `the keychain is not tested: ${reason}`);

const withKeychain = { args: ['--password-store=gnome-libsecret'] };

test('R20: the keychain keeps the key: a name is all it takes, and nobody is asked again', async ({
  desktop,
  keyring,
}) => {
  const { env } = keyring;
  const ada = new Person(await desktop({ ...withKeychain, env }), 'Ada Lovelace', 'en');
  const { t } = ada;
  await expect(ada.page.getByText(t('vault.keychainWhy'))).toBeVisible();
  await expect(ada.page.locator('input[type=password]')).toHaveCount(0);
  await ada.field(t('common.yourName')).fill(ada.name);
  await ada.button(t('vault.create')).click();
  await expect(ada.button(t('start.create'))).toBeVisible();
  await ada.host('Klausur');
  await ada.say('nur unter uns');

  // The key as the keychain gives it back, in every spelling: it stands nowhere.
  const vaultDir = join(ada.desktop.profileDir, 'vault');
  const reading = readKeyFile(vaultDir);
  if (reading?.key.protection !== 'keychain') throw new Error('the key is not in the keychain');
  const text = await ada.desktop.app.evaluate(
    ({ safeStorage }, sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64url')),
    reading.key.sealed,
  );
  const key = Buffer.from(text, 'base64url');
  expect(key).toHaveLength(32);
  const spellings = [key, text, key.toString('hex'), key.toString('base64')];
  expect(await ada.disk.filesContaining('nur unter uns', ada.name, 'Klausur', ...spellings)).toEqual([]);

  await ada.leave();
  await ada.backToStart();
  const back = new Person(await ada.desktop.relaunch(), ada.name, 'en');
  await expect(back.button(/^Klausur/u)).toBeVisible();

  // Another session, in which that keychain is not there: said clearly, and no empty vault in its place.
  await back.quit();
  const before = await contentsOf(vaultDir);
  const elsewhere = new Person(await back.desktop.relaunch({ args: [], env: {} }), ada.name, 'en');
  await expect(elsewhere.heading(t('vault.damagedKey'))).toBeVisible();
  await expect(elsewhere.heading(t('vault.createTitle'))).toBeHidden();
  await elsewhere.quit();
  expect(await contentsOf(vaultDir)).toEqual(before);

  const home = new Person(await elsewhere.desktop.relaunch({ ...withKeychain, env }), ada.name, 'en');
  await expect(home.button(/^Klausur/u)).toBeVisible();
});
