import { eventNames } from '../../common/ipc/events';
import { readKeyFile } from '../../main/vault/keyFile';
import { unwrapWithPassphrase } from '../../main/vault/keyring';
import { expect, passphrase, test, type Person } from '../support/person';

const lockKeys = 'Control+Shift+L';
const refused = { ok: false, error: { code: 'app/locked' } };

async function isLocked(person: Person): Promise<void> {
  await expect(person.heading(person.t('lock.title'))).toBeVisible();
}

async function unlockWith(person: Person, words: string): Promise<void> {
  await person.field(person.t('vault.passphrase')).fill(words);
  await person.button(person.t('vault.unlock')).click();
}

/** From the moment of locking on, keeps what main tells the window; the answer gives it. */
async function listenTo(person: Person): Promise<() => Promise<string>> {
  await person.page.evaluate((names) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.konklave.on('lock.changed', ({ locked }) => {
      if (locked) heard.length = 0;
    });
    for (const name of names) window.konklave.on(name, (payload) => heard.push(`${name} ${JSON.stringify(payload)}`));
  }, eventNames);
  return () => person.page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('\n'));
}

/** What a screen reader, a screenshot or the system's window list could get of the window. */
async function shownBy(person: Person): Promise<string> {
  const page = await person.page.evaluate(() => `${document.title} ${document.documentElement.outerHTML}`);
  const title = await person.desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getTitle());
  return `${title} ${page}`;
}

test('R20: locked in the middle of a meeting, it shows and answers nothing, and the meeting goes on', async ({
  person,
}) => {
  const [grace, ada] = await Promise.all([person('Grace Hopper'), person('Ada Lovelace')]);
  await grace.enter(ada, await ada.host('Nachfolge im Vorstand'));
  await Promise.all([ada.turnOn('microphone', 'camera'), grace.turnOn('camera')]);
  await grace.sees(ada);
  await ada.record({ own: ['audio'] });
  await grace.answer(ada, 'no');
  await ada.say('vor dem Sperren');
  const graceId = await grace.participantId();
  const meetingId = ((await ada.call('session.state')).value as { meeting: { meetingId: string } }).meeting.meetingId;

  const heard = await listenTo(ada);
  await ada.page.keyboard.press(lockKeys);
  await isLocked(ada);
  await grace.say('das ist vertraulich');

  // Nobody else notices: still seen and heard, in the same connection.
  await grace.isConnected();
  await grace.sees(ada);
  const { value } = await ada.call('session.state');
  expect(JSON.stringify(value)).not.toMatch(/Nachfolge|Grace|Ada/u);
  expect(value).toMatchObject({ phase: 'meeting', meeting: { title: '', invite: null } });
  // What is recorded with consent goes on being written.
  const written = async () => (await ada.disk.sealedFiles()).reduce((sum, { bytes }) => sum + bytes, 0);
  const before = await written();
  await expect.poll(written, { timeout: 15_000 }).toBeGreaterThan(before);
  await expect(ada.page.getByText(ada.t('lock.recording'))).toBeVisible();

  // Nothing is left in the window, and nothing of it came since.
  for (const word of ['Nachfolge', 'Grace', 'vertraulich', 'vor dem Sperren']) {
    expect(await shownBy(ada)).not.toContain(word);
    expect(await heard()).not.toContain(word);
  }
  expect(await heard()).toContain('session.changed');
  await expect(ada.page.locator('.room, .page, video')).toHaveCount(0);
  await expect(ada.page.getByText(ada.t('lock.microphoneOn'))).toBeVisible();

  // Whatever a window that somebody has taken over asks for, main gives nothing.
  for (const [command, request] of [
    ['chat.history', { meetingId }],
    ['chat.search', { query: 'vertraulich' }],
    ['chat.send', { text: 'von jemand anderem' }],
    ['profile.get', undefined],
    ['contacts.list', undefined],
    ['privacy.people', undefined],
    ['recordings.list', undefined],
    ['preferences.set', { lockAfter: 0 }],
    ['lock.protect', { current: passphrase, passphrase: 'chosen by a passer-by' }],
    ['vault.unlock', { passphrase }],
    ['session.remove', { participantId: graceId }],
    ['session.setMedia', { microphone: true, camera: true }],
  ] as const) {
    const answer = await ada.call(command, request);
    // Both are on: that is no switching on.
    expect([command, answer]).toEqual([command, command === 'session.setMedia' ? { ok: true } : refused]);
  }

  // Off, never on.
  await ada.button(ada.t('lock.turnMicrophoneOff')).click();
  await expect(ada.page.getByText(ada.t('lock.microphoneOff'))).toBeVisible();
  await expect(grace.tile(ada).getByText(grace.t('room.microphoneOff'))).toBeAttached();
  expect(await ada.call('session.setMedia', { microphone: true, camera: true })).toEqual(refused);

  await unlockWith(ada, 'not the right one');
  await expect(ada.page.getByText(ada.t('errors.vault/passphrase-wrong.what'))).toBeVisible();
  await isLocked(ada);
  await unlockWith(ada, passphrase);
  await expect(ada.heading('Nachfolge im Vorstand')).toBeVisible();
  await ada.isConnected();
  await ada.sees(grace);
  await expect(ada.recordingStrip()).toBeVisible();
  await ada.reads('vor dem Sperren');
  await ada.reads('das ist vertraulich');
  expect(ada.desktop.consoleErrors).toEqual([]);
});

