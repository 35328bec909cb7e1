import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { Person, expect, test } from '../support/person';
import { faultsOf, settled, tabTo } from '../support/looking';

/** Everybody here prefers less motion: what fades in would be measured half-way. */
async function still(person: Person): Promise<Person> {
  await person.page.emulateMedia({ reducedMotion: 'reduce' });
  return person;
}

/** Looks at a screen and goes on, so that one run finds everything. */
async function check(person: Person, screen: string): Promise<void> {
  expect.soft(await faultsOf(person, screen), screen).toEqual([]);
}

test('before the vault is open: every screen can be read and has its words', async ({ desktop }) => {
  const ada = await still(new Person(await desktop({ name: 'ada' }), 'Ada', 'en'));
  const { t } = ada;
  await ada.button(t('vault.create')).click();
  await check(ada, 'set-up, with what is missing');
  await ada.setUp();
  await check(ada, 'start, empty');
  await ada.button(t('start.create')).click();
  await ada.button(t('start.openRoom')).click();
  await check(ada, 'new meeting, with what is missing');
  await ada.button(t('common.cancel')).click();
  await ada.button(t('start.join')).click();
  await check(ada, 'join by link');
  await ada.button(t('start.byHand')).click();
  await ada.button(t('start.goToDoor')).click();
  await check(ada, 'join by hand, with what is missing');
  await ada.button(t('common.cancel')).click();
  await ada.button(t('settings.nav')).click();
  await check(ada, 'settings');
  await ada.button(t('recordings.nav')).click();
  await check(ada, 'recordings, none');
  await ada.quit();

  const locked = await still(new Person(await ada.desktop.relaunch(), 'Ada', 'en'));
  await locked.field(t('vault.passphrase')).fill('not the right one');
  await locked.button(t('vault.unlock')).click();
  await expect(locked.page.getByText(t('errors.vault/passphrase-wrong.what'))).toBeVisible();
  await locked.button(t('vault.forgotten')).click();
  await check(locked, 'unlock, wrong passphrase');
  await locked.quit();

  writeFileSync(join(ada.disk.vaultDir, 'vault.db'), 'damaged');
  rmSync(join(ada.disk.vaultDir, 'vault.db-wal'), { force: true });
  const damaged = await still(new Person(await locked.desktop.relaunch(), 'Ada', 'en'));
  await damaged.unlock();
  await expect(damaged.heading(t('vault.damagedDatabase'))).toBeVisible();
  await check(damaged, 'damaged');
});

