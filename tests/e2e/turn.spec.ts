import { Coturn, whyNoCoturn } from '../support/coturn';
import { expect, test as base } from '../support/person';
import { enterServers, hideAddress, pairIn, toStart, tryServers, watchConnections } from '../support/turn';

const secret = 'ein-Geheimnis-des-Teams';

const test = base.extend<{ coturn: Coturn }>({
  coturn: async ({}, use) => {
    const server = await Coturn.start({ secret });
    await use(server);
    await server.stop();
  },
});

test.beforeAll(() => {
  const reason = whyNoCoturn();
  if (reason !== null) console.log(`[turn] not tested here: ${reason}`);
  test.skip(reason !== null, reason ?? '');
});

for (const transport of ['udp', 'tcp'] as const) {
  test(`who hides their address is seen and heard over the team's TURN server (${transport})`, async ({
    person,
    coturn,
  }) => {
    const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
    await enterServers(anna, [coturn.url(transport)], secret);
    expect(await tryServers(anna)).toEqual([`${coturn.url(transport)} ${anna.t('turn.works')}`]);
    await toStart(anna);
    await Promise.all([watchConnections(anna), watchConnections(james)]);
    const invite = await anna.host('Beratung Berger');

    await james.openLink(invite.link);
    await expect(james.page.getByRole('region', { name: james.t('notice.title') })).toContainText(
      `${coturn.address}:${coturn.port}`,
    );
    await james.switchOn(james.t('turn.relayOnly'));
    await expect(james.page.getByText(james.t('turn.hostKnows'))).toBeVisible();
    await james.knock();
    await anna.admit(james);
    await Promise.all([james.isConnected(), anna.isConnected()]);
    await Promise.all([james.turnOn('camera'), anna.turnOn('camera')]);
    await Promise.all([anna.sees(james), james.sees(anna)]);
    expect((await pairIn(james)).local).toMatchObject({ type: 'relay', relayProtocol: transport });
    for (const line of [...james.desktop.mainOutput, ...anna.desktop.mainOutput]) {
      expect(line).not.toMatch(new RegExp(`${secret}|:${coturn.port}|[0-9]{10}:[A-Za-z0-9_-]{22}`, 'u'));
    }
    expect(await anna.disk.filesContaining(secret), 'the secret is in the vault').toEqual([]);
  });
}

test('a server that refuses, or is gone, is named in words, and who reaches each other directly meets', async ({
  person,
  coturn,
}) => {
  test.slow();
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await enterServers(anna, [coturn.url()], 'ein-anderes-Geheimnis');
  expect(await tryServers(anna)).toEqual([`${coturn.url()} ${anna.t('turn.refused')}`]);
  await toStart(anna);
  const refusing = await anna.host('Beratung Berger');
  await james.openLink(refusing.link);
  // Where both reach each other directly, the browser does not ask the server to the end.
  await james.switchOn(james.t('turn.relayOnly'));
  await james.knock();
  await anna.admit(james);
  await expect(anna.page.getByText(anna.t('turn.finding.refused'))).toBeVisible();
  await james.leave();
  await james.backToStart();
  await james.enter(anna, refusing);
  await Promise.all([james.isConnected(), anna.isConnected()]);
  await anna.leave();
  await anna.backToStart();
  await james.backToStart();

  await coturn.stop();
  await enterServers(anna, [coturn.url()], secret);
  expect(await tryServers(anna)).toEqual([`${coturn.url()} ${anna.t('turn.silent')}`]);
  await toStart(anna);
  const invite = await anna.host('Beratung Berger');
  await james.openLink(invite.link);
  await james.switchOn(james.t('turn.relayOnly'));
  await james.knock();
  await anna.admit(james);
  await expect(james.page.getByText(james.t('turn.finding.unreachable'))).toBeVisible({ timeout: 60_000 });
  await expect(james.page.getByText(james.t('turn.meansNothing'))).toBeVisible();
  await james.say('Can you read me?');
  await anna.reads('Can you read me?');
});

test('who hides their address is asked before a host sees it, and told where there is no TURN server', async ({
  person,
}) => {
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  await hideAddress(james);
  const invite = await anna.host('Beratung Berger');
  await james.openLink(invite.link);
  await expect(james.page.getByText(james.t('errors.join/address-shown.what'))).toBeVisible();
  await james.button(james.t('turn.connectAnyway')).click();
  await expect(james.page.getByText(james.t('turn.noServerHere'))).toBeVisible();
  await james.knock();
  await anna.admit(james);
  await expect(james.page.getByText(james.t('turn.finding.none'))).toBeVisible();
  await james.leave();
  await james.backToStart();

  await test.step('and meets with pictures as soon as they choose to be seen', async () => {
    await james.openLink(invite.link);
    await james.button(james.t('turn.connectAnyway')).click();
    await james.switchOff(james.t('turn.relayOnly'));
    await james.knock();
    await anna.admit(james);
    await Promise.all([james.isConnected(), anna.isConnected()]);
  });
});
