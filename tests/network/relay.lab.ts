import type { InviteFacts, Person } from '../support/person';
import { expect, test as base } from '../support/network/labTest';
import { RelayProcess } from '../support/relayProcess';

interface Fixtures {
  /** Starts the team's relay where every place can reach it; ended with the test. */
  relay: (port?: number) => Promise<RelayProcess>;
}

const test = base.extend<Fixtures>({
  relay: async ({}, use) => {
    const started: RelayProcess[] = [];
    await use(async (port) => {
      const relay = await RelayProcess.start(port);
      started.push(relay);
      return relay;
    });
    for (const relay of started) await relay.kill();
  },
});

/** From inside a room in which others are too. */
async function inviteOf(host: Person, look: () => Promise<void>): Promise<InviteFacts> {
  await host.openPanel('people');
  await host.button(host.t('room.invite')).click();
  await look();
  const facts = await host.readInvite();
  await host.page.keyboard.press('Escape');
  await expect(host.dialog(host.t('room.inviteTitle'))).toBeHidden();
  return facts;
}

async function joinRoom(guest: Person, host: Person): Promise<void> {
  await guest.knock();
  await host.button(host.t('room.admitName', { name: guest.name })).click();
  await expect(guest.controls()).toBeVisible();
}

test('people who cannot reach each other meet through the team’s relay, and its restart ends nothing', async ({
  resident,
  relay,
  separate,
}) => {
  test.slow();
  const first = await relay();
  const [{ person: host }, { person: ben }] = [await resident('Helga'), await resident('Ben')];
  await separate();
  // What router and relay are to both of them.
  const address = `10.77.1.1:${first.port}`;
  await host.button(host.t('settings.nav')).click();
  await host.field(host.t('settings.relay')).fill(address);
  await host.page
    .locator('form', { has: host.field(host.t('settings.relay')) })
    .getByRole('button')
    .click();
  await host.button(host.t('start.nav')).click();
  await host.host('Geheime Runde');
  await expect(host.page.getByTestId('invite-relay')).toHaveText(address);
  const invite = await host.readInvite();
  expect(new URLSearchParams(invite.link.split('?')[1]).get('via')).toBe(address);

  await test.step('by link: the notice names the relay before anybody knocks', async () => {
    await ben.openLink(invite.link);
    await expect(ben.page.getByRole('region', { name: ben.t('notice.title') })).toContainText(address);
    await joinRoom(ben, host);
    await host.say('Durch das Relay?');
    await ben.reads('Durch das Relay?');
    await ben.say('Ja.');
    await host.reads('Ja.');
  });

  await test.step('the relay knows nothing of it', async () => {
    expect(await first.status('/health')).toBe('ok\n');
    const metrics = await first.status('/metrics');
    expect(metrics).toMatch(/^konklave_relay_rooms 2$/mu);
    expect(metrics).not.toMatch(/^konklave_relay_bytes_total 0$/mu);
    for (const text of [metrics, first.output.join('\n')]) {
      expect(text).not.toMatch(/10\.77\.|Helga|Ben|Geheime|Relay\?/u);
    }
  });

  await test.step('killed: the meeting goes on, and nobody is offered a way that is none', async () => {
    await first.kill();
    await inviteOf(host, () => expect(host.page.getByTestId('invite-relay')).toHaveCount(0));
    await host.say('Bin noch da.');
  });

  await test.step('started again: who was in comes back by themself, and new guests can come', async () => {
    const second = await relay(first.port);
    await ben.reads('Bin noch da.');
    await ben.say('Ich auch.');
    await host.reads('Ich auch.');
    const { meetingId, code } = await inviteOf(host, () =>
      expect(host.page.getByTestId('invite-relay')).toHaveText(address),
    );
    const { person: clara } = await resident('Clara');
    await clara.openCode({ meetingId, code, address });
    await joinRoom(clara, host);
    await clara.say('Mit dem Code.');
    await Promise.all([host.reads('Mit dem Code.'), ben.reads('Mit dem Code.')]);
    expect(await second.status('/metrics')).toMatch(/^konklave_relay_rooms 2$/mu);
  });
});