test('in a meeting and after it: every screen can be read and has its words', async ({ person }) => {
  test.setTimeout(180_000);
  const host = await still(await person('Helga', { contact: 'schutz@kanzlei.example' }));
  const guest = await still(await person('Gudrun'));
  const { t } = host;
  const invite = await host.host('Beirat');
  await check(host, 'room, alone');
  await guest.openLink(invite.link);
  await expect(guest.heading(t('join.invites', { host: 'Helga' }))).toBeVisible();
  await check(guest, 'preview');
  await guest.knock();
  await check(guest, 'waiting');
  await host.openPanel('people');
  await check(host, 'room, somebody knocks');
  await host.refuse(guest);
  await expect(guest.heading(t('errors.join/denied.what'))).toBeVisible();
  await check(guest, 'refused');
  await guest.button(t('join.tryAgain')).click();
  await guest.knock();
  await host.admit(guest);
  await Promise.all([host.isConnected(), guest.isConnected()]);
  await host.turnOn('camera', 'microphone');
  await guest.say('Guten Tag');
  await check(guest, 'room, chat');
  await host.openPanel('people');
  await check(host, 'room, people');
  await host.page.getByTestId('encryption').click();
  await check(host, 'room, encryption');
  await host.page.keyboard.press('Escape');
  await host.button(t('room.more')).click();
  await check(host, 'room, menu');
  await host.page.keyboard.press('Escape');
  await host.button(t('room.leave')).click();
  await check(host, 'room, leave');
  await host.button(t('common.cancel')).click();

  await host.openRecordDialog();
  await host.openRecordOptions();
  await host.pick(t('consent.ownWords'));
  await host.button(t('consent.askAll')).click();
  await check(host, 'record, with what is missing');
  await host.button(t('common.cancel')).click();
  await host.record({ own: ['audio', 'video'] });
  await expect(guest.consentDialog(host)).toBeVisible();
  await guest.button(t('consent.fullNotice')).click();
  await check(guest, 'consent');
  await guest.answer(host, 'yes', ['audio', 'chat']);
  await check(guest, 'room, recording');
  await guest.openMyRecording();
  await check(guest, 'what is recorded of me');
  await guest.page.keyboard.press('Escape');
  await host.recordsFor(2);
  await check(host, 'room, recording, host');
  await host.stopRecording();
  await host.record({ template: 'minutes', policy: 'everybody', clip: true, own: ['audio', 'chat'] });
  await guest.answerLater(host);
  await check(guest, 'room, recording waits, question put aside');
  await host.openMyRecording();
  await check(host, 'room, recording waits, who is missing');
  await host.closeMyRecording();
  await guest.button(t('consent.answerNow')).click();
  await guest.answer(host, 'yes', ['audio', 'clip']);
  await guest.withdraw('audio', 'future');
  await check(guest, 'what is recorded of me, ended');
  await guest.closeMyRecording();
  await host.stopRecording();
  await host.record({ template: 'minutes', policy: 'everybody', clip: true, own: ['audio', 'chat'] });
  await expect(guest.recordingNote(t('consent.asBefore', { kinds: t('consent.clip') }))).toBeVisible();
  await check(guest, 'room, not asked again');
  await host.stopRecording();
  await host.leave();
  await check(host, 'ended, host');
  await expect(guest.heading(t('join.endedByHost'))).toBeVisible();
  await check(guest, 'ended, guest');

  await host.backToStart();
  await check(host, 'start, with a past');
  await host.openLibrary();
  await check(host, 'recordings');
  await host.openRecording('Beirat');
  await check(host, 'player');
});

test('from the start into a meeting with the keyboard alone', async ({ person }) => {
  const ada = await still(await person('Ada'));
  const { page, t } = ada;
  await tabTo(ada, ada.button(t('start.create')));
  await page.keyboard.press('Enter');
  await expect(ada.field(t('start.title'))).toBeFocused();
  await page.keyboard.type('Nur mit Tasten');
  // A dialog keeps the focus; Escape closes it and gives it back.
  await page.keyboard.press('Escape');
  await expect(ada.button(t('start.create'))).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Nur mit Tasten');
  await tabTo(ada, ada.button(t('start.openRoom')));
  await page.keyboard.press('Enter');
  await expect(ada.heading('Nur mit Tasten')).toBeVisible();

  await tabTo(ada, ada.button(t('room.switchMicrophoneOn')));
  await page.keyboard.press('Space');
  await expect(ada.button(t('room.switchMicrophoneOff'))).toBeFocused();
  await page.keyboard.press('Control+e');
  await expect(ada.button(t('room.switchCameraOff'))).toBeVisible();
  await page.keyboard.press('Control+Shift+K');
  await expect(ada.field(t('room.message'))).toBeFocused();
  await page.keyboard.type('Ohne Maus');
  await page.keyboard.press('Enter');
  await ada.reads('Ohne Maus');
  await page.keyboard.press('Control+Shift+H');
  await tabTo(ada, ada.button(t('room.endForAll')));
  await page.keyboard.press('Enter');
  await expect(ada.heading(t('join.endedByMe'))).toBeVisible();
});

/** Everything about a button that could make it more inviting than another. */
const looksOf = (button: Locator) =>
  button.evaluate((element) => {
    const style = getComputedStyle(element);
    const text = getComputedStyle(element.querySelector('span') ?? element);
    const { width, height, top } = element.getBoundingClientRect();
    const names = ['color', 'backgroundColor', 'backgroundImage', 'fontSize', 'fontWeight', 'fontFamily'] as const;
    const box = ['border', 'borderRadius', 'boxShadow', 'padding', 'opacity', 'outline', 'transform'] as const;
    return {
      ...Object.fromEntries([...names, ...box].map((name) => [name, style[name]])),
      ...{ text: [text.color, text.fontSize, text.fontWeight, text.textTransform], width, height, top },
      icons: element.querySelectorAll('svg').length,
    };
  });

