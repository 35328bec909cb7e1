import { readFileSync, writeFileSync } from 'node:fs';
import { clipboardOf, dropFile, openReading, paste, verified, willOpen } from '../support/letters';
import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R6: a yes is taken back by a file and by e-mail, between two people who never meet again', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([
    person('Anna Weber', { language: 'de', contact: 'datenschutz@kanzlei.example' }),
    person('James Miller'),
  ]);
  const file = (name: string) => testInfo.outputPath(name);
  const [asked, proof, keptProof] = [file('withdrawal.json'), file('proof.json'), file('kept.json')];

  let jamesId = '';
  await test.step('a meeting is recorded, and a copy is exported', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone', 'camera')]);
    await anna.sees(james);
    jamesId = await james.participantId();
    await anna.record({ purpose: 'Protokoll der Beratung', own: ['audio'] });
    await james.answer(anna, 'yes', ['audio', 'video', 'chat']);
    await james.say('The file number is seven');
    await anna.reads('The file number is seven');
    await anna.recordsFor(4);
    await anna.stopRecording();
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await anna.openLibrary();
    await anna.openRecording('Beratung Berger');
    await anna.exportTo(file('copy.webm'));
    await anna.button(anna.t('common.done')).click();
  });

  const ofJames = async () => (await anna.disk.tracks()).filter(({ participantId }) => participantId === jamesId);
  const before = await ofJames();
  expect(before.map(({ kind }) => kind).sort()).toEqual(['audio', 'chat', 'video']);
  expect(await anna.disk.chatTexts()).toContain('The file number is seven');

  await james.openConsents();
  const entry = () => james.consentEntries(anna).nth(0);
  await test.step('days later he takes everything back, and saves it as a file and as an e-mail', async () => {
    await james.withdrawLater(entry());
    await expect(entry()).toContainText(james.t('consents.waiting', { name: anna.name }));
    await expect(entry()).toContainText('datenschutz@kanzlei.example');
    await james.willSaveTo(asked);
    await entry()
      .getByRole('button', { name: james.t('letters.asFile') })
      .click();
    await expect(james.page.getByText(james.t('letters.saved', { file: 'withdrawal.json' }))).toBeVisible();
    await entry()
      .getByRole('button', { name: james.t('letters.asMail') })
      .click();
    await expect(james.page.getByText(james.t('letters.copied'))).toBeVisible();
    await james.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(james, 'a withdrawal that waits')).toEqual([]);
  });
  const mail = await clipboardOf(james);
  expect(mail).toContain('Dear Anna Weber,');
  expect(mail).toContain('the meeting “Beratung Berger”');
  expect(
    (await ofJames()).every(({ key }) => key !== null),
    'nothing has reached the host',
  ).toBe(true);

  await anna.openLibrary();
  await test.step('what is forged, damaged or nothing at all changes nothing at the host’s', async () => {
    const dialog = await openReading(anna);
    const forged = JSON.parse(readFileSync(asked, 'utf8')) as {
      withdrawals: { withdrawal: { withdrawnAt: number } }[];
    };
    forged.withdrawals[0]!.withdrawal.withdrawnAt += 1;
    const lines = mail.split('\n');
    const broken = lines
      .filter((_, index) => index !== lines.findIndex((line) => line.includes('BEGIN')) + 2)
      .join('\n');
    for (const [text, code] of [
      [JSON.stringify(forged), 'letter/forged'],
      [broken, 'letter/damaged'],
      [mail.slice(0, mail.indexOf('-----END')), 'letter/incomplete'],
      ['Please delete everything of me. James', 'letter/none'],
    ] as const) {
      await paste(anna, dialog, text);
      await expect(dialog.getByRole('alert')).toContainText(anna.t(`errors.${code}.what`));
    }
    const said = dialog.getByRole('alert');
    await dropFile(dialog, 'x'.repeat(600_000));
    await expect(said).toContainText(anna.t('errors.letter/too-large.what'));
    await dropFile(dialog, readFileSync(asked, 'utf8').slice(0, -20));
    await expect(said).toContainText(anna.t('errors.letter/damaged.what'));
    await anna.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(anna, 'reading in, refused')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
    expect((await ofJames()).every(({ key }) => key !== null)).toBe(true);
    await anna.button(anna.t('common.cancel')).click();
  });

  await test.step('the file is read in: what is named is destroyed, and the host is told in words', async () => {
    const dialog = await openReading(anna);
    await willOpen(anna, asked);
    await dialog.getByRole('button', { name: anna.t('letters.chooseFile') }).click();
    await expect(dialog).toContainText(anna.t('letters.carriedOut', { name: james.name }));
    await expect(dialog).toContainText('Beratung Berger');
    await expect(dialog).toContainText(anna.t('letters.lines', { count: 1 }));
    await expect(dialog).toContainText(anna.t('letters.outOfReach'));
    expect(await faultsOf(anna, 'reading in, done')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
    await anna.willSaveTo(proof);
    await dialog.getByRole('button', { name: anna.t('letters.asFile') }).click();
    await expect(anna.page.getByText(anna.t('letters.saved', { file: 'proof.json' }))).toBeVisible();
    await anna.button(anna.t('common.done')).click();
  });

  await test.step('neither key nor file nor chat line is left on the host’s disk', async () => {
    expect((await ofJames()).map(({ phase, key }) => [phase, key])).toEqual(before.map(() => ['erased', null]));
    const keys = await anna.disk.keysAnywhere();
    expect(before.some(({ key }) => keys.some((one) => one.equals(key!)))).toBe(false);
    await expect
      .poll(async () => {
        const names = new Set((await anna.disk.sealedFiles()).map(({ name }) => name));
        return before.filter(({ fileName }) => names.has(fileName));
      })
      .toEqual([]);
    expect(await anna.disk.chatTexts()).not.toContain('The file number is seven');
  });

  await test.step('the same once more, by e-mail, is harmless', async () => {
    const dialog = await openReading(anna);
    await paste(anna, dialog, `Hallo,\r\n${mail.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n')}\r\nGruß`);
    await expect(dialog).toContainText(anna.t('letters.repeated'));
    await dialog.getByRole('button', { name: anna.t('letters.asMail') }).click();
    await expect(anna.page.getByText(anna.t('letters.copied'))).toBeVisible();
    await anna.button(anna.t('common.done')).click();
  });
  const answer = await clipboardOf(anna);
  expect(answer).toContain('Guten Tag James Miller,');
  await anna.quit();

  await test.step('the proof comes back, and stands at the answer it is about', async () => {
    const dialog = await openReading(james);
    await paste(james, dialog, mail);
    await expect(dialog.getByRole('alert')).toContainText(james.t('errors.letter/own.what'));
    await paste(james, dialog, `${answer}\n\n${mail.replaceAll(/^/gm, '> ')}`);
    await expect(dialog).toContainText(james.t('letters.confirmed', { name: anna.name }));
    await james.button(james.t('common.done')).click();
    await expect(entry()).toContainText(james.t('consents.confirmedBy', { name: anna.name }));
    await expect(entry()).toContainText(james.t('letters.lines', { count: 1 }));
    await expect(entry()).toContainText('Out of reach: exports of');
    await expect(entry().getByRole('button', { name: james.t('letters.asFile') })).toBeHidden();
    expect(await faultsOf(james, 'a withdrawal that is confirmed')).toEqual([]);
    await james.willSaveTo(keptProof);
    await entry()
      .getByRole('button', { name: james.t('consents.saveProof') })
      .click();
    await expect(james.page.getByText(james.t('letters.saved', { file: 'kept.json' }))).toBeVisible();
  });

  await test.step('and verifies without the app', () => {
    expect(readFileSync(keptProof, 'utf8')).toBe(readFileSync(proof, 'utf8'));
    const { status, output } = verified(keptProof);
    expect([status, output.split('\n')[0]]).toEqual([0, 'valid']);
    expect(output).toMatch(/destroyed: .*; \d+ files, 1 chat lines\n {2}out of reach: copies exported /);
    const text = readFileSync(keptProof, 'utf8');
    writeFileSync(keptProof, text.replace('"chatLines":1', '"chatLines":2'));
    expect(verified(keptProof)).toMatchObject({ status: 1, output: expect.stringContaining("host's signature") });
  });
});
