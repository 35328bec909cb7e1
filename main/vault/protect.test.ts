import { randomBytes } from 'node:crypto';
import type * as fs from 'node:fs';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { namesIn } from './files';
import { keyFileNames, writeKeyFile } from './keyFile';
import { wrapWithPassphrase } from './keyring';
import { passphrase, quickKdf, vaultFixture, type Fixture } from './testing/vaultFixture';

/** From which call on that changes the disk the process is as if killed: that one and all that follow do nothing. */
const kill = vi.hoisted(() => ({ after: Infinity, calls: 0 }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const killable = Object.fromEntries(
    (['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync'] as const).map((name) => [
      name,
      (...given: unknown[]) => {
        kill.calls += 1;
        if (kill.calls > kill.after) throw new Error('killed');
        return (real[name] as (...given: unknown[]) => unknown)(...given);
      },
    ]),
  );
  return { ...real, ...killable };
});
afterEach(() => {
  kill.after = Infinity;
});

const next = 'an even better horse';
const wrong = { code: 'vault/passphrase-wrong' };

async function behind(phrase: string | null, fixture: Fixture = vaultFixture()) {
  const manager = fixture.manager();
  await manager.start();
  await manager.create({ name: 'Ada Lovelace', contact: '', passphrase: phrase });
  return { fixture, manager };
}

/** Whether a new start opens with this: a passphrase, or the keychain (null). */
async function opens(fixture: Fixture, phrase: string | null): Promise<boolean> {
  const manager = fixture.manager();
  await manager.start();
  const byItself = manager.state().phase === 'open';
  if (phrase !== null && !byItself) await manager.unlock(phrase).catch(() => undefined);
  const isOpen = phrase === null ? byItself : !byItself && manager.state().phase === 'open';
  if (isOpen) expect(manager.vault().profile.get().name).toBe('Ada Lovelace');
  await manager.close();
  return isOpen;
}

