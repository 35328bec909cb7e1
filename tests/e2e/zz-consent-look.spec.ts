import { mkdirSync } from 'node:fs';
import { expect, test, type Person } from '../support/person';

const out = '/tmp/konklave-consent-ui-shots';
const looks = [
  { language: 'de', theme: 'light', width: 1024, height: 640 },
  { language: 'en', theme: 'dark', width: 1440, height: 900 },
] as const;

async function shoot(person: Person, name: string) {
  for (const { language, theme, width, height } of looks) {
    await person.call('preferences.set', { theme, language });
    await person.page.setViewportSize({ width, height });
    await person.page.locator(`html[data-theme=${theme}][lang=${language}]`).waitFor();
    await expect.poll(() => person.page.evaluate(() => innerWidth)).toBe(width);
    await person.page.screenshot({ animations: 'disabled', path: `${out}/${name}-${language}.png` });
  }
  await person.call('preferences.set', { language: person.language });
  await person.page.locator(`html[lang=${person.language}]`).waitFor();
}

test('look', async ({ person }) => {
  test.setTimeout(400_000);
  mkdirSync(out, { recursive: true });
  const anna = await person('Anna Weber', { language: 'de' });
  const james = await person('James Miller', { language: 'de' });
  const invite = await anna.host('Beratung Berger');
  await james.enter(anna, invite);
  await anna.turnOn('camera', 'microphone');
  await anna.openRecordDialog();
  await shoot(anna, '01-record');
  await anna.pick('Protokoll');
  await shoot(anna, '02-record-picked');
  await anna.pick(anna.t('consent.ownWords'));
  await anna.button(anna.t('consent.askAll')).click();
  await shoot(anna, '03-record-own-missing');
  await anna.openRecordOptions();
  await anna.switchOn(anna.t('consent.askClip'));
  await shoot(anna, '04-record-options');
  await anna.page.keyboard.press('Escape');
  await anna.record({ template: 'agreements', clip: true, own: ['audio', 'video'] });
  await expect(james.consentDialog(anna)).toBeVisible();
  await shoot(james, '05-ask');
  await james.consentDialog(anna).getByRole('button', { name: james.t('common.yes'), exact: true }).click();
  await shoot(james, '06-ask-needs-choice');
  await james.openPanel('chat');
  await shoot(james, '07-ask-with-panel');
  await james.button(james.t('room.closeChat')).click();
  await james.answerLater(anna);
  await shoot(james, '08-later');
  await james.openMyRecording();
  await shoot(james, '09-mine-open');
  await james.button(james.t('consent.answerNow')).last().click();
  await james.answer(anna, 'yes', ['audio', 'chat']);
  await shoot(anna, '10-room-host');
  await shoot(james, '10-room-guest');
  await james.openMyRecording();
  await shoot(james, '11-mine');
  await james.button(james.t('consent.stopKind', { kind: james.t('consent.audio') })).click();
  await expect(james.page.getByText(james.t('consent.statusStopped'))).toBeVisible();
  await james.button(james.t('consent.eraseKind', { kind: james.t('consent.chat') })).click();
  await expect(james.page.locator('.mine-status', { hasText: james.t('consent.statusWithdrawn') })).toBeVisible();
  await shoot(james, '12-mine-taken-back');
  await james.closeMyRecording();
  await shoot(anna, '13-host-note');
  await anna.openMyRecording();
  await shoot(anna, '14-host-mine');
  await anna.closeMyRecording();
  await anna.stopRecording();
  await anna.record({ template: 'agreements', clip: true, own: ['audio', 'video'] });
  await expect(james.recordingStrip()).toBeVisible();
  await expect(james.button(james.t('consent.change'))).toBeVisible();
  await shoot(james, '15-same-terms');
  await anna.stopRecording();
  await anna.record({ template: 'minutes', policy: 'everybody', own: ['audio', 'video', 'chat'] });
  await expect(james.consentDialog(anna)).toBeVisible();
  await shoot(anna, '16-everybody-waits');
  await shoot(james, '17-everybody-ask');
  await james.answer(anna, 'yes', ['audio']);
  await shoot(anna, '18-everybody-part-host');
  await shoot(james, '18-everybody-part-guest');
  await anna.stopRecording();
  await anna.call('recording.start', {
    ...{ purpose: 'x', templateId: null, retentionDays: 7, kinds: ['audio', 'video', 'chat'], language: 'de' },
    ...{ policy: 'those-who-agree', answerSeconds: 15, clipRetentionDays: null, pauseForDecliners: false },
    own: { audio: true, video: true, chat: true },
  });
  await expect(james.page.getByText(james.t('consent.timeRanOut'))).toBeVisible({ timeout: 40_000 });
  await shoot(james, '19-ran-out');
});
