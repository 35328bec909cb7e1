import { readFileSync } from 'node:fs';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R25: a breach is recorded, its 72 hours are counted, and the letters for it are made', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const anna = await person('Kanzlei Weber');
  const { page, t } = anna;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const picture = (name: string) => page.screenshot({ path: testInfo.outputPath(`${name}.png`), fullPage: true });
  const open = async () => {
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('incidents.tab')).click();
    await expect(anna.heading(t('incidents.title'))).toBeVisible();
  };
  const save = async () => {
    await anna.button(t('common.save')).click();
    await expect(page.getByText(t('incidents.unsaved'))).toBeHidden();
  };

  await test.step('what happened is noted in a moment', async () => {
    await open();
    await picture('incidents-empty');
    await anna.button(t('incidents.record')).click();
    const dialog = page.getByRole('dialog');
    await anna.pick(t('incidents.kind.device'));
    await dialog.getByLabel(t('incidents.what')).fill('A laptop was left on the train to Fulda.');
    expect.soft(await faultsOf(anna, 'record an incident')).toEqual([]);
    await picture('incident-record');
    await anna.button(t('incidents.recordConfirm')).click();
    await expect(anna.heading(t('incidents.kind.device'))).toBeVisible();
    await expect(
      page.getByText(t('incidents.running', { left: t('incidents.left.hours', { count: 71 }) })),
    ).toBeVisible();
    expect.soft(await faultsOf(anna, 'incident')).toEqual([]);
    await picture('incident');
  });

  await test.step('the start page reminds of it, and leads back', async () => {
    await anna.button(t('start.nav')).click();
    await expect(
      page.getByText(t('incidents.running', { left: t('incidents.left.hours', { count: 71 }) })),
    ).toBeVisible();
    expect.soft(await faultsOf(anna, 'start, with a deadline')).toEqual([]);
    await picture('incident-start');
    await anna.button(t('incidents.bannerOpen')).click();
  });

  await test.step('what is missing is named until it is there', async () => {
    await expect(anna.button(t('incidents.close'))).toBeDisabled();
    await anna.pick(t('incidents.riskIs.high'));
    await page.getByLabel(t('incidents.riskReason'), { exact: true }).first().fill('The passphrase stood on a note.');
    await page.getByLabel(t('incidents.consequences')).fill('Somebody may read what was talked about.');
    await page.getByLabel(t('incidents.remedies')).fill('Locked from afar; reported to the police.');
    await anna.pick(t('incidents.authorityIs.notify'));
    await anna.pick(t('incidents.peopleIs.tell'));
    await save();
    await expect(page.getByText(t('incidents.gap.authority-sent'))).toBeVisible();
    await expect(page.getByText(t('incidents.gap.consequences'))).toBeHidden();
    expect.soft(await faultsOf(anna, 'incident, decided')).toEqual([]);
    await picture('incident-decided');
  });

  await test.step('the letters are made from it', async () => {
    const pdf = testInfo.outputPath('notification.pdf');
    await anna.willSaveTo(pdf);
    await anna.button(`${t('records.saveAs', { format: 'PDF' })}: ${t('incidents.documentNotification')}`).click();
    await expect(page.getByText(t('records.saved', { file: 'notification.pdf' }))).toBeVisible({ timeout: 30_000 });
    expect(readFileSync(pdf, 'latin1').startsWith('%PDF-')).toBe(true);
    const json = testInfo.outputPath('incident.json');
    await anna.willSaveTo(json);
    await anna.button(`${t('records.saveAs', { format: 'JSON' })}: ${t('incidents.documentIncident')}`).click();
    await expect(page.getByText(t('records.saved', { file: 'incident.json' }))).toBeVisible({ timeout: 30_000 });
    expect(readFileSync(json, 'utf8')).toContain('train to Fulda');
    await anna.button(t('incidents.copyText', { language: t('incidents.german') })).click();
    await expect(page.getByText(t('incidents.copied'))).toBeVisible();
  });

  await test.step('sent and told, it is closed, and is its documentation from then on', async () => {
    const now = await page.evaluate(() => {
      const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
      return local.toISOString().slice(0, 16);
    });
    await page.getByLabel(t('incidents.sent')).fill(now);
    await page.getByLabel(t('incidents.told')).fill(now);
    await anna.button(t('incidents.close')).click();
    await expect(anna.button(t('incidents.reopen'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'incident, closed')).toEqual([]);
    await picture('incident-closed');
    await open();
    await expect(page.getByText(t('incidents.state.closed'), { exact: true })).toBeVisible();
    await anna.button(t('start.nav')).click();
    await expect(anna.button(t('incidents.bannerOpen'))).toHaveCount(0);
  });
});
