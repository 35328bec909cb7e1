import { Coturn, whyNoCoturn } from '../support/coturn';
import { NetworkCapture, whyNoCapture } from '../support/network/capture';
import { expect, test as base, type Resident } from '../support/network/labTest';
import { RelayProcess } from '../support/relayProcess';
import { enterServers, hideAddress, pairIn, toStart, watchConnections } from '../support/turn';

const secret = 'ein-Geheimnis-des-Teams';
/** The router's address for the first place; every place can reach it. */
const router = '10.77.1.1';

const test = base.extend<{ coturn: () => Promise<Coturn>; rendezvous: () => Promise<RelayProcess> }>({
  coturn: async ({}, use) => {
    const started: Coturn[] = [];
    await use(async () => {
      started.push(await Coturn.start({ secret, address: router }));
      return started[0]!;
    });
    for (const server of started) await server.stop();
  },
  rendezvous: async ({}, use) => {
    const started: RelayProcess[] = [];
    await use(async () => {
      started.push(await RelayProcess.start());
      return started[0]!;
    });
    for (const relay of started) await relay.kill();
  },
});

test.beforeAll(() => {
  const reason = whyNoCoturn() ?? whyNoCapture();
  if (reason !== null) console.log(`[turn] not tested here: ${reason}`);
  test.skip(reason !== null, reason ?? '');
});

/** A host whose settings name the team's relay for signalling, and TURN servers. */
async function setUp({ person }: Resident, servers: readonly string[], relay: RelayProcess): Promise<void> {
  await enterServers(person, servers, secret);
  const form = person.page.locator('form', { has: person.field(person.t('settings.relay')) });
  await person.field(person.t('settings.relay')).fill(`${router}:${relay.port}`);
  await form.getByRole('button').click();
  await expect(form.getByRole('button')).toBeDisabled();
  await toStart(person);
}

async function meet(host: Resident, guest: Resident): Promise<void> {
  await Promise.all([watchConnections(host.person), watchConnections(guest.person)]);
  const { person } = guest;
  await host.person.host('Unter uns');
  await expect(host.person.page.getByTestId('invite-relay')).toBeVisible();
  await person.enter(host.person, await host.person.readInvite());
  for (const one of [host.person, person]) await one.turnOn('microphone', 'camera');
  await Promise.all([host.person.sees(person), person.sees(host.person)]);
}

test('who reaches each other meets directly, whatever servers there are', async ({ resident, coturn, rendezvous }) => {
  const [host, guest] = [await resident('Helga'), await resident('Gudrun')];
  const server = await coturn();
  const capture = await NetworkCapture.start(guest.place);
  await setUp(host, [server.url()], await rendezvous());
  await meet(host, guest);
  expect(await pairIn(guest.person)).toMatchObject({
    local: { address: guest.place.address },
    remote: { address: host.place.address },
  });
  // What the test of hidden addresses counts on: a packet between the two would be seen.
  expect([...capture.others()]).toContain(host.place.address);
  capture.stop();
});

for (const transport of ['udp', 'tcp'] as const) {
  test(`who does not meets over the team's TURN server (${transport})`, async ({
    resident,
    coturn,
    rendezvous,
    separate,
  }) => {
    const [host, guest] = [await resident('Helga'), await resident('Gudrun')];
    const server = await coturn();
    await separate();
    await setUp(host, [server.url(transport)], await rendezvous());
    await meet(host, guest);
    const pairs = [await pairIn(host.person), await pairIn(guest.person)];
    expect(pairs.flatMap(({ local, remote }) => [local.type, remote.type])).toContain('relay');
    const relayed = pairs.filter(({ local }) => local.type === 'relay');
    for (const { local } of relayed) expect(local.relayProtocol).toBe(transport);
  });
}

test(
  'of who hides their address no packet goes to the others, and none comes from them',
  { tag: '@short' },
  async ({ resident, coturn, rendezvous }) => {
    const [host, guest] = [await resident('Helga'), await resident('Gudrun')];
    const server = await coturn();
    await setUp(host, [server.url(), server.url('tcp')], await rendezvous());
    await hideAddress(guest.person);
    const captures = [await NetworkCapture.start(guest.place), await NetworkCapture.start(host.place)];
    await meet(host, guest);

    expect((await pairIn(guest.person)).local.type).toBe('relay');
    const { remote, named } = await pairIn(host.person);
    expect(remote).toMatchObject({ type: 'relay', address: router });
    expect(named).not.toContain(guest.place.address);
    await guest.person.say('Wo bin ich?');
    await host.person.reads('Wo bin ich?');

    const [ofGuest, ofHost] = captures.map((capture) => [...capture.others()]);
    expect(ofGuest, 'whom the guest exchanged packets with').toEqual([router]);
    expect(ofHost, 'whom the host exchanged packets with').not.toContain(guest.place.address);
    for (const capture of captures) capture.stop();
  },
);
