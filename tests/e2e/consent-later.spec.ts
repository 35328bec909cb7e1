import type { Locator } from '@playwright/test';
import type { OwnConsentStatus } from '../../common/consent/ownConsent';
import { faultsOf } from '../support/looking';
import { expect, test, type Person } from '../support/person';
import type { TrackRow } from '../support/profile';

const kindNames = { audio: 'consent.audio', video: 'consent.video', chat: 'consent.chat' } as const;
const statusNames = {
  yes: 'consents.statusYes',
  no: 'consents.statusNo',
  waiting: 'consents.statusWaiting',
  done: 'consents.statusDone',
} as const;

/** How one answer stands on the page, kind by kind. */
async function stands(
  person: Person,
  entry: Locator,
  expected: Record<'audio' | 'video' | 'chat', Exclude<OwnConsentStatus, 'stopped'>>,
) {
  for (const kind of ['audio', 'video', 'chat'] as const) {
    const line = entry.getByRole('listitem').filter({ hasText: new RegExp(`^${person.t(kindNames[kind])}`, 'u') });
    await expect(line).toContainText(person.t(statusNames[expected[kind]]));
  }
}

/** The guest's tracks on the host's disk. */
async function tracksOf(host: Person, participantId: string): Promise<TrackRow[]> {
  return (await host.disk.tracks()).filter((track) => track.participantId === participantId);
}

async function isReady(host: Person): Promise<void> {
  await expect
    .poll(async () => (await host.disk.recordings()).map(({ phase }) => phase), { timeout: 30_000 })
    .not.toContainEqual(expect.stringMatching(/recording|finalizing/u));
}

test('R6: a yes is taken back after the meeting while the host is away, and done when both meet again', async ({
  person,
}) => {
  test.setTimeout(180_000);
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);

  await test.step('before anybody asked there is nothing', async () => {
    await james.openConsents();
    await expect(james.page.getByText(james.t('consents.empty'))).toBeVisible();
    await james.button(james.t('start.nav')).click();
  });

  let jamesId = '';
  await test.step('a meeting: one recording declined, one agreed to', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone', 'camera')]);
    await anna.sees(james);
    jamesId = await james.participantId();
    await anna.record({ purpose: 'Schulung' });
    await james.answer(anna, 'no');
    await anna.stopRecording();
    await anna.record({ purpose: 'Protokoll der Beratung', own: ['audio'] });
    await james.answer(anna, 'yes', ['audio', 'video']);
    await anna.recordsFor(4);
    await anna.stopRecording();
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await isReady(anna);
  });

  const before = await tracksOf(anna, jamesId);
  expect(before.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
  for (const track of before) expect((await anna.disk.openTrack(track)).length).toBeGreaterThan(1_000);
  await anna.quit();

  await james.openConsents();
  // Found anew each time: after a restart it is another window.
  const agreed = () => james.consentEntries(anna).nth(0);
  const declined = () => james.consentEntries(anna).nth(1);
  await test.step('both answers are listed, with what was read', async () => {
    await expect(james.consentEntries(anna)).toHaveCount(2);
    await expect(declined()).toContainText(james.t('consents.declinedAll'));
    await expect(declined()).toContainText('Schulung');
    await expect(declined().getByRole('button', { name: james.t('consent.withdraw') })).toBeHidden();
    await stands(james, agreed(), { audio: 'yes', video: 'yes', chat: 'no' });
    await expect(agreed()).toContainText('Beratung Berger');
    await agreed()
      .getByRole('button', { name: james.t('consents.details') })
      .click();
    await expect(agreed().getByText('What for: Protokoll der Beratung')).toBeVisible();
  });

  const waiting = james.t('consents.waiting', { name: anna.name });
  await test.step('one click takes back the picture; it waits for the host, also after a restart', async () => {
    await james.withdrawLater(agreed(), 'video');
    await expect(agreed()).toContainText(waiting);
    await stands(james, agreed(), { audio: 'yes', video: 'waiting', chat: 'no' });
    await james.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(james, 'my consents')).toEqual([]);
    await james.quit();
    await james.comeBack();
    await james.openConsents();
    await stands(james, agreed(), { audio: 'yes', video: 'waiting', chat: 'no' });
    expect((await tracksOf(anna, jamesId)).map(({ phase }) => phase)).toEqual(['final', 'final']);
  });

  await test.step('when they meet again it is destroyed, the backups included, and confirmed', async () => {
    await anna.comeBack();
    await james.button(james.t('start.nav')).click();
    await james.enter(anna, await anna.host('Zweites Treffen'));
    const picture = before.find(({ kind }) => kind === 'video')!;
    await isErased(anna, picture);
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await james.openConsents();
    await stands(james, agreed(), { audio: 'yes', video: 'done', chat: 'no' });
    await expect(agreed().getByText(waiting)).toBeHidden();
    const sound = (await tracksOf(anna, jamesId)).find(({ kind }) => kind === 'audio')!;
    expect((await anna.disk.openTrack(sound)).length, 'what was not taken back is still there').toBeGreaterThan(1_000);
  });

  await test.step('the host sees it in the player', async () => {
    await anna.openLibrary();
    await anna.openRecording('Beratung Berger');
    const words = anna.t('recordings.withdrawn', { kinds: anna.t('consent.video') });
    await expect(anna.page.getByText(words)).toBeVisible();
  });

  await test.step('a recording that is deleted meanwhile counts as done too', async () => {
    await james.withdrawLater(agreed(), 'audio');
    await stands(james, agreed(), { audio: 'waiting', video: 'done', chat: 'no' });
    await anna.deleteOpenRecording();
    await anna.button(anna.t('start.nav')).click();
    await james.button(james.t('start.nav')).click();
    await james.enter(anna, await anna.host('Drittes Treffen'));
    await james.leave();
    await james.backToStart();
    await james.openConsents();
    await stands(james, agreed(), { audio: 'done', video: 'done', chat: 'no' });
  });
});

test('R6: of one’s own recording a withdrawal is done at once', async ({ person }) => {
  const anna = await person('Anna Weber', { language: 'de' });
  await anna.host('Diktat');
  await anna.turnOn('microphone');
  await anna.record({ own: ['audio', 'chat'] });
  await anna.recordsFor(3);
  await anna.stopRecording();
  await anna.leave();
  await anna.backToStart();
  await isReady(anna);
  const [track] = await anna.disk.tracks();
  await anna.openConsents();
  const entry = anna.page.getByRole('article');
  await expect(entry).toContainText(anna.t('consents.recordedByYou'));
  await anna.withdrawLater(entry);
  await stands(anna, entry, { audio: 'done', video: 'no', chat: 'done' });
  await isErased(anna, track!);
});

/** Neither the database nor a backup holds the key any more, and the file is gone. `track` is the row as it was. */
async function isErased(host: Person, track: TrackRow): Promise<void> {
  await expect
    .poll(async () => (await host.disk.tracks()).find(({ id }) => id === track.id)?.phase, { timeout: 20_000 })
    .toBe('erased');
  expect((await host.disk.keysAnywhere()).some((key) => key.equals(track.key!))).toBe(false);
  await expect
    .poll(async () => (await host.disk.sealedFiles()).some(({ name }) => name === track.fileName))
    .toBe(false);
}
