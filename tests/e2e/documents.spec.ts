import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { privacyDocuments } from '../../common/privacy/documentContent';
import type { Preferences } from '../../common/preferences';
import type { PrivacyFacts } from '../../common/privacy/facts';
import { retentionKinds, retentionRules, type RetentionKind } from '../../common/retention';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';
import { wordsOf } from '../support/words';

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

  const officer = 'Oskar Schutz, dsb@kanzlei.example';
  await test.step('a data protection officer who is entered is named (Art. 13 (1) (b), 30 (1) (a))', async () => {
    await anna.button(t('settings.nav')).click();
    await page.getByLabel(t('settings.officer')).fill(`  ${officer} `);
    await anna.button(t('common.save')).first().click();
    await expect(page.getByText(t('common.saved'), { exact: true })).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath('officer.png') });
    // No text that hides what it says, whatever the window sends.
    const forged = { name: 'Kanzlei Weber', contact: '', officerContact: 'Oskar\u202E' };
    expect(await anna.call('profile.save', forged)).toMatchObject({ ok: false });
    expect(await anna.call('profile.get')).toMatchObject({ value: { officerContact: officer } });
    await open();
    for (const name of ['notice', 'record'] as const) {
      await read(t(`records.${name}`));
      await expect(page.getByRole('dialog', { name: t(`records.${name}`) })).toContainText(officer);
      await page.keyboard.press('Escape');
    }
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
      if (format === 'csv') expect(readFileSync(file, 'utf8')).toContain(`"${officer}"`);
    });
  }
});

test('R24: each document is a PDF in both languages that says what it is, of when, and which page', async ({
  person,
}, testInfo) => {
  test.setTimeout(120_000);
  const contact = 'datenschutz@kanzlei.example';
  const anna = await person('Kanzlei Weber & Söhne', { contact });
  const profile = { name: 'Kanzlei Weber & Söhne', contact, officerContact: 'Oskar Schutz, dsb@kanzlei.example' };
  await anna.call('profile.save', profile);
  await anna.call('preferences.set', { relay: 'relay.kanzlei.example:4433', employees: true });
  for (const language of ['de', 'en'] as const) {
    await anna.call('preferences.set', { language });
    await anna.page.locator(`html[lang=${language}]`).waitFor();
    const t = wordsOf(language);
    await anna.button(t('privacy.nav')).click();
    await anna.button(t('records.tab')).click();
    const label = t('records.saveAs', { format: 'PDF' });
    const buttons = anna.page.getByRole('button', { name: new RegExp(`^${label}`, 'u') });
    await expect(buttons.first()).toBeVisible();
    const count = await buttons.count();
    expect(count).toBeGreaterThanOrEqual(privacyDocuments.length);
    for (let which = 0; which < count; which += 1) {
      const name = `${language}-${which + 1}.pdf`;
      await anna.willSaveTo(testInfo.outputPath(name));
      await buttons.nth(which).click();
      await expect(anna.page.getByText(t('records.saved', { file: name }))).toBeVisible({ timeout: 30_000 });
      const pdf = await PDFDocument.load(readFileSync(testInfo.outputPath(name)), { updateMetadata: false });
      const named = (await buttons.nth(which).getAttribute('aria-label'))?.replace(`${label}: `, '') ?? '';
      // Earlier versions are named by their number.
      const title = named.startsWith('Version') ? t('records.notice') : named;
      expect([pdf.getTitle(), pdf.getLanguage()]).toEqual([title, language]);
      expect(pdf.getCreator()).toMatch(/^Konklave \d/u);
      expect(pdf.getCreationDate()!.getTime()).toBeGreaterThan(Date.now() - 120_000);
      const { width, height } = pdf.getPage(0).getSize();
      expect([Math.round(width), Math.round(height)].sort((one, other) => one - other)).toEqual([595, 842]);
    }
  }
});

