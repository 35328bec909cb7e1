import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/person';

const said = 'Xylophonbauerei am Dienstag';

/** Every file below a folder that holds one of these texts as it is. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return filesWith(path, texts);
    if (!stat?.isFile()) return [];
    const bytes = readFileSync(path);
    return texts.some((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))) ? [path] : [];
  });
}

test('R22: who is erased is in no page of the database, no file of the profile and none that is temporary', async ({
  person,
}, testInfo) => {
  test.setTimeout(240_000);
  const temporary = mkdtempSync(join(tmpdir(), 'konklave-erasure-'));
  const [anna, james] = await Promise.all([
    person('Anna Weber', { env: { TMPDIR: temporary, TMP: temporary, TEMP: temporary } }),
    person('James Quirrelthorpe'),
  ]);
  const { page, t } = anna;
  const key = ((await james.call('profile.get')).value as { identityKey: string }).identityKey;
  const marks = [james.name, said, key];

  await test.step('he is there: met, recorded, written down, looked for, handed out', async () => {
    await james.enter(anna, await anna.host('Beratung Berger'));
    await Promise.all([anna.turnOn('microphone'), james.turnOn('microphone', 'camera')]);
    await anna.sees(james);
    await anna.record({ own: ['audio'] });
    await james.answer(anna, 'yes', ['audio', 'video', 'chat']);
    await james.say(said);
    await anna.reads(said);
    await anna.recordsFor(3);
    await anna.stopRecording();
    await anna.leave();
    await Promise.all([anna.backToStart(), james.backToStart()]);
    await expect.poll(async () => (await anna.disk.recordings()).map(({ phase }) => phase)).toEqual(['ready']);
    expect(await anna.call('chat.search', { query: 'Xylophonbauerei' })).toMatchObject({ value: [{}] });
    await anna.openLibrary();
    await anna.openRecording('Beratung Berger');
    await anna.play();
    await anna.willSaveTo(testInfo.outputPath('answer.zip'));
    expect(await anna.call('privacy.saveAccess', { identityKey: key, language: 'en' })).toMatchObject({ ok: true });
    expect(await anna.disk.readableAmong(marks)).toEqual(marks);
  });

  const sealed = (await anna.disk.sealedFiles()).length;
  await test.step('he is erased, his proofs too', async () => {
    await anna.button(t('privacy.nav')).click();
    await expect(anna.heading(t('privacy.title'))).toBeVisible();
    const { value } = await anna.call('privacy.previewErasure', { identityKey: key, keepProofs: false });
    expect(value).toMatchObject({ stays: [] });
    expect(await anna.call('privacy.erase', { identityKey: key, keepProofs: false })).toMatchObject({ ok: true });
    await expect(page.getByText(james.name)).toBeHidden();
  });

  await test.step('while it runs, and after it has quit, no byte of him is left', async () => {
    expect(await anna.disk.readableAmong(marks)).toEqual([]);
    expect(filesWith(temporary, marks)).toEqual([]);
    // His sound, his picture and his lines; hers stays.
    expect((await anna.disk.sealedFiles()).length).toBe(sealed - 3);
    expect((await anna.disk.tracks()).map(({ kind }) => kind)).toEqual(['audio']);
    await anna.quit();
    expect(await anna.disk.readableAmong(marks)).toEqual([]);
    expect(filesWith(temporary, marks)).toEqual([]);
    expect(anna.desktop.mainOutput.filter((line) => marks.some((mark) => line.includes(mark)))).toEqual([]);
  });

  rmSync(temporary, { recursive: true, force: true });
});
