import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R28: with people who work for the host it says that a yes may not be free, and records nothing unasked', async ({
  person,
}, testInfo) => {
  test.setTimeout(180_000);
  const [anna, james] = await Promise.all([person('Kanzlei Weber'), person('James')]);
  const { page, t } = anna;
  await Promise.all([anna, james].map((one) => one.page.emulateMedia({ reducedMotion: 'reduce' })));

  await test.step('it is switched on in the settings, and there is a text for the works council', async () => {
    await anna.button(t('settings.nav')).click();
    await anna.switchOn(t('settings.employees'));
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('records.tab')).click();
    await anna.button(`${t('records.view')}: ${t('records.agreement')}`).click();
    await expect(anna.dialog(t('records.agreement'))).toContainText('§ 1');
    expect.soft(await faultsOf(anna, 'works agreement')).toEqual([]);
    await page.keyboard.press('Escape');
    await anna.button(t('start.nav')).click();
  });

  await test.step('guests read it before they knock', async () => {
    await james.openLink((await anna.host('Team')).link);
    await james.button(james.t('notice.full')).click();
    await expect(james.page.getByText(james.t('notice.fullEmployeesText', { name: anna.name }))).toBeVisible();
    await james.knock();
    await anna.admit(james);
  });

  await test.step('nothing is asked before the host has said that it is needed', async () => {
    await anna.openRecordDialog();
    await expect(page.getByRole('region', { name: t('consent.workTitle') })).toBeVisible();
    await anna.pick(t('consent.ownWords'));
    await anna.field(t('consent.ownPurpose')).fill('Protokoll');
    await anna.button(t('consent.askAll')).click();
    await expect(page.getByText(t('consent.workMissing'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'recording at work')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('work.png') });
    await expect(anna.recordingStrip()).toBeHidden();
    await anna.switchOn(t('consent.workConfirm'));
    await anna.button(t('consent.askAll')).click();
    await expect(anna.recordingStrip()).toBeVisible();
  });
});