/** What each preference changes of the facts that documents are made of; null: it is about looks, devices or one meeting. */
const reaches: Readonly<Record<keyof Preferences, { readonly to: unknown; readonly fact: string | null }>> = {
  language: { to: 'de', fact: null },
  theme: { to: 'dark', fact: null },
  microphoneId: { to: 'another', fact: null },
  cameraId: { to: 'another', fact: null },
  speakerId: { to: 'another', fact: null },
  relay: { to: 'relay.kanzlei.example:4433', fact: 'notice.relay' },
  relayOnly: { to: true, fact: null },
  employees: { to: true, fact: 'notice.employees' },
  neverRecordMe: { to: true, fact: null },
  requestReminders: { to: true, fact: null },
  lockAfter: { to: 5, fact: 'locksAfter' },
  lockInMeetings: { to: true, fact: null },
  withdrawalsSeenUntil: { to: 5, fact: null },
};

test('R24: each setting reaches the facts that the documents are made of', async ({ person }) => {
  const anna = await person('Kanzlei Weber');
  const factsNow = async () => flat((await anna.call('privacy.facts')).value as PrivacyFacts);
  const changedBy = async (command: string, request: unknown) => {
    const before = await factsNow();
    expect(await anna.call(command, request)).toMatchObject({ ok: true });
    const after = await factsNow();
    const changed = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
    // The notice has a new version exactly when it says something else.
    expect(changed.includes('noticeVersion')).toBe(changed.some((name) => name.startsWith('notice.')));
    return changed.filter((name) => name !== 'noticeVersion');
  };
  for (const [name, { to, fact }] of Object.entries(reaches)) {
    expect([name, await changedBy('preferences.set', { [name]: to })]).toEqual([name, fact === null ? [] : [fact]]);
  }
  const contact = 'datenschutz@kanzlei.example';
  const profile = { name: 'Kanzlei Winter', contact, officerContact: 'Oskar Schutz, dsb@kanzlei.example' };
  expect(await changedBy('profile.save', profile)).toEqual([
    ...['notice.controllerName', 'notice.controllerContact', 'notice.officerContact'],
  ]);
  const servers = ['turn:turn.kanzlei.example:3478?transport=udp'];
  expect(await changedBy('ice.save', { servers, secret: 'a-secret-of-this-test' })).toEqual(['notice.iceServers']);
  const told: Partial<Record<RetentionKind, string>> = {
    chat: 'notice.chatRetentionDays',
    recording: 'notice.recordingRetentionDays',
  };
  for (const kind of retentionKinds) {
    const changed = await changedBy('retention.setPeriod', { kind, period: retentionRules[kind].choices.at(-1) });
    const expected = [`retention.${kind}`, ...(told[kind] === undefined ? [] : [told[kind]])];
    expect(changed.sort()).toEqual(expected.sort());
  }
});

/** Each fact by its path. */
function flat(facts: PrivacyFacts): Record<string, string> {
  const entries = Object.entries(facts).flatMap(([group, value]: [string, unknown]) =>
    group === 'notice' || group === 'retention'
      ? Object.entries(value as object).map(([name, one]) => [`${group}.${name}`, one as unknown] as const)
      : [[group, value] as const],
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, JSON.stringify(value)]));
}

test('a document of many pages is printed, and one that cannot be says nothing of itself', async ({
  person,
}, testInfo) => {
  const anna = await person('Kanzlei Weber');
  const rows = Array.from({ length: 160 }, (_, at) => [`Row ${at}`, 'Kanzlei Weber ' + '& '.repeat(1_990)]);
  const content = { title: 'Long', lead: '', blocks: [{ type: 'table', columns: ['What', 'Which'], rows }] };
  const save = (to: string) => {
    const ask = { document: 'record', content, format: 'pdf', language: 'en' };
    return anna.willSaveTo(to).then(() => anna.call('privacy.saveDocument', ask));
  };
  const file = testInfo.outputPath('long.pdf');
  expect(await save(file)).toMatchObject({ ok: true });
  const pdf = await PDFDocument.load(readFileSync(file));
  expect(pdf.getPageCount()).toBeGreaterThan(50);
  expect(await save(testInfo.outputPath('none', 'long.pdf'))).toMatchObject({
    error: { code: 'document/not-written' },
  });
  expect(anna.desktop.mainOutput.join('\n')).not.toMatch(/Kanzlei|data:/u);
});
