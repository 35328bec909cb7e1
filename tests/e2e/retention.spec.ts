import type { RetentionOverview } from '../../common/retention';
import { faultsOf, tabTo } from '../support/looking';
import { leapDays, passDays } from '../support/passTime';
import { expect, test, type Person } from '../support/person';

const title = 'Beirat';
const reason = 'Rechtsstreit Berger, 3 O 12/26';

/** Looks at a screen and goes on, so that one run finds everything. */
async function check(person: Person, screen: string): Promise<void> {
  expect.soft(await faultsOf(person, screen), screen).toEqual([]);
}

/** Holds a meeting alone in which something is said and recorded, kept for 14 days. */
async function meet(person: Person): Promise<void> {
  await person.host(title);
  await person.turnOn('microphone');
  await person.say('Nur für uns');
  await person.record({ own: ['audio', 'chat'] });
  await person.recordsFor(1);
  await person.stopRecording();
  await person.leave();
  await person.backToStart();
  await expect.poll(async () => (await person.disk.recordings()).map(({ phase }) => phase)).toEqual(['ready']);
}

async function comesBackAfter(person: Person, days: number): Promise<void> {
  await person.quit();
  await passDays(person, days);
  await person.comeBack();
  await person.page.emulateMedia({ reducedMotion: 'reduce' });
}

async function openRetention(person: Person): Promise<void> {
  await person.button(person.t('privacy.nav')).click();
  await person.button(person.t('privacy.retention')).click();
  await expect(person.heading(person.t('retention.title'))).toBeVisible();
}

/** The deletion log as it stands on the screen: what and why, the newest first. */
async function logOf({ page, t }: Person): Promise<string[]> {
  const rows = page.getByRole('table', { name: t('retention.logTitle') }).locator('tbody tr');
  const texts = await Promise.all((await rows.all()).map((row) => row.locator('td').allInnerTexts()));
  return texts.map(([, what, why]) => `${what}, ${why}`);
}

async function overviewOf(person: Person): Promise<RetentionOverview> {
  return (await person.call('retention.overview')).value as RetentionOverview;
}

test('R21: its end is announced, a hold keeps it beyond, and without one it goes; the log says so', async ({
  person,
}) => {
  test.setTimeout(240_000);
  const ada = await person('Ada');
  const { t } = ada;
  const notice = () => ada.page.getByRole('region', { name: t('retention.soonTitle', { count: 1 }) });
  await ada.page.emulateMedia({ reducedMotion: 'reduce' });
  await openRetention(ada);
  await check(ada, 'retention, nothing kept');
  await ada.button(t('start.nav')).click();
  await meet(ada);
  await expect(ada.button(new RegExp(title, 'u')).first()).toBeVisible();
  await expect(notice()).toBeHidden();
  const [recorded] = await ada.disk.recordings();
  const chatId = (await overviewOf(ada)).kinds.chat.upcoming[0]!.id!;

  await test.step('four days before its end it is announced, at the start and where it is listed', async () => {
    await comesBackAfter(ada, 10);
    await expect(notice()).toContainText(title);
    await check(ada, 'start, with a notice');
    await ada.openLibrary();
    await expect(ada.recordingRows(title)).toContainText(/will be deleted on \d/u);
    await ada.button(t('start.nav')).click();
    await notice()
      .getByRole('button', { name: t('retention.view') })
      .click();
    await expect(ada.heading(t('retention.title'))).toBeVisible();
    await check(ada, 'retention, with something due');
  });

  await test.step('it is put on hold with the keyboard, not without a reason', async () => {
    const hold = ada.button(t('retention.holdOf', { title })).first();
    await tabTo(ada, hold);
    await ada.page.keyboard.press('Enter');
    await expect(ada.field(t('retention.reason'))).toBeFocused();
    await ada.page.keyboard.press('Enter');
    await expect(ada.page.getByText(t('retention.reasonMissing'))).toBeVisible();
    await check(ada, 'hold, with what is missing');
    await ada.page.keyboard.type(reason);
    await ada.page.keyboard.press('Enter');
    await expect(ada.button(t('retention.liftOf', { title }))).toBeVisible();
    await expect(ada.page.getByText(reason)).toBeVisible();
    expect(await ada.disk.filesContaining(reason), 'the reason is nobody else’s business').toEqual([]);
    await check(ada, 'retention, with a hold');
  });

  await test.step('nobody deletes it by hand while it is held', async () => {
    const refused = { ok: false, error: { code: 'retention/held' } };
    expect(await ada.call('recordings.delete', { recordingId: recorded!.id })).toEqual(refused);
    expect(await ada.call('retention.hold', { kind: 'chat', id: chatId, reason })).toMatchObject({ ok: true });
    expect(await ada.call('meetings.delete', { meetingId: chatId })).toEqual(refused);
    expect(await ada.call('retention.lift', { kind: 'chat', id: chatId })).toMatchObject({ ok: true });
    await ada.openLibrary();
    await expect(ada.recordingRows(title)).toContainText(t('retention.held'));
    await ada.openRecording(title);
    await ada.button(t('recordings.delete')).click();
    const dialog = ada.dialog(t('retention.liftTitle', { title }));
    await expect(dialog).toContainText(reason);
    await check(ada, 'deleting what is held');
    await dialog.getByRole('button', { name: t('common.cancel') }).click();
  });

  await test.step('over its date it is still there and plays; the chat, on its date, is gone', async () => {
    await comesBackAfter(ada, 20);
    await expect.poll(() => ada.disk.chatTexts()).toEqual([]);
    await expect(notice()).toBeHidden();
    await ada.openLibrary();
    await ada.openRecording(title);
    const tracks = await ada.disk.tracks();
    expect(tracks.length).toBeGreaterThan(0);
    expect(tracks.every(({ key }) => key !== null)).toBe(true);
    expect(await ada.disk.sealedFiles()).toHaveLength(tracks.length);
  });

  await test.step('lifted, it goes at the next round: keys, files and all', async () => {
    await openRetention(ada);
    await ada.button(t('retention.liftOf', { title })).click();
    const dialog = ada.dialog(t('retention.liftTitle', { title }));
    await expect(dialog).toContainText(reason);
    await check(ada, 'lifting a hold');
    await dialog.getByRole('button', { name: t('retention.lift') }).click();
    await expect(ada.page.getByText(t('retention.holdsEmpty'))).toBeVisible();
    expect(await ada.disk.recordings()).toHaveLength(1);
    await comesBackAfter(ada, 0);
    await expect.poll(() => ada.disk.recordings()).toEqual([]);
    await expect.poll(() => ada.disk.sealedFiles()).toEqual([]);
    expect(await ada.disk.keysAnywhere()).toEqual([]);
    await openRetention(ada);
    await expect
      .poll(() => logOf(ada))
      .toEqual([
        ...['1 recording, its time was up', '1 recording, hold lifted', '1 meeting with its chat, its time was up'],
        ...['1 meeting with its chat, hold lifted', '1 meeting with its chat, put on hold'],
        '1 recording, put on hold',
      ]);
    await check(ada, 'retention, with a log');
  });
});

