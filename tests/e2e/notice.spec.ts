import { readFileSync } from 'node:fs';
import { clipboardOf } from '../support/letters';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R24: a notice that was read is asked for again when it changes: at the door, waiting, and in the meeting', async ({
  person,
}, testInfo) => {
  test.setTimeout(180_000);
  const [anna, james] = await Promise.all([person('Kanzlei Weber'), person('James')]);
  const { page, t } = james;
  await Promise.all([anna, james].map((one) => one.page.emulateMedia({ reducedMotion: 'reduce' })));
  const days = (count: number) => t('notice.days', { count });
  const tick = page.getByRole('checkbox', { name: t('notices.read') });
  const { link } = await anna.host('Beratung');

  await test.step('an invitation to send says what happens with one’s data', async () => {
    await anna.button(anna.t('notices.copyText')).click();
    expect.soft(await faultsOf(anna, 'invitation texts')).toEqual([]);
    await anna.page.screenshot({ path: testInfo.outputPath('invite.png') });
    await anna.page.getByRole('menuitem', { name: anna.t('notices.language.de') }).click();
    await expect(anna.page.getByText(anna.t('notices.textCopied'))).toBeVisible();
    const text = await clipboardOf(anna);
    for (const said of [link, 'Beratung', 'Datenschutzhinweis Version 1', '14 Tage', 'nur mit Ihrer Einwilligung']) {
      expect(text).toContain(said);
    }
  });

  await test.step('the first time it has to be confirmed, by keyboard as well', async () => {
    await james.openLink(link);
    await james.button(t('join.knock')).click();
    await expect(page.getByText(t('notices.readMissing'))).toBeVisible();
    await expect(tick).toBeFocused();
    expect.soft(await faultsOf(james, 'notice at the door')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('door-first.png') });
    await page.keyboard.press('Space');
    await james.knock();
  });

  await test.step('a change while one waits brings one back to read it', async () => {
    await anna.call('retention.setPeriod', { kind: 'recording', period: 7 });
    await expect(page.getByText(t('notices.renewed'))).toBeVisible();
    await expect(tick).not.toBeChecked();
    await expect(page.locator('.notice-changes')).toContainText(days(14));
    await expect(page.locator('.notice-changes')).toContainText(days(7));
    expect.soft(await faultsOf(james, 'changed notice at the door')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('door-changed.png') });
    await james.knock();
    await anna.admit(james);
  });

  await test.step('a change in the meeting is told there, and the host sees who has not read it', async () => {
    await anna.call('retention.setPeriod', { kind: 'recording', period: 90 });
    const banner = page.getByText(t('notices.changedInMeeting', { name: anna.name }));
    await expect(banner).toBeVisible();
    const missing = anna.page.getByText(anna.t('notices.hostMissing', { names: james.name }));
    await expect(missing).toBeVisible();
    expect.soft(await faultsOf(james, 'changed notice in the room')).toEqual([]);
    expect.soft(await faultsOf(anna, 'who has not read it')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('room-guest.png') });
    await anna.page.screenshot({ path: testInfo.outputPath('room-host.png') });
    await james.button(t('notices.acknowledge')).click();
    await expect(banner).toBeHidden();
    await expect(missing).toBeHidden();
  });

  await test.step('who has read it is not asked again until it changes', async () => {
    await james.leave();
    await james.backToStart();
    await james.openLink(link);
    await expect(page.getByText(/^Unchanged since you read it on/)).toBeVisible();
    await expect(tick).toBeHidden();
    await page.screenshot({ path: testInfo.outputPath('door-unchanged.png') });
    await james.button(t('common.cancel')).click();
    await anna.call('preferences.set', { employees: true });
    await james.openLink(link);
    await expect(page.getByText(t('notices.changedSince'))).toBeVisible();
    await expect(tick).not.toBeChecked();
  });

  await test.step('the host finds every version, to read and as a file, and texts to pass on', async () => {
    await anna.leave();
    await anna.backToStart();
    await anna.button(anna.t('privacy.nav')).click();
    await anna.button(anna.t('records.tab')).click();
    for (const number of [1, 2, 3, 4])
      await expect(anna.page.getByText(anna.t('notices.versionTitle', { number }), { exact: true })).toBeVisible();
    expect.soft(await faultsOf(anna, 'versions')).toEqual([]);
    await anna.page.screenshot({ path: testInfo.outputPath('versions.png'), fullPage: true });
    await anna.button(`${anna.t('records.view')}: ${anna.t('notices.versionTitle', { number: 2 })}`).click();
    await expect(anna.dialog(anna.t('records.notice'))).toContainText(days(7));
    await anna.page.keyboard.press('Escape');
    const file = testInfo.outputPath('version.pdf');
    await anna.willSaveTo(file);
    await anna
      .button(`${anna.t('records.saveAs', { format: 'PDF' })}: ${anna.t('notices.versionTitle', { number: 1 })}`)
      .click();
    await expect(anna.page.getByText(anna.t('records.saved', { file: 'version.pdf' }))).toBeVisible({
      timeout: 30_000,
    });
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    await anna.button(`${anna.t('records.view')}: ${anna.t('records.texts')}`).click();
    expect.soft(await faultsOf(anna, 'texts')).toEqual([]);
    await anna.page.screenshot({ path: testInfo.outputPath('texts.png') });
    const heading = anna.t('notices.announcementHeading', { language: anna.t('notices.language.de') });
    await anna.button(`${anna.t('notices.copy')}: ${heading}`).click();
    await expect(anna.page.getByText(anna.t('notices.copied'))).toBeVisible();
    expect(await clipboardOf(anna)).toContain('Bevor wir beginnen');
  });
});