test('R3: the question: nothing is ticked, Yes and No look alike, Escape puts it aside', async ({ person }) => {
  const host = await still(await person('Helga'));
  const guest = await still(await person('Gudrun'));
  const { page, t } = guest;
  await guest.enter(host, await host.host('Beirat'));
  await host.record();
  const dialog = guest.consentDialog(host);
  await expect(dialog).toBeVisible();
  const yes = dialog.getByRole('button', { name: t('common.yes'), exact: true });
  const no = dialog.getByRole('button', { name: t('common.no'), exact: true });
  const switches = dialog.getByRole('switch');
  await expect(switches).toHaveCount(3);
  for (const one of await switches.all()) await expect(one).not.toBeChecked();

  for (const theme of ['dark', 'light'] as const) {
    await guest.call('preferences.set', { theme });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    for (const language of ['de', 'en'] as const) {
      await guest.call('preferences.set', { language });
      await page.locator(`html[lang=${language}]`).waitFor();
      await settled(guest);
      const answers = page.getByRole('dialog').locator('.answers').getByRole('button');
      await expect(answers).toHaveCount(2);
      const [one, other] = await Promise.all((await answers.all()).map(looksOf));
      expect(one, `${theme}, ${language}`).toEqual(other);
    }
  }

  // Neither answer is given by whoever happens to be typing when the question comes.
  await expect(yes).not.toBeFocused();
  await expect(no).not.toBeFocused();
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  for (const name of ['consent.ownAudio', 'consent.ownVideo', 'consent.ownChat'] as const) {
    await tabTo(guest, dialog.getByRole('switch', { name: t(name), exact: true }));
  }
  await tabTo(guest, no);
  await page.keyboard.press('Tab');
  await expect(yes, 'No comes first, Yes is one step further').toBeFocused();
  // Yes to nothing is no answer: it says so and goes back to the choices.
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(t('consent.needsChoice'))).toBeVisible();
  await page.keyboard.press('Space');
  await expect(dialog.getByRole('switch', { name: t('consent.ownAudio'), exact: true })).toBeChecked();

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // That is no answer: the host goes on waiting, and the question is one key away.
  await expect(guest.button(t('consent.answerNow'))).toBeFocused();
  const own = async () => {
    const { value } = (await host.call('recording.state')) as { value: { consents: Record<string, string>[] } };
    const participantId = await guest.participantId();
    return value.consents.find((consent) => consent.participantId === participantId);
  };
  expect(await own()).toMatchObject({ audio: 'pending', video: 'pending', chat: 'pending' });
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  for (const one of await switches.all()) await expect(one).not.toBeChecked();
  await tabTo(guest, no);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(own).toMatchObject({ audio: 'no', video: 'no', chat: 'no' });
});

test('a yes can be given with the keyboard alone', async ({ person }) => {
  const host = await still(await person('Helga'));
  const guest = await still(await person('Gudrun'));
  const { page, t } = guest;
  await guest.enter(host, await host.host('Beirat'));
  await host.record();
  const dialog = guest.consentDialog(host);
  await expect(dialog).toBeVisible();
  await tabTo(guest, dialog.getByRole('switch', { name: t('consent.ownChat'), exact: true }));
  await page.keyboard.press('Space');
  await tabTo(guest, dialog.getByRole('button', { name: t('common.yes'), exact: true }));
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await host.seesInRecording(guest, ['chat']);
  // And taken back the same way.
  await tabTo(guest, guest.recordingStrip().getByRole('button', { name: t('consent.mine') }));
  await page.keyboard.press('Enter');
  await tabTo(guest, guest.button(t('consent.eraseKind', { kind: t('consent.chat') })));
  await page.keyboard.press('Enter');
  await host.seesInRecording(guest, []);
});
