import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { wipeWords } from '../../common/backup';
import { WipeService } from './wipeService';
import { beginWipe, finishWipe, isWipePending } from './wipeProfile';

/** A home with a profile in it, as a used app leaves one. */
function home() {
  const root = mkdtempSync(join(tmpdir(), 'wipe-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const userData = join(root, 'config', 'Konklave');
  const put = (name: string, text = name) => {
    mkdirSync(join(userData, name, '..'), { recursive: true });
    writeFileSync(join(userData, name), text);
  };
  put('vault/key.json', 'the wrapped key');
  put('vault/key.copy.json', 'the wrapped key');
  put('vault/vault.db');
  put('vault/backups/backup-1.db');
  put('vault/recordings/a.sealed');
  put('vault/vault.damaged-1/key.json');
  put('vault.replaced/key.json');
  put('vault.damaged/key.json');
  put('preferences.json');
  put('Local Storage/leveldb/1.log');
  put('Cache/data');
  put('Crashpad/reports/1.dmp');
  put('SingletonLock');
  mkdirSync(join(root, 'Documents'));
  writeFileSync(join(root, 'Documents', 'export.webm'), 'mine');
  mkdirSync(join(root, 'logs'));
  writeFileSync(join(root, 'logs', 'main.log'), 'log');
  const places = {
    userData,
    others: [join(root, 'logs')],
    persons: [root, join(root, 'Documents'), join(root, 'config')],
  };
  return { root, userData, places, put };
}

describe('R22: deleting everything', () => {
  test('destroys the keys before anything else, and leaves them in no file', () => {
    const { userData } = home();
    beginWipe(userData);
    expect(isWipePending(userData)).toBe(true);
    expect(readdirSync(join(userData, 'vault')).sort()).toEqual([
      'backups',
      'recordings',
      'vault.damaged-1',
      'vault.db',
    ]);
    for (const name of ['vault/vault.damaged-1', 'vault.replaced', 'vault.damaged']) {
      expect(readdirSync(join(userData, name))).toEqual([]);
    }
    // The rest waits for a process that has nothing open.
    expect(existsSync(join(userData, 'preferences.json'))).toBe(true);
  });

  test('empties the profile at the next start, logs elsewhere too, and touches nothing of the person’s', () => {
    const { root, userData, places } = home();
    beginWipe(userData);
    expect(finishWipe(places)).toBe(true);
    expect(readdirSync(userData)).toEqual(['SingletonLock']);
    expect(existsSync(join(root, 'logs'))).toBe(false);
    expect(readFileSync(join(root, 'Documents', 'export.webm'), 'utf8')).toBe('mine');
  });

  test('is finished after a kill at any moment', () => {
    for (const done of [
      [],
      ['vault/key.json'],
      ['vault/key.json', 'vault/key.copy.json', 'vault'],
      ['vault', 'preferences.json', 'Cache'],
    ]) {
      const { userData, places } = home();
      writeFileSync(join(userData, 'delete-everything'), '');
      for (const name of done) rmSync(join(userData, name), { recursive: true, force: true });
      expect(finishWipe(places)).toBe(true);
      expect(readdirSync(userData)).toEqual(['SingletonLock']);
      expect(isWipePending(userData)).toBe(false);
    }
  });

  test('is not stopped by something else in the place of a key file', () => {
    const { userData, places } = home();
    beginWipe(userData);
    mkdirSync(join(userData, 'vault', 'key.json'));
    expect(finishWipe(places)).toBe(true);
    expect(readdirSync(userData)).toEqual(['SingletonLock']);
  });

  test('does nothing without the marker', () => {
    const { userData, places } = home();
    const before = readdirSync(userData);
    expect(finishWipe(places)).toBe(true);
    expect(readdirSync(userData)).toEqual(before);
  });

  test('of a data folder that holds the person’s own takes only what is certainly ours', () => {
    const { root, userData, places, put } = home();
    put('Documents/letter.txt');
    put('own.txt');
    beginWipe(userData);
    expect(finishWipe({ ...places, persons: [join(userData, 'Documents')], others: [root] })).toBe(true);
    expect(readdirSync(userData).sort()).toEqual([
      ...['Cache', 'Crashpad', 'Documents', 'Local Storage', 'SingletonLock', 'own.txt'],
    ]);
  });

  test('removes a link and not what it leads to', () => {
    const { root, userData, places } = home();
    symlinkSync(join(root, 'Documents'), join(userData, 'linked'));
    beginWipe(userData);
    finishWipe(places);
    expect(existsSync(join(root, 'Documents', 'export.webm'))).toBe(true);
    expect(readdirSync(userData)).toEqual(['SingletonLock']);
  });
});

describe('asking for it', () => {
  const service = (busy: boolean) => {
    const { userData } = home();
    const said: string[] = [];
    const wipe = new WipeService({
      vault: { close: async () => void said.push('closed'), start: async () => void said.push('started') },
      ...{ userData, here: () => null, isBusy: () => busy, log: { info: () => undefined } },
      restart: () => void said.push(isWipePending(userData) ? 'restarted with the marker' : 'restarted'),
    });
    return { wipe, said, userData };
  };

  test('needs the word of the language, and no meeting', async () => {
    const { wipe, said, userData } = service(false);
    for (const typed of ['', 'DELET', wipeWords.de]) {
      await expect(wipe.run(typed, 'en')).rejects.toMatchObject({ code: 'wipe/not-confirmed' });
    }
    const during = service(true);
    await expect(during.wipe.run(wipeWords.en, 'en')).rejects.toMatchObject({ code: 'session/busy' });
    expect([...said, ...during.said]).toEqual([]);
    expect(existsSync(join(userData, 'vault', 'key.json'))).toBe(true);
    await wipe.run(' löschen ', 'de');
    expect(said).toEqual(['closed', 'restarted with the marker']);
  });

  test('says how much there is', () => {
    const { wipe } = service(false);
    const { bytes, here } = wipe.preview();
    expect(bytes).toBeGreaterThan(40);
    expect(here).toBeNull();
  });

  test('when nothing can be written, everything stays and the vault opens again', async () => {
    const { wipe, said, userData } = service(false);
    rmSync(userData, { recursive: true });
    await expect(wipe.run(wipeWords.en, 'en')).rejects.toMatchObject({ code: 'wipe/not-done' });
    expect(said).toEqual(['closed', 'started']);
  });
});
