import { readFileSync } from 'node:fs';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R24: notice, record of processing and measures come from the settings, to read and as files', async ({
  person,
}, testInfo) => {
  test.setTimeout(180_000);
  const anna = await person('Kanzlei Weber');
  const { page, t } = anna;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const open = async () => {
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('records.tab')).click();
    await expect(anna.heading(t('records.title'))).toBeVisible();
  };
  const read = (name: string) => anna.button(`${t('records.view')}: ${name}`).click();

  await test.step('without a contact it says what is missing', async () => {
    await open();
    await expect(page.getByText(t('records.controllerMissing'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'documents')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('documents.png') });
  });

  await test.step('a changed period changes what they say', async () => {
    await read(t('records.record'));
    const record = page.getByRole('dialog', { name: t('records.record') });
    await expect(record).toContainText(t('notice.days', { count: 30 }));
    expect.soft(await faultsOf(anna, 'record of processing')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('record.png') });
    await page.keyboard.press('Escape');
    await anna.call('retention.setPeriod', { kind: 'chat', period: 7 });
    await read(t('records.record'));
    await expect(record).toContainText(t('notice.days', { count: 7 }));
    await expect(record).not.toContainText(t('notice.days', { count: 30 }));
    await page.keyboard.press('Escape');
  });

  for (const [format, begins] of [
    ['pdf', '%PDF-'],
    ['csv', '\uFEFF"'],
  ] as const) {
    await test.step(`it is saved as ${format}`, async () => {
      const file = testInfo.outputPath(`record.${format}`);
      await anna.willSaveTo(file);
      await anna.button(`${t('records.saveAs', { format: format.toUpperCase() })}: ${t('records.record')}`).click();
      await expect(page.getByText(t('records.saved', { file: `record.${format}` }))).toBeVisible({ timeout: 30_000 });
      expect(readFileSync(file, 'utf8').startsWith(begins)).toBe(true);
      expect(readFileSync(file).length).toBeGreaterThan(500);
    });
  }
});
