import { startTcpProxy } from '../../main/sessions/testing/tcpProxy';
import { addressesIn, changedLink } from '../support/inviteLinks';
import { expect, test, type Person } from '../support/person';
import { putToSleep } from '../support/processTree';

/** Media frames of this other person go on coming in from now on. */
async function picturesMove(one: Person, other: Person): Promise<void> {
  const video = one.tile(other).locator('video');
  const at = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  const before = await at();
  await expect.poll(at).toBeGreaterThan(before + 0.5);
}

const hostLost = (one: Person, host: Person) => one.page.getByText(one.t('room.hostLost', { name: host.name }));

test('the host is killed: the others go on, a co-host takes over, and the host comes back', async ({ person }) => {
  test.setTimeout(240_000);
  const [anna, ben, cora] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('Ben Ito', { language: 'en' }),
    person('Cora Diaz', { language: 'de' }),
  ]);
  const title = 'Beratung Berger';

  await test.step('killed', async () => {
    const invite = await anna.host(title);
    await ben.enter(anna, invite);
    await cora.enter(anna, invite);
    expect(await anna.call('session.setCoHost', { participantId: await ben.participantId(), coHost: true })).toEqual({
      ok: true,
    });
    await ben.turnOn('camera');
    await cora.sees(ben);
    await anna.crash();
    await Promise.all([hostLost(ben, anna), hostLost(cora, anna)].map((banner) => expect(banner).toBeVisible()));
    await picturesMove(cora, ben);
    await cora.say('Sind Sie noch da?');
    await ben.reads('Sind Sie noch da?');
    await ben.say('I am');
    await cora.reads('I am');
    await expect(cora.button(cora.t('room.takeOver'))).toBeHidden();
  });

  await test.step('taken over', async () => {
    await ben.button(ben.t('room.takeOver')).click();
    await ben
      .dialog(ben.t('room.takeOverTitle'))
      .getByRole('button', { name: ben.t('room.takeOver') })
      .click();
    await expect(hostLost(cora, anna)).toBeHidden();
    await expect(hostLost(ben, anna)).toBeHidden();
    await picturesMove(cora, ben);
    await cora.reads('I am');
    await ben.record({ own: ['video'] });
    await cora.answer(ben, 'yes', ['audio']);
  });

  await test.step('the host comes back and is one of the others', async () => {
    await anna.comeBack();
    await anna.button(anna.t('start.returnAsHost')).click();
    await expect(anna.tile(ben)).toBeVisible();
    await expect(
      anna.controls().getByRole('button', { name: anna.t('room.startRecording'), exact: true }),
    ).toBeHidden();
    await anna.sees(ben);
    await anna.answer(ben, 'no');
    await anna.say('Da bin ich wieder');
    await ben.reads('Da bin ich wieder');
    await cora.reads('Da bin ich wieder');
  });

  await test.step('and it is a meeting like any other', async () => {
    await cora.leave();
    await expect(ben.tile(cora)).toBeHidden();
    await cora.backToStart();
    const { value } = await ben.call('session.state');
    await cora.enter(ben, (value as { meeting: { invite: { link: string } } }).meeting.invite);
    await cora.sees(ben);
  });
});

test('a guest is killed and back without a knock; asleep and awake; cut off and back', async ({ person }) => {
  test.setTimeout(240_000);
  const [anna, ben] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('Ben Ito', { language: 'en' }),
  ]);
  const invite = await anna.host('Beratung Berger');
  const [address] = addressesIn(invite.link);
  const proxy = await startTcpProxy(Number(address!.split(':').at(-1)));
  const away = anna.page.getByText(anna.t('room.away')).first();
  try {
    await ben.enter(anna, { link: changedLink(invite.link, { at: [`127.0.0.1:${proxy.port}`] }) });
    await Promise.all([anna.turnOn('camera'), ben.turnOn('camera')]);
    await anna.sees(ben);
    await anna.openPanel('people');

    await test.step('cut off', async () => {
      proxy.block();
      await expect(hostLost(ben, anna)).toBeVisible();
      await expect(away).toBeVisible();
      await picturesMove(anna, ben);
      await ben.say('Can you read this?');
      await anna.reads('Can you read this?');
      await anna.openPanel('people');
      proxy.open();
      await expect(hostLost(ben, anna)).toBeHidden();
      await expect(away).toBeHidden();
      await picturesMove(anna, ben);
    });

    await test.step('asleep for longer than anything waits', async () => {
      const wake = putToSleep(ben.desktop.app.process().pid!);
      try {
        await expect(away).toBeVisible({ timeout: 30_000 });
      } finally {
        wake();
      }
      await expect(away).toBeHidden({ timeout: 30_000 });
      await anna.sees(ben);
      await picturesMove(anna, ben);
    });

    await test.step('killed', async () => {
      const place = await ben.participantId();
      await ben.crash();
      await expect(away).toBeVisible();
      await ben.comeBack();
      await ben.button(ben.t('start.return')).click();
      await expect(ben.tile(anna)).toBeVisible();
      await expect(away).toBeHidden();
      expect(await ben.participantId()).toBe(place);
      await ben.sees(anna);
      // R11: what was on is off.
      await expect(ben.button(ben.t('room.switchCameraOn'))).toBeVisible();
      await ben.turnOn('camera');
      await anna.sees(ben);
      await ben.say('Back');
      await anna.reads('Back');
    });
  } finally {
    proxy.close();
  }
});