test('R20: idle or asleep, it locks and forgets the key; the passphrase can be changed', async ({ person }) => {
  const ada = await person('Ada Lovelace');
  const { app } = ada.desktop;
  const nobodyFor = (seconds: number) =>
    app.evaluate(({ powerMonitor }, idle) => {
      powerMonitor.getSystemIdleTime = () => idle;
    }, seconds);
  await ada.host('Jour fixe');
  await ada.leave();
  await ada.backToStart();

  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
  await isLocked(ada);
  // Nothing needs the vault any more: it is closed.
  await expect.poll(() => ada.call('vault.state')).toMatchObject({ value: { phase: 'locked' } });
  await unlockWith(ada, passphrase);
  await expect(ada.button(/^Jour fixe/u)).toBeVisible();

  // A window that was open a moment ago is not locked, however long the system counts.
  await nobodyFor(100_000);
  await ada.call('preferences.set', { lockAfter: 1 });
  await app.evaluate(() => {
    const uptime = process.uptime.bind(process);
    process.uptime = () => uptime() + 61;
  });
  await isLocked(ada);
  await nobodyFor(0);
  await unlockWith(ada, passphrase);
  await expect(ada.button(/^Jour fixe/u)).toBeVisible();

  await ada.button(ada.t('settings.nav')).click();
  await ada.button(ada.t('lock.changePassphrase')).click();
  const dialog = ada.dialog(ada.t('lock.changeTitle'));
  const next = 'ein ganz anderer Satz';
  await dialog.getByRole('textbox', { name: ada.t('lock.current'), exact: true }).fill('nicht der richtige');
  await dialog.getByRole('textbox', { name: ada.t('lock.newPassphrase'), exact: true }).fill(next);
  await dialog.getByRole('textbox', { name: ada.t('lock.newPassphraseAgain'), exact: true }).fill(next);
  await dialog.getByRole('button', { name: ada.t('lock.change'), exact: true }).click();
  await expect(dialog.getByText(ada.t('errors.vault/passphrase-wrong.what'))).toBeVisible();
  await dialog.getByRole('textbox', { name: ada.t('lock.current'), exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: ada.t('lock.change'), exact: true }).click();
  await expect(ada.page.getByText(ada.t('lock.changed'))).toBeVisible();

  // Ended as by a crash while locked: it starts locked, and only the new one opens it.
  await ada.page.keyboard.press(lockKeys);
  await isLocked(ada);
  await ada.crash();
  const reading = readKeyFile(ada.disk.vaultDir);
  if (reading?.key.protection !== 'passphrase') throw new Error('the key file is not what it should be');
  await expect(unwrapWithPassphrase(reading.key, passphrase)).rejects.toMatchObject({ code: 'vault/passphrase-wrong' });
  expect(await unwrapWithPassphrase(reading.key, next)).toHaveLength(32);
});