test('R21: what is set is what guests are told and what the next recording is offered', async ({ person }) => {
  const ada = await person('Ada');
  const guest = await person('Gudrun');
  const { t } = ada;
  const choose = async (kind: 'recording' | 'chat', count: number) => {
    await ada.page.getByRole('button', { name: t('retention.periodOf', { kind: t(`retention.${kind}`) }) }).click();
    await ada.page.getByRole('option', { name: t('notice.days', { count }), exact: true }).click();
    await expect.poll(async () => (await overviewOf(ada)).kinds[kind].period).toBe(count);
  };
  await openRetention(ada);
  await choose('recording', 30);
  await choose('chat', 7);
  expect(await ada.call('retention.setPeriod', { kind: 'chat', period: 9_999 })).toMatchObject({ ok: false });
  await ada.button(t('start.nav')).click();
  const invite = await ada.host(title);
  await guest.openLink(invite.link);
  await expect(guest.page.getByText(t('notice.days', { count: 7 })).first()).toBeVisible();
  await expect(guest.page.getByText(t('notice.days', { count: 30 })).first()).toBeVisible();
  await ada.openRecordDialog();
  await ada.openRecordOptions();
  await expect(ada.page.getByRole('button', { name: t('consent.retention') })).toContainText(
    t('notice.days', { count: 30 }),
  );
  await ada.button(t('common.cancel')).click();
  const { at } = (await overviewOf(ada)).kinds.chat.upcoming[0]!;
  expect(at - Date.now()).toBeLessThanOrEqual(7 * 24 * 60 * 60 * 1000);
});

test('R21: a clock that leapt ahead is said, and deletes nothing at once', async ({ person }) => {
  const ada = await person('Ada');
  const { t } = ada;
  await meet(ada);
  await ada.quit();
  await passDays(ada, 40);
  await leapDays(ada, 40);
  await ada.comeBack();
  await ada.page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(ada.page.getByRole('region').getByText(/Nothing will be deleted until/u)).toBeVisible();
  await check(ada, 'start, with a leap');
  expect(await ada.disk.recordings()).toHaveLength(1);
  expect(await ada.disk.chatTexts()).toEqual(['Nur für uns']);
  expect((await overviewOf(ada)).leap).not.toBeNull();
  await openRetention(ada);
  await expect(ada.page.getByText(t('retention.withinHour')).first()).toBeVisible();
});
