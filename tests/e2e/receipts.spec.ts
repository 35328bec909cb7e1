import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { verified, willOpen } from '../support/letters';
import { faultsOf } from '../support/looking';
import { expect, test, type Person } from '../support/person';

/** Saves the receipt of an answer on the page of one's own consents; the checkable one unless told otherwise. */
async function saveReceipt(person: Person, entry: Locator, path: string, format?: 'dpv' | 'kantara'): Promise<void> {
  await person.willSaveTo(path);
  await entry.getByRole('button', { name: person.t('consents.saveReceipt'), exact: true }).click();
  if (format !== undefined) {
    const item = format === 'dpv' ? person.t('consents.receiptDpv') : person.t('consents.receiptKantara');
    await person.page.getByRole('menuitem', { name: item }).click();
  }
  await expect.poll(() => written(path)).not.toBeNull();
}

function written(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Valid as it is, and with one byte changed no more. */
function holds(path: string): string {
  const { status, output } = verified(path);
  expect([status, output.split('\n')[0]], output).toEqual([0, 'valid']);
  const bytes = readFileSync(path);
  const changed = Buffer.from(bytes);
  const at = changed.indexOf('"dpv:hasName":"') + '"dpv:hasName":"'.length;
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  writeFileSync(`${path}.changed`, changed);
  const broken = verified(`${path}.changed`);
  expect([broken.status, broken.output.split('\n')[0]]).toEqual([1, 'NOT VALID']);
  expect(broken.output).toContain('What the file says is not what was signed');
  return output;
}

test('R7: receipts saved by the app verify without it: a yes, a no, silence, and what was taken back', async ({
  person,
}, testInfo) => {
  test.setTimeout(300_000);
  const [anna, james] = await Promise.all([person('Anna Weber', { language: 'de' }), person('James Miller')]);
  const file = (name: string) => testInfo.outputPath(name);

  await test.step('three recordings: agreed to, declined, and never answered', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone')]);
    await anna.record({ purpose: 'Protokoll', own: ['audio'] });
    await james.answer(anna, 'yes', ['audio']);
    await anna.recordsFor(3);
    await anna.stopRecording();
    await anna.record({ purpose: 'Schulung', own: ['audio'] });
    await james.answer(anna, 'no');
    await anna.stopRecording();
    await anna.record({ purpose: 'Werbung', own: ['audio'] });
    await expect(james.consentDialog(anna)).toBeVisible();
    await james.crash();
    // His place is kept; he has not answered.
    await expect(anna.tile(james).getByText(anna.t('room.away'))).toBeVisible({ timeout: 60_000 });
    await anna.stopRecording();
    await anna.leave();
    await anna.backToStart();
    await james.comeBack();
  });

  const entryOf = (purpose: string) => james.consentEntries(anna).filter({ hasText: purpose });
  await test.step('the person saves a yes in both formats, and a no', async () => {
    await james.openConsents();
    await saveReceipt(james, entryOf('Protokoll'), file('yes.jsonld'), 'dpv');
    expect(holds(file('yes.jsonld'))).toMatch(/Person: +James Miller/);
    await saveReceipt(james, entryOf('Protokoll'), file('yes.json'), 'kantara');
    expect(JSON.parse(readFileSync(file('yes.json'), 'utf8'))).toMatchObject({
      ...{ version: 'KI-CR-v1.1.0', piiControllers: [{ piiController: 'Anna Weber' }] },
    });
    await saveReceipt(james, entryOf('Schulung'), file('no.jsonld'));
    expect(holds(file('no.jsonld'))).toMatch(/audio: no/);
    expect(await james.call('receipts.save', { format: 'dpv' })).toMatchObject({ error: { code: 'ipc/invalid' } });
    const nobody = 'A'.repeat(22);
    const request = { recordingId: nobody, participantId: nobody, format: 'dpv', language: 'de' };
    expect(await james.call('receipts.save', request)).toMatchObject({ error: { code: 'receipt/not-found' } });
  });

  await test.step('what is taken back and destroyed when they meet again is in it', async () => {
    await james.withdrawLater(entryOf('Protokoll'), 'audio');
    await james.button(james.t('start.nav')).click();
    await james.enter(anna, await anna.host('Zweites Treffen'));
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await james.openConsents();
    await expect(entryOf('Protokoll')).toContainText(james.t('consents.confirmedBy', { name: anna.name }));
    await saveReceipt(james, entryOf('Protokoll'), file('withdrawn.jsonld'));
    expect(holds(file('withdrawn.jsonld'))).toMatch(/audio: yes, stands: withdrawn/);
  });

  await test.step('the host was told, until they said that they had seen it', async () => {
    const news = anna.t('letters.newsOf', { name: james.name, title: 'Beratung Berger' });
    await expect(anna.page.getByText(news)).toBeVisible();
    await anna.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(anna, 'what others took back')).toEqual([]);
    await anna.call('preferences.set', { language: 'de' });
    await anna.button(anna.t('letters.newsSeen')).click();
    await expect(anna.page.getByText(news)).toBeHidden();
  });

  await test.step('the host saves everybody’s, silence too, and nothing is overwritten', async () => {
    const folder = file('receipts');
    mkdirSync(folder);
    await willOpen(anna, folder);
    await anna.openLibrary();
    const silent = anna.page.getByRole('listitem').filter({ hasText: 'Werbung' });
    await silent.getByRole('button', { name: 'Beratung Berger' }).first().click();
    for (const count of [2, 4]) {
      await anna.button(anna.t('letters.saveReceipts')).click();
      await expect.poll(() => readdirSync(folder).length).toBe(count);
    }
    const mine = readdirSync(folder).filter((name) => name.startsWith('konklave-beleg-James-Miller'));
    expect(mine).toHaveLength(2);
    const [first, second] = mine.map((name) => join(folder, name));
    expect(readFileSync(first!)).toEqual(readFileSync(second!));
    expect(holds(first!)).toMatch(/audio: no/);
    expect(readFileSync(first!, 'utf8')).toContain('"answerSignature":null');
  });

  await test.step('all is well with the chain, and the app says so', async () => {
    await james.button(james.t('consents.check')).click();
    await expect(james.page.getByText(james.t('consents.chainWholeText'))).toBeVisible();
    await james.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(james, 'receipts, intact')).toEqual([]);
  });

  await test.step('somebody with the key changes a receipt and removes an entry: the app names both', async () => {
    await james.quit();
    await james.disk.tamper(`
      UPDATE receipts SET name = 'Somebody else' WHERE position = 1;
      DROP TRIGGER receipt_chain_kept;
      DELETE FROM receipt_chain WHERE sequence = 4;`);
    await james.comeBack();
    await expect(james.page.getByText(james.t('consents.chainAlarm'))).toBeVisible();
    await james.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await faultsOf(james, 'receipts, changed, at the start')).toEqual([]);
    await james.button(james.t('consents.chainLook')).click();
    const report = james.page.getByRole('alert');
    await expect(report).toContainText(
      `${james.t('consents.entryNumber', { number: 4 })} · ${james.t('consents.entryRemoved')}`,
    );
    await expect(report).toContainText(james.t('consents.receiptChanged'));
    await expect(report).toContainText('Somebody else, asked by Anna Weber');
    expect(await faultsOf(james, 'receipts, changed')).toEqual([]);
  });
});
