import { faultsOf } from '../support/looking';
import { expect, test } from '../support/person';

test('R2: who has objected is not asked and not recorded; what somebody had restricted or put right is so', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const [anna, james] = await Promise.all([person('Anna Weber'), person('James Miller')]);
  const { page, t } = anna;
  await Promise.all([anna, james].map((one) => one.page.emulateMedia({ reducedMotion: 'reduce' })));
  const looked = new Set(['statement', 'restricted', 'restricted recording', 'add', 'objections', 'recording']);
  const look = async (name: string) => {
    if (looked.has(name)) expect.soft(await faultsOf(anna, name)).toEqual([]);
    await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
  };
  const openJames = async (name: string) => {
    await anna.button(t('privacy.nav')).click();
    await page.getByRole('button', { name: new RegExp(name, 'u') }).click();
  };
  const right = async (entry: string) => {
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('rights.menu') })
      .click();
    await page.getByRole('menuitem', { name: entry }).click();
  };

  await test.step('they meet, and James agrees to be recorded', async () => {
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

  await test.step('his name is put right, and he adds something to what he wrote', async () => {
    await openJames('James Miller');
    await right(t('rights.correct'));
    await anna.field(t('rights.correctName')).fill('James Millar');
    await look('correct');
    await anna.button(t('rights.correctSave')).click();
    const dialog = page.getByRole('dialog', { name: 'James Millar' });
    await expect(dialog.getByRole('region', { name: t('rights.inForce') })).toContainText('James Millar');
    await right(t('rights.statement'));
    await page.getByRole('button', { name: t('rights.statementAbout') }).click();
    await page.getByRole('option', { name: /The file number is seven/u }).click();
    await anna.field(t('rights.statementWords')).fill('It is eight: I misspoke.');
    await look('statement');
    await anna.button(t('rights.statementSave')).click();
    await expect(dialog).toContainText('It is eight: I misspoke.');
    await dialog
      .getByRole('button', { name: t('privacy.open', { title: 'Beratung Berger' }) })
      .first()
      .click();
    const meeting = page.getByRole('dialog', { name: 'Beratung Berger' });
    await expect(meeting).toContainText('It is eight: I misspoke.');
    await expect(meeting).toContainText(t('rights.correctedName', { name: 'James Millar' }));
    await look('chat with a statement');
    await meeting
      .getByRole('button', { name: t('common.close') })
      .last()
      .click();
  });

  await test.step('what is kept of him is only stored, until he has been told and it is lifted', async () => {
    await right(t('rights.restrict'));
    await look('restrict');
    await anna.button(t('rights.restrictConfirm')).click();
    await expect(page.getByRole('dialog', { name: 'James Millar' })).toContainText(t('rights.restrictedText'));
    await look('restricted');
    await page.keyboard.press('Escape');
    await anna.openLibrary();
    await anna.openRecording('Beratung Berger');
    await expect(page.getByText(t('rights.playerRestrictedText'))).toBeVisible();
    await look('restricted recording');
    await openJames('James Millar');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('rights.lift') })
      .click();
    const lift = page.getByRole('alertdialog', { name: t('rights.liftTitle', { name: 'James Millar' }) });
    await expect(lift.getByRole('button', { name: t('rights.liftConfirm') })).toBeDisabled();
    await anna.switchOn(t('rights.liftTold', { name: 'James Millar' }));
    await look('lift');
    await lift.getByRole('button', { name: t('rights.liftConfirm') }).click();
    await expect(page.getByText(t('rights.restrictedText'))).toBeHidden();
  });

  await test.step('his objection is a list entry that names nobody, and is found by asking', async () => {
    await right(t('rights.object'));
    await anna.switchOn(t('rights.list.recording'));
    await look('object');
    await anna.button(t('rights.objectSave')).click();
    await look('person');
    await page.keyboard.press('Escape');
    await anna.button(t('rights.tab')).click();
    await expect(anna.heading(t('rights.title'))).toBeVisible();
    await expect(page.getByText(t('rights.list.recording'))).toBeVisible();
    await expect(page.getByText('James')).toBeHidden();
    await anna.button(t('rights.add')).click();
    await anna.field(t('rights.name')).fill('Cleo Sandler');
    await anna.switchOn(t('rights.list.contact'));
    await look('add');
    await anna.button(t('rights.objectSave')).click();
    await page.getByRole('searchbox').fill('cleo  SANDLER');
    await anna.button(t('rights.checkNow')).click();
    await expect(page.getByText(t('rights.checkFound', { count: 1 }))).toBeVisible();
    await look('objections');
  });

  await test.step('they meet again: he is not asked, is told why, and nothing of him is recorded', async () => {
    await anna.button(t('start.nav')).click();
    const invite = await anna.host('Second');
    await page.getByRole('button', { name: t('rights.contactCheck') }).click();
    await page.getByRole('searchbox').fill('Cleo Sandler');
    await anna.button(t('rights.checkNow')).click();
    await expect(page.getByText(t('rights.contactListed'))).toBeVisible();
    await look('invite');
    await james.enter(anna, invite);
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
    await anna.openRecordDialog();
    await expect(page.getByText(t('rights.notRecorded', { people: 'James Miller', count: 1 }))).toBeVisible();
    await look('record');
    await page.keyboard.press('Escape');
    await anna.record({ own: ['audio'] });
    await expect(james.page.getByText(james.t('rights.selfTitle'))).toBeVisible();
    await expect(anna.recordingStrip()).toContainText(t('rights.stripObjected', { people: 'James Miller', count: 1 }));
    expect.soft(await faultsOf(james, 'not asked')).toEqual([]);
    await james.page.screenshot({ path: testInfo.outputPath('not asked.png') });
    await look('recording');
    const answer = { recordingId: await anna.recordingId(), decisions: { audio: true, video: true, chat: true } };
    expect((await james.call('consent.answer', { ...answer, language: 'en' })).error?.code).toBe('recording/objected');
    const track = { recordingId: answer.recordingId, participantId: await james.participantId(), kind: 'audio' };
    const forged = await anna.call('recording.openTrack', { ...track, mimeType: 'audio/webm;codecs=opus' });
    expect(forged.error?.code).toBe('recording/objected');
    await anna.recordsFor(2);
    await anna.stopRecording();
    await anna.leave();
    await anna.backToStart();
    await expect.poll(async () => (await anna.disk.recordings()).map(({ phase }) => phase)).toEqual(['ready', 'ready']);
    expect((await anna.disk.tracks()).map(({ kind }) => kind).sort((a, b) => a.localeCompare(b))).toEqual([
      'audio',
      'audio',
      'audio',
      'chat',
    ]);
  });
});
