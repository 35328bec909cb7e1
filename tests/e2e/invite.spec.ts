import type { ErrorCode } from '../../common/errors';
import { protocolVersion } from '../../common/protocol/messages';
import { addressesIn, changedLink, madeUpLink, randomKey } from '../support/inviteLinks';
import { startAgain } from '../support/secondStart';
import { Person, expect, passphrase, test } from '../support/person';
import { openStubHost, refusal } from '../support/stubHost';
import { wordsOf } from '../support/words';

const words = { de: wordsOf('de'), en: wordsOf('en') } as const;
const languages = ['de', 'en'] as const;

/** What became of an attempt must be said in the person's own language, whichever that is; ends in English. */
async function eachLanguage(person: Person, look: (t: (typeof words)['de']) => Promise<void>): Promise<void> {
  for (const language of languages) {
    expect(await person.call('preferences.set', { language })).toMatchObject({ ok: true });
    await look(words[language]);
  }
}

/** The full page: what happened, what it means, what to do. */
async function failsWith(person: Person, code: ErrorCode, isWorthRetrying: boolean): Promise<void> {
  await eachLanguage(person, async (t) => {
    await expect(person.heading(t(`errors.${code}.what`))).toBeVisible();
    await expect(person.page.getByText(t(`errors.${code}.meaning`), { exact: true })).toBeVisible();
    await expect(person.page.getByText(t(`errors.${code}.todo`), { exact: true })).toBeVisible();
    await expect(person.button(t('join.backToStart'))).toBeVisible();
    await expect(person.button(t('join.tryAgain'))).toBeVisible({ visible: isWorthRetrying });
  });
}

async function goBack(person: Person): Promise<void> {
  await person.button(person.t('join.backToStart')).click();
  await expect(person.button(person.t('start.join'))).toBeVisible();
}

test('a link that cannot be an invitation is refused where it was pasted', async ({ person }) => {
  const guest = await person('Gudrun');
  const { t } = guest;
  const whole = madeUpLink();
  const links: readonly (readonly [string, ErrorCode])[] = [
    ['https://zoom.us/j/1', 'invite/foreign'],
    ['konklave://elsewhere?v=1', 'invite/foreign'],
    ['not a link', 'invite/malformed'],
    [whole.slice(0, -20), 'invite/malformed'],
    [`${whole}&extra=1`, 'invite/malformed'],
    [whole.replace('v=3', 'v=4'), 'invite/newer-version'],
    [changedLink(whole, { exp: '1000000000' }), 'invite/expired'],
  ];
  await guest.button(t('start.join')).click();
  for (const [link, code] of links) {
    await guest.field(t('start.link')).fill(link);
    await guest.button(t('start.goToDoor')).click();
    await eachLanguage(guest, async (say) => {
      const alert = guest.page.getByRole('alert').filter({ hasText: say(`errors.${code}.what`) });
      await expect(alert, link).toContainText(say(`errors.${code}.todo`));
    });
    // Nothing is lost: what was pasted can be put right.
    await expect(guest.field(t('start.link'))).toHaveValue(link);
    expect(await guest.call('session.state')).toMatchObject({ value: { phase: 'idle' } });
  }
  await guest.button(t('start.byHand')).click();
  await guest.field(t('start.meetingId')).fill('12');
  await guest.field(t('start.code')).fill('ABCD');
  await guest.field(t('start.address')).fill('somewhere');
  await guest.button(t('start.goToDoor')).click();
  await expect(guest.page.getByRole('alert').filter({ hasText: t('errors.invite/malformed.what') })).toBeVisible();
});

