import { resolve } from 'node:path';
import { startRelay } from '../../main/sessions/relay/relayServer';
import { systemTimers } from '../../main/sessions/timing';
import { contactsOf, openContacts, socketsOf } from '../support/contacts';
import { faultsOf, tabTo } from '../support/looking';
import { expect, test, type Person } from '../support/person';

const watched = { preload: [resolve(__dirname, '..', 'support', 'socketHook.cjs')] };

const plain = (address: string) => address.replace(/^\[?::ffff:([\d.]+)\]?/u, '$1').replaceAll(/[[\]]/gu, '');

/** Every socket that was opened is in the list, under whatever purpose. */
async function everySocketIsListed(person: Person): Promise<void> {
  const sockets = await socketsOf(person);
  const listed = new Set((await contactsOf(person)).map(({ address }) => plain(address)));
  const opened = [...sockets.dialled, ...sockets.listening, ...sockets.names].map(plain);
  expect(opened.filter((address) => !listed.has(address))).toEqual([]);
  expect(sockets.datagrams).toEqual([]);
}

test('the app says whom it has contacted, and why; nothing of it lasts', async ({ person }) => {
  test.setTimeout(180_000);
  const [anna, james] = await Promise.all([
    person('Anna Weber', { language: 'de', ...watched }),
    person('James Miller', watched),
  ]);

  await test.step('before anything was done there is nobody', async () => {
    const main = await openContacts(james);
    await expect(main.getByText(james.t('contacts.empty'))).toBeVisible();
    expect(await faultsOf(james, 'no contacts')).toEqual([]);
    await james.button(james.t('start.nav')).click();
  });

  await james.enter(anna, await anna.host('Budget'));
  await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
  await anna.sees(james);

  const purposes = async (one: Person) => [...new Set((await contactsOf(one)).map(({ purpose }) => purpose))].sort();

  await test.step('host: its door, who came, and the peer', async () => {
    await expect.poll(() => purposes(anna)).toEqual(['guest', 'media', 'own-door']);
    await expect
      .poll(async () =>
        (await contactsOf(anna)).some(({ purpose, state }) => purpose === 'media' && state === 'reached'),
      )
      .toBe(true);
    for (const entry of await contactsOf(anna)) {
      expect(entry.meeting).toBe('Budget');
      expect(entry.who).toBe(entry.purpose === 'media' ? 'James Miller' : null);
    }
    await everySocketIsListed(anna);
  });

  await test.step('guest: the door and the peer', async () => {
    await expect.poll(() => purposes(james)).toEqual(['host', 'media']);
    const door = (await contactsOf(james)).find(({ purpose }) => purpose === 'host');
    const own = (await contactsOf(anna)).find(({ purpose }) => purpose === 'own-door')!;
    expect(door).toMatchObject({ state: 'reached' });
    expect(door!.address.split(':').at(-1)).toBe(own.address.split(':').at(-1));
    await everySocketIsListed(james);
    expect((await socketsOf(james)).dialled, 'the hook sees what is opened').toHaveLength(1);
  });

  await test.step('in the room: which way, and how encrypted', async () => {
    await james.page.getByTestId('encryption').click();
    await james.button(james.t('contacts.showConnection')).click();
    const dialog = james.dialog(james.t('contacts.connection'));
    await expect(dialog.getByText(james.t('contacts.direct', { protocol: 'UDP' }))).toBeVisible();
    await dialog.getByRole('button', { name: james.t('contacts.details') }).click();
    await expect(dialog.getByText(/^DTLS 1\.[23], TLS_/u)).toBeVisible();
    await expect(dialog.getByText(/^(AES|AEAD)_/u)).toBeVisible();
    const { address } = (await contactsOf(james)).find(({ purpose }) => purpose === 'host')!;
    await expect(dialog.getByText(james.t('contacts.controlDirect', { address }))).toBeVisible();
    expect(await faultsOf(james, 'the connection')).toEqual([]);
    await tabTo(james, dialog.getByRole('button', { name: james.t('contacts.showAddresses') }));
    await james.page.keyboard.press('Enter');
    const list = james.dialog(james.t('contacts.title'));
    await expect(list.getByRole('row')).toHaveCount(1 + (await contactsOf(james)).length);
    expect(await faultsOf(james, 'contacts in the room')).toEqual([]);
    await james.page.keyboard.press('Escape');
    await expect(list).toBeHidden();
  });

  await test.step('and from the people panel', async () => {
    await anna.openPanel('people');
    await anna.button(anna.t('room.actionsFor', { name: 'James Miller' })).click();
    await anna.page.getByRole('menuitem', { name: anna.t('contacts.showConnection') }).click();
    const dialog = anna.dialog(anna.t('contacts.connection'));
    await expect(dialog.getByText('James Miller')).toBeVisible();
    await expect(dialog.getByText(anna.t('contacts.controlHost'))).toBeVisible();
    await anna.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('what a modified window reports is checked', async () => {
    const code = async (request: unknown) => (await anna.call('contacts.media', request)).error?.code;
    const peerId = await james.participantId();
    expect(await code({ peerId, reached: [{ address: '<b>', port: 1, isServer: false }] })).toBe('ipc/invalid');
    expect(await code({ peerId, reached: [{ address: '192.0.2.1', port: 0, isServer: false }] })).toBe('ipc/invalid');
    expect(
      await code({
        peerId,
        reached: Array.from({ length: 33 }, () => ({ address: '192.0.2.1', port: 1, isServer: false })),
      }),
    ).toBe('ipc/invalid');
  });

  await james.leave();
  await james.backToStart();

  await test.step('afterwards the list stays, can be filtered and copied', async () => {
    const main = await openContacts(james);
    const entries = await contactsOf(james);
    expect(entries.filter(({ state }) => state === 'trying')).toEqual([]);
    await expect(main.getByRole('row')).toHaveCount(1 + entries.length);
    expect(await faultsOf(james, 'contacted addresses')).toEqual([]);
    await james.choose(james.t('contacts.filter'), james.t('contacts.purpose.host'));
    await expect(main.getByRole('row')).toHaveCount(2);
    await james.button(james.t('contacts.copy')).click();
    const copied = await james.desktop.app.evaluate(({ clipboard }) => clipboard.readText());
    for (const { address } of entries) expect(copied).toContain(address);
  });

  await test.step('nothing of it is on the disk or in what the app wrote, and after a start nobody is in the list', async () => {
    const doors = (await contactsOf(james)).map(({ address }) => address);
    await james.quit();
    for (const address of doors) {
      expect(await james.disk.filesContaining(address)).toEqual([]);
      expect(james.desktop.mainOutput.filter((line) => line.includes(address))).toEqual([]);
    }
    await james.comeBack();
    expect(await contactsOf(james)).toEqual([]);
  });
});

test('a relay of the team is named on both sides', async ({ person }) => {
  const relay = await startRelay({ port: 0, host: '127.0.0.1', timers: systemTimers, clock: Date.now });
  try {
    const address = `127.0.0.1:${relay.port}`;
    const [anna, james] = await Promise.all([person('Anna Weber', watched), person('James Miller', watched)]);
    await anna.call('preferences.set', { relay: address });
    await anna.host('Budget');
    const through = async () => (await anna.page.getByTestId('invite-link').innerText()).includes('via=');
    await expect.poll(through, 'the link names the relay once it is open').toBe(true);
    const current = (await anna.readInvite()).link;
    await james.enter(anna, { link: current.replaceAll(/&at=[^&]+/gu, '&at=127.0.0.1:1') });
    const of = async (one: Person, wanted: string) =>
      (await contactsOf(one)).filter(({ purpose }) => purpose === wanted).map((entry) => [entry.address, entry.state]);
    expect(await of(anna, 'relay-room')).toEqual([[address, 'reached']]);
    expect(await of(anna, 'guest')).toEqual([]);
    expect(await of(james, 'relay-join')).toEqual([[address, 'reached']]);
    expect(await of(james, 'host')).toEqual([['127.0.0.1:1', 'failed']]);
    await Promise.all([everySocketIsListed(anna), everySocketIsListed(james)]);
    await james.page.getByTestId('encryption').click();
    await james.button(james.t('contacts.showConnection')).click();
    await expect(james.page.getByText(james.t('contacts.controlRelay', { address }))).toBeVisible();
  } finally {
    await relay.close();
  }
});
