import { createSocket } from 'node:dgram';
import { hostname, networkInterfaces } from 'node:os';
import { noContactNotes } from '../../common/contacts';
import { localInterfaces } from '../../main/sessions/nearby/localInterfaces';
import type { Datagram } from '../../main/sessions/nearby/localNetworks';
import { multicastDns } from '../../main/sessions/nearby/multicastDns';
import { parseNearbyMessage } from '../../main/sessions/nearby/nearbyMessages';
import { systemTimers } from '../../main/sessions/timing';
import { faultsOf } from '../support/looking';
import { openEar, type MulticastEar } from '../support/multicastEar';
import { expect, test } from '../support/person';

/** The address of this network's only computer, see tests/support/namespace.ts. */
const here = '10.77.0.1';

let ear: MulticastEar;
test.beforeEach(async () => {
  ear = await openEar(here);
});
test.afterEach(() => ear.close());

const messages = () => ear.heard.map((bytes) => parseNearbyMessage(bytes, here));
const answers = () => messages().flatMap((message) => (message?.type === 'answer' ? [message.heard] : []));
const questions = () => messages().filter((message) => message?.type === 'question').length;

test('a guest finds the meeting that the host shows, and nobody hears more than that', async ({ person }) => {
  const host = await person('Helga');
  const guest = await person('Gudrun');
  const { meetingId, code, address } = await host.host('Kanzlei Übernahme');
  await guest.button(guest.t('start.join')).click();
  await expect(guest.field(guest.t('start.link'))).toBeVisible();
  expect(ear.heard, 'before anybody allowed or asked for it').toEqual([]);

  await guest.button(guest.t('nearby.find')).click();
  await expect.poll(questions).toBeGreaterThan(1);
  expect(answers()).toEqual([]);
  await expect(guest.page.getByRole('radio')).toHaveCount(0);

  const show = host.page.getByRole('switch', { name: host.t('nearby.show') });
  await expect(show).not.toBeChecked();
  await host.switchOn(host.t('nearby.show'));
  const found = guest.page.getByRole('radio', { name: meetingId });
  await expect(found).toBeVisible();
  const port = Number(address.split(':')[1]);
  expect(answers()[0]).toMatchObject({ number: meetingId.replaceAll('-', ''), address: here, port });

  expect(await faultsOf(guest, 'meetings nearby')).toEqual([]);

  // Taken back, it is gone from the list.
  await host.page.locator('label', { has: show }).click();
  await expect(show).not.toBeChecked();
  await expect(found).toHaveCount(0);
  expect(answers().at(-1)).toMatchObject({ ttlSeconds: 0 });
  await host.switchOn(host.t('nearby.show'));

  await guest.page.locator('.pick', { hasText: meetingId }).click();
  await expect(guest.field(guest.t('start.meetingId'))).toHaveValue(meetingId);
  await expect(guest.field(guest.t('start.address'))).toHaveValue(address);
  await guest.field(guest.t('start.code')).fill(code);
  await guest.button(guest.t('start.goToDoor')).click();
  await guest.knock();
  const asked = questions();
  await host.admit(guest);
  await host.leave();
  await expect.poll(() => answers().at(-1)).toMatchObject({ ttlSeconds: 0 });
  expect(questions(), 'after the dialog was closed').toBe(asked);

  const said = ear.text().toLowerCase();
  expect(said).toContain('_konklave');
  for (const word of ['Helga', 'Gudrun', 'Kanzlei', 'bernahme', hostname(), code, code.replaceAll('-', '')]) {
    expect(said).not.toContain(word.toLowerCase());
  }
});

const open = (received: (datagram: Datagram) => void = () => {}, interfaces = networkInterfaces) => {
  const states: string[] = [];
  const options = { networkInterfaces: interfaces, timers: systemTimers, clock: Date.now, contacts: noContactNotes };
  const networks = multicastDns(options)({ received, changed: (state) => states.push(state) });
  return { networks, states };
};

test('without a network, and where another program keeps the port to itself, it says so and goes on', async () => {
  let interfaces: ReturnType<typeof networkInterfaces> = {};
  const moving = open(undefined, () => interfaces);
  await expect.poll(() => moving.states).toEqual(['no-network']);
  interfaces = networkInterfaces();
  await expect.poll(() => moving.states).toEqual(['no-network', 'open']);
  interfaces = {};
  await expect.poll(() => moving.states).toEqual(['no-network', 'open', 'no-network']);
  await moving.networks.close();
  await ear.close();

  const other = createSocket({ type: 'udp4' });
  await new Promise<void>((resolve) => other.bind(5_353, '0.0.0.0', resolve));
  const blocked = open();
  await expect.poll(() => blocked.states).toEqual(['blocked']);
  blocked.networks.send(() => Buffer.from('nobody takes it'));
  await new Promise<void>((resolve) => other.close(() => resolve()));
  await expect.poll(() => blocked.states, { message: 'when the port is free again' }).toEqual(['blocked', 'open']);
  await blocked.networks.close();
  ear = await openEar(here);
});

test('hears neighbours only, no large datagrams, and not too many', async () => {
  expect(localInterfaces(networkInterfaces).map(({ address }) => address)).toEqual([here]);
  const heard: Datagram[] = [];
  const { networks, states } = open((datagram) => heard.push(datagram));
  await expect.poll(() => states).toEqual(['open']);

  const [loopback, otherPort] = [await openEar('127.0.0.1'), await openEar(here, 0)];
  await loopback.say(Buffer.from('from another network'));
  await otherPort.say(Buffer.from('from another port'));
  await ear.say(Buffer.alloc(1_473));
  await ear.say(Buffer.from('from next door'));
  await expect.poll(() => heard).toHaveLength(1);
  expect(heard[0]).toEqual({ bytes: Buffer.from('from next door'), sender: here });
  // The others would have been heard before.
  expect(ear.text()).toContain('from another network');
  expect(ear.text()).toContain('from another port');

  const began = Date.now();
  for (let count = 0; count < 2_000; count += 1) {
    await ear.say(Buffer.from('again'));
    // What waits in a socket is limited as well: a flood has to be read to be one.
    if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => ear.heard.length).toBeGreaterThan(1_000);
  const seconds = (Date.now() - began) / 1_000;
  expect(heard.length).toBeGreaterThan(90);
  expect(heard.length).toBeLessThan(102 + 50 * seconds);

  // What is sent last still leaves.
  networks.send((address) => Buffer.from(`goodbye from ${address}`));
  await networks.close();
  await expect.poll(() => ear.text()).toContain(`goodbye from ${here}`);
  const before = heard.length;
  await ear.say(Buffer.from('too late'));
  await expect.poll(() => ear.text()).toContain('too late');
  expect(heard).toHaveLength(before);
  await Promise.all([loopback.close(), otherPort.close()]);
});