test('each way of not getting in says what it is, in German and in English', async ({ person }) => {
  const host = await person('Helga');
  const guest = await person('Gudrun');
  const { link } = await host.host('Beirat');

  await test.step('wrong code', async () => {
    await guest.openLink(changedLink(link, { c: '00000000' }));
    await failsWith(guest, 'join/code-wrong', false);
    await goBack(guest);
  });
  await test.step('another meeting', async () => {
    await guest.openLink(changedLink(link, { id: 'A'.repeat(22) }));
    await failsWith(guest, 'join/meeting-unknown', false);
    await goBack(guest);
  });
  await test.step('another certificate', async () => {
    await guest.openLink(changedLink(link, { fp: randomKey() }));
    await failsWith(guest, 'join/certificate-mismatch', false);
    await goBack(guest);
  });
  await test.step('another person’s key', async () => {
    await guest.openLink(changedLink(link, { k: randomKey() }));
    await failsWith(guest, 'join/certificate-mismatch', false);
    await goBack(guest);
  });
  await test.step('nobody there, until somebody is', async () => {
    // Port 1 of this computer: refused at once.
    await guest.openLink(changedLink(link, { at: ['127.0.0.1:1'] }));
    await failsWith(guest, 'join/unreachable', true);
    await guest.button(guest.t('join.tryAgain')).click();
    await failsWith(guest, 'join/unreachable', true);
    await goBack(guest);
    // A dead address among others does not keep anybody out.
    await guest.openLink(changedLink(link, { at: ['127.0.0.1:1', ...addressesIn(link)] }));
    await expect(guest.heading(guest.t('join.invites', { host: 'Helga' }))).toBeVisible();
  });
  await test.step('refused, and another try', async () => {
    await guest.knock();
    await host.refuse(guest);
    await failsWith(guest, 'join/denied', true);
    await guest.button(guest.t('join.tryAgain')).click();
    await expect(guest.heading(guest.t('join.invites', { host: 'Helga' }))).toBeVisible();
  });
  await test.step('locked, and another try when it is not any more', async () => {
    await host.call('session.setLocked', { locked: true });
    await guest.readNotice();
    await guest.button(guest.t('join.knock')).click();
    await failsWith(guest, 'join/locked', true);
    await host.call('session.setLocked', { locked: false });
    await guest.button(guest.t('join.tryAgain')).click();
    await expect(guest.heading(guest.t('join.invites', { host: 'Helga' }))).toBeVisible();
  });
  await test.step('ended while somebody waits at the door', async () => {
    await guest.knock();
    await host.leave();
    await failsWith(guest, 'join/meeting-unknown', false);
    await goBack(guest);
  });
  await test.step('over', async () => {
    await guest.openLink(link);
    await failsWith(guest, 'join/unreachable', true);
    await goBack(guest);
  });
});

test('whatever a host answers is understood or refused', async ({ person }) => {
  const guest = await person('Gudrun');
  const answers: readonly (readonly [unknown, ErrorCode, boolean])[] = [
    [refusal('full'), 'join/full', true],
    [refusal('too-many-attempts'), 'join/too-many-attempts', true],
    [refusal('expired'), 'invite/expired', false],
    [refusal('version-newer', protocolVersion + 1), 'join/version-newer', false],
    [refusal('version-older', protocolVersion + 1), 'join/version-newer', false],
    [refusal('version-newer', protocolVersion - 1), 'join/version-older', false],
    [{ type: 'welcome', version: protocolVersion + 1 }, 'join/version-newer', false],
    [{ type: 'hello', version: 1 }, 'join/protocol', true],
    [['nonsense'], 'join/protocol', true],
  ];
  for (const [answer, code, isWorthRetrying] of answers) {
    const stub = await openStubHost(answer);
    await test.step(`${JSON.stringify(answer)} is ${code}`, async () => {
      await guest.openLink(stub.link);
      await failsWith(guest, code, isWorthRetrying);
      await goBack(guest);
    });
    await stub.close();
  }
});

