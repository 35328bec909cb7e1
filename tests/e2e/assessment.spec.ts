import { readFileSync } from 'node:fs';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R24: an impact assessment is filled in from what is set, and says what has changed since', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const anna = await person('Kanzlei Weber');
  const { page, t } = anna;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const picture = (name: string) => page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  const open = async () => {
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('records.tab')).click();
    await anna.button(`${t('assessment.work')}: ${t('assessment.name')}`).click();
    await expect(anna.heading(t('assessment.threshold'))).toBeVisible();
  };
  const answer = async (criterion: 'sensitive' | 'vulnerable' | 'secrecy', word: 'yes' | 'no') => {
    const group = page.getByRole('radiogroup', { name: t(`assessment.criterion.${criterion}`) });
    await group.locator('label', { hasText: t(`common.${word}`) }).click();
  };

  await test.step('what is set is answered, and three questions are left', async () => {
    await open();
    await expect(page.getByText(t('assessment.notAnswered'))).toHaveCount(3);
    await expect(page.getByText(t('assessment.result.open'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'assessment')).toEqual([]);
    await picture('assessment');
    await answer('sensitive', 'yes');
    await answer('vulnerable', 'yes');
    await answer('secrecy', 'no');
    await expect(page.getByText(t('assessment.result.needed'))).toBeVisible();
    await picture('assessment-threshold');
  });

  await test.step('then there are risks to judge, with the measures as they are set', async () => {
    await anna.pick(t('assessment.decision.needed'));
    await page.getByLabel(t('assessment.purposes')).fill('Talks with clients.');
    await anna.button(new RegExp(`^${t('assessment.risk.lostDevice')}`, 'u')).click();
    const before = page.getByRole('group', { name: t('assessment.before') });
    await before.getByRole('button', { name: t('assessment.likelihood') }).click();
    await page.getByRole('option', { name: t('assessment.likelihoodIs.3') }).click();
    await before.getByRole('button', { name: t('assessment.severity') }).click();
    await page.getByRole('option', { name: t('assessment.severityIs.4') }).click();
    await expect(before.getByText(t('assessment.grade.high'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'assessment, risks')).toEqual([]);
    await picture('assessment-risk');
    await anna.button(t('common.save')).click();
    await expect(page.getByText(t('assessment.unsaved'))).toBeHidden();
  });

  await test.step('it is a document', async () => {
    const file = testInfo.outputPath('assessment.pdf');
    await anna.willSaveTo(file);
    await anna.button(`${t('records.saveAs', { format: 'PDF' })}: ${t('assessment.document')}`).click();
    await expect(page.getByText(t('records.saved', { file: 'assessment.pdf' }))).toBeVisible({ timeout: 30_000 });
    expect(readFileSync(file, 'latin1').startsWith('%PDF-')).toBe(true);
  });

  await test.step('a setting changes, and it asks to be looked at again', async () => {
    await anna.button(t('start.nav')).click();
    await anna.call('preferences.set', { employees: true });
    await open();
    await expect(page.getByText(t('assessment.changedText'))).toBeVisible();
    const line = { name: t('assessment.fact.employees'), before: t('common.no'), now: t('common.yes') };
    await expect(page.getByText(t('assessment.changedLine', line))).toBeVisible();
    expect.soft(await faultsOf(anna, 'assessment, changed')).toEqual([]);
    await picture('assessment-changed');
    await anna.button(t('common.save')).click();
    await expect(page.getByText(t('assessment.changedText'))).toBeHidden();
  });
});
