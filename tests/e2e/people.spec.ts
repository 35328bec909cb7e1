import { readFileSync } from 'node:fs';
import type { SignedPersonErasure } from '../../common/privacy/erasure';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('what is kept about whom stands on one screen, with reason and end, and leads there', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber'), person('James Miller')]);
  const { page, t } = anna;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const row = (name: string) => page.getByRole('button', { name: new RegExp(name, 'u') });
  const openPeople = async () => {
    await anna.button(t('privacy.nav')).click();
    await expect(anna.heading(t('privacy.title'))).toBeVisible();
  };

  await test.step('nobody before the first meeting', async () => {
    await openPeople();
    await expect(page.getByText(t('privacy.empty'))).toBeVisible();
    expect.soft(await faultsOf(anna, 'people, nobody')).toEqual([]);
    await anna.button(t('start.nav')).click();
  });

  await test.step('a meeting is held and recorded', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
    await anna.record({ own: ['audio'] });
    await james.answer(anna, 'yes', ['audio', 'chat']);
    await james.say('The file number is seven');
    await anna.reads('The file number is seven');
    await anna.recordsFor(2);
    await anna.stopRecording();
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await expect.poll(async () => (await anna.disk.recordings()).map(({ phase }) => phase)).toEqual(['ready']);
  });

  await test.step('then both, oneself first, with what there is', async () => {
    await openPeople();
    await expect(row('Anna Weber')).toContainText(`(${t('privacy.you')})`);
    await expect(row('James Miller')).toContainText(
      [
        t('privacy.meeting', { count: 1 }),
        t('privacy.chat', { count: 1 }),
        t('privacy.recording', { count: 2 }),
        t('privacy.consent', { count: 1 }),
      ].join(' · '),
    );
    expect.soft(await faultsOf(anna, 'people')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('people.png') });
  });

  await test.step('who is looked for is found', async () => {
    await page.getByLabel(t('privacy.search')).fill('mill');
    await expect(row('Anna Weber')).toBeHidden();
    await page.getByLabel(t('privacy.search')).fill('xyz');
    await expect(page.getByText(t('privacy.noHits'))).toBeVisible();
    await page.getByLabel(t('privacy.search')).fill('james');
  });

  await test.step('why and until when, and from there to the recording', async () => {
    await row('James Miller').click();
    const dialog = page.getByRole('dialog', { name: 'James Miller' });
    await expect(dialog).toContainText('Art. 6 (1) (a) GDPR');
    expect.soft(await faultsOf(anna, 'person')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('person.png') });
    await anna.willSaveTo(testInfo.outputPath('answer.zip'));
    await dialog.getByRole('button', { name: t('privacy.access') }).click();
    await expect(page.getByText(t('privacy.accessSaved', { file: 'answer.zip' }))).toBeVisible();
    // A ZIP archive begins and ends like this (APPNOTE.TXT, 4.3.7 and 4.3.16); tests/unit reads what is in it.
    const archive = readFileSync(testInfo.outputPath('answer.zip'));
    expect([archive.readUInt32LE(0), archive.includes(Buffer.from('504b0506', 'hex'))]).toEqual([0x04034b50, true]);
    await dialog
      .getByRole('region', { name: t('privacy.kind.recording') })
      .getByRole('button', { name: t('privacy.open', { title: 'Beratung Berger' }) })
      .click();
    await expect(anna.heading('Beratung Berger')).toBeVisible();
  });

  await test.step('R22: he is erased, with a signed proof, and nothing of him is left but the proof of his yes', async () => {
    expect(await anna.disk.chatTexts()).toContain('The file number is seven');
    await openPeople();
    await row('James Miller').click();
    await page.getByRole('button', { name: t('privacy.erase') }).click();
    const question = page.getByRole('alertdialog', { name: t('privacy.eraseTitle', { name: 'James Miller' }) });
    await expect(question.getByRole('region', { name: t('privacy.eraseStays') })).toContainText(
      t('privacy.because.proof'),
    );
    expect.soft(await faultsOf(anna, 'erasing')).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath('erase.png') });
    await question.getByRole('button', { name: t('privacy.eraseConfirm') }).click();
    await anna.willSaveTo(testInfo.outputPath('proof.json'));
    await page.getByRole('button', { name: t('privacy.eraseSaveProof') }).click();
    await expect(page.getByText(t('privacy.eraseProofSaved', { file: 'proof.json' }))).toBeVisible();
    const { proof, signature } = JSON.parse(
      readFileSync(testInfo.outputPath('proof.json'), 'utf8'),
    ) as SignedPersonErasure;
    expect(signature).toMatch(/^[\w-]{86}$/u);
    expect(proof.erased).toEqual({ contact: 1, meeting: 1, chat: 1, recording: 2 });
    await page.getByRole('button', { name: t('common.done') }).click();
    await expect(row('James Miller')).toContainText(t('privacy.consent', { count: 1 }));
    await expect(row('James Miller')).not.toContainText(t('privacy.meeting', { count: 1 }));
    expect(await anna.disk.chatTexts()).toEqual([]);
    expect((await anna.disk.tracks()).map(({ kind }) => kind)).toEqual(['audio']);
  });
});