test('R10, R11: before knocking one reads who keeps what, and nothing of oneself is open', async ({ person }) => {
  const host = await person('Helga', { contact: 'schutz@kanzlei.example' });
  const guest = await person('Gudrun');
  const { page, t } = guest;
  const { link } = await host.host('Geheimer Titel');
  await page.evaluate(() => {
    const opened: MediaStreamTrack[] = [];
    Object.assign(window, { opened });
    const original = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function getUserMedia(this: MediaDevices, constraints) {
      const stream = await original.call(this, constraints);
      opened.push(...stream.getTracks());
      return stream;
    };
  });
  const opened = () =>
    page.evaluate(() =>
      (window as unknown as { opened: MediaStreamTrack[] }).opened.map(
        ({ kind, readyState }) => `${kind} ${readyState}`,
      ),
    );

  await guest.openLink(link);
  await expect(guest.heading(t('join.invites', { host: 'Helga' }))).toBeVisible();
  const notice = page.getByRole('region', { name: t('notice.title') });
  await expect(notice).toContainText(t('notice.who', { name: 'Helga', contact: 'schutz@kanzlei.example' }));
  await expect(notice).toContainText(t('notice.howLong', { chat: '30 days', recording: '14 days' }));
  await expect(notice).toContainText(t('notice.rights'));
  await guest.button(t('notice.full')).click();
  await expect(notice.getByText(t('notice.fullRightsText'))).toBeVisible();
  // Nothing of the meeting itself is known at the door.
  await expect(page.getByText('Geheimer Titel')).toHaveCount(0);
  expect(await opened(), 'devices open before anybody asked for them').toEqual([]);

  // Trying is possible, and ends at the door.
  await guest.button(t('settings.tryCamera')).click();
  await expect.poll(opened).toEqual(['video live']);
  await guest.knock();
  await expect.poll(opened).toEqual(['video ended']);
  await host.admit(guest);
  expect(await guest.call('session.state')).toMatchObject({
    value: {
      meeting: { participants: [{ media: { camera: false } }, { media: { camera: false, microphone: false } }] },
    },
  });
  await expect(guest.button(t('room.switchCameraOn'))).toBeVisible();
  await expect(guest.button(t('room.switchMicrophoneOn'))).toBeVisible();
  expect(await opened()).toEqual(['video ended']);
});

test('a number, a code and an address read out over the telephone lead to the same door', async ({ person }) => {
  const host = await person('Helga');
  const guest = await person('Gudrun');
  const facts = await host.host('Beirat');
  // As people write down what they hear.
  const meetingId = facts.meetingId.replaceAll('-', ' ');
  const code = facts.code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l');
  await guest.openCode({ meetingId, code, address: ` ${facts.address.toUpperCase()} ` });
  await expect(guest.heading(guest.t('join.invites', { host: 'Helga' }))).toBeVisible();
  await guest.knock();
  await host.admit(guest);
});

test('a link leads to the door from the command line and into a running app', async ({ person, desktop, display }) => {
  const host = await person('Helga');
  const { link } = await host.host('Beirat');
  const guest = new Person(await desktop({ name: 'gudrun', args: [link] }), 'Gudrun', 'en');
  const atTheDoor = () => guest.heading(guest.t('join.invites', { host: 'Helga' }));

  // First start: there is a vault to be made before.
  await guest.field(guest.t('common.yourName')).fill('Gudrun');
  await guest.field(guest.t('vault.passphrase')).fill(passphrase);
  await guest.field(guest.t('vault.passphraseAgain')).fill(passphrase);
  await guest.button(guest.t('vault.create')).click();
  await expect(atTheDoor()).toBeVisible();
  await guest.button(guest.t('common.cancel')).click();
  await expect(guest.button(guest.t('start.join'))).toBeVisible();

  // It runs already: the second start hands its link over and ends.
  expect(await startAgain(guest.desktop.profileDir, display, [link])).toBe(0);
  await expect(atTheDoor()).toBeVisible();

  // In a meeting another invitation does not take anybody away.
  await guest.knock();
  await host.admit(guest);
  expect(await startAgain(guest.desktop.profileDir, display, [link])).toBe(0);
  await expect(guest.page.getByText(guest.t('join.busy'))).toBeVisible();
  await expect(guest.controls()).toBeVisible();
  await guest.leave();
  await guest.backToStart();

  // A link that is none is said to be none.
  expect(await startAgain(guest.desktop.profileDir, display, ['konklave://join?v=1'])).toBe(0);
  await expect(guest.page.getByText(guest.t('errors.invite/malformed.what'))).toBeVisible();

  // Locked: it waits until the vault is open.
  await guest.quit();
  await guest.comeBack({ args: [link] });
  await expect(atTheDoor()).toBeVisible();
});