describe('R20: what protects the key', () => {
  test('is another passphrase after a change, in every file, and the old one opens nothing', async () => {
    const { fixture, manager } = await behind(passphrase);
    await expect(manager.protect({ current: 'not the right one', passphrase: next })).rejects.toMatchObject(wrong);
    await expect(manager.protect({ current: null, passphrase: next })).rejects.toMatchObject(wrong);
    await expect(manager.protect({ current: passphrase, passphrase: 'ninechars' })).rejects.toMatchObject({
      code: 'vault/passphrase-weak',
    });
    await manager.confirm(passphrase);
    await manager.protect({ current: passphrase, passphrase: next });
    await expect(manager.confirm(passphrase)).rejects.toMatchObject(wrong);
    await manager.confirm(next);
    await manager.close();
    expect(await opens(fixture, passphrase)).toBe(false);
    expect(await opens(fixture, next)).toBe(true);
    // Either of the two files alone, too.
    for (const name of keyFileNames) {
      const kept = readFileSync(join(fixture.folder, name));
      rmSync(join(fixture.folder, name));
      expect(await opens(fixture, passphrase)).toBe(false);
      expect(await opens(fixture, next)).toBe(true);
      expect(readFileSync(join(fixture.folder, name))).toEqual(kept);
    }
  });

  test('moves from the keychain to a passphrase and back; the backups are read as before', async () => {
    const { fixture, manager } = await behind(null);
    fixture.clock.now += 3_600_000;
    manager.vault().people.met({ identityKey: 'k', name: 'Bob', at: 1 });
    manager.maintain();
    await manager.protect({ current: null, passphrase });
    expect(manager.state()).toEqual({ phase: 'open', protection: 'passphrase' });
    fixture.keychain.available = false;
    await expect(manager.protect({ current: passphrase, passphrase: null })).rejects.toMatchObject({
      code: 'vault/keychain-refused',
    });
    await manager.confirm(passphrase);
    await manager.close();
    rmSync(join(fixture.folder, 'vault.db'));
    await manager.start();
    await manager.unlock(passphrase);
    const state = manager.state();
    if (state.phase !== 'damaged') throw new Error(`The phase is ${state.phase}`);
    await manager.restore(state.backups[0]!.id);
    expect(manager.vault().people.nameOf('k')).toBe('Bob');
    fixture.keychain.available = true;
    await manager.protect({ current: passphrase, passphrase: null });
    await manager.close();
    expect(await opens(fixture, null)).toBe(true);
  });

  test('stays what it was where the keychain does not give back what it took', async () => {
    const { fixture, manager } = await behind(passphrase);
    const { open } = fixture.keychain;
    fixture.keychain.open = () => 'something else';
    await expect(manager.protect({ current: passphrase, passphrase: null })).rejects.toMatchObject({
      code: 'vault/keychain-refused',
    });
    fixture.keychain.open = open;
    expect(manager.state()).toEqual({ phase: 'open', protection: 'passphrase' });
    await manager.close();
    expect(await opens(fixture, passphrase)).toBe(true);
  });

  test.each(keyFileNames)('stays what it was where the disk takes the other file and not %s', async (name) => {
    const { fixture, manager } = await behind(passphrase);
    const obstacle = join(fixture.folder, `${name}.tmp`);
    mkdirSync(obstacle);
    await expect(manager.protect({ current: passphrase, passphrase: next })).rejects.toThrow();
    rmSync(obstacle, { recursive: true, force: true });
    await manager.confirm(passphrase);
    await manager.close();
    expect(await opens(fixture, passphrase)).toBe(true);
    // The twin follows what is in force.
    rmSync(join(fixture.folder, 'key.json'));
    expect(await opens(fixture, next)).toBe(false);
    expect(await opens(fixture, passphrase)).toBe(true);
  });

  test('is not taken from a key file that somebody put in the place of the right one', async () => {
    const { fixture, manager } = await behind(passphrase);
    copyFileSync(join(fixture.folder, 'key.json'), join(fixture.folder, 'kept'));
    writeKeyFile(
      fixture.folder,
      await wrapWithPassphrase(randomBytes(32), 'the thief chose it', quickKdf, randomBytes),
    );
    await expect(manager.confirm('the thief chose it')).rejects.toMatchObject(wrong);
    const change = { current: 'the thief chose it', passphrase: next };
    await expect(manager.protect(change)).rejects.toMatchObject(wrong);
    for (const name of keyFileNames) copyFileSync(join(fixture.folder, 'kept'), join(fixture.folder, name));
    await manager.confirm(passphrase);
  });

  test.each([
    ['from one passphrase to another', passphrase, next],
    ['from the keychain to a passphrase', null, next],
    ['from a passphrase to the keychain', passphrase, null],
  ])(
    'survives kill -9 at every step %s: one of the two opens it, and nothing is left over',
    async (_, before, after) => {
      const outcomes: string[] = [];
      for (let step = 0; ; step += 1) {
        const { fixture, manager } = await behind(before);
        kill.calls = 0;
        kill.after = step;
        const survived = await manager.protect({ current: before, passphrase: after }).then(
          () => true,
          () => false,
        );
        kill.after = Infinity;
        const [old, changed] = [await opens(fixture, before), await opens(fixture, after)];
        if (survived) {
          expect([old, changed]).toEqual([false, true]);
          break;
        }
        expect([old, changed].filter(Boolean), `killed at ${step}`).toHaveLength(1);
        outcomes.push(old ? 'old' : 'new');
        // Opening it made the twin the same again, and no half file stays.
        const [one, twin] = keyFileNames.map((name) => readFileSync(join(fixture.folder, name), 'utf8'));
        expect(one).toBe(twin);
        expect(namesIn(fixture.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
        await manager.close();
      }
      expect(outcomes.length).toBeGreaterThan(8);
      expect(outcomes.join(' ')).toMatch(/^(old )+new( new)*$/);
    },
  );
});

test('what is not open cannot be protected otherwise', async () => {
  const { manager } = await behind(passphrase);
  await manager.close();
  const locked = { code: 'vault/locked' };
  await expect(manager.protect({ current: passphrase, passphrase: next })).rejects.toMatchObject(locked);
  await expect(manager.confirm(passphrase)).rejects.toMatchObject(locked);
});
