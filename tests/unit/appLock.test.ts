import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LockState } from '../../common/lock';
import { AppLock } from '../../main/lock/appLock';
import { Attempts } from '../../main/lock/attempts';
import { LockCode } from '../../main/lock/lockCode';
import { lockCommands } from '../../main/lock/lockCommands';
import { LockWatch } from '../../main/lock/lockWatch';
import { passphrase, quickKdf, vaultFixture, type Fixture } from '../../main/vault/testing/vaultFixture';

const wrongPassphrase = { code: 'vault/passphrase-wrong' };
const wrongCode = { code: 'lock/code-wrong' };
const tooMany = { code: 'lock/too-many-attempts' };

/** A lock over a real vault, as after a start of the app. */
async function started(fixture: Fixture) {
  const clock = { uptime: 0 };
  const needed = { vault: false };
  const told: LockState[] = [];
  const work: string[] = [];
  const vault = fixture.manager();
  const code = new LockCode({ vault: () => vault.vault(), randomBytes, kdf: quickKdf });
  const lock: AppLock = new AppLock({
    vault,
    code,
    attempts: new Attempts({ uptime: () => clock.uptime, changed: () => lock.handleChange() }),
    keychain: () => fixture.keychain.available,
    vaultNeeded: () => needed.vault,
    changed: (state) => told.push(state),
    onLock: async () => {
      work.push(`hidden, vault ${vault.state().phase}`);
    },
    onUnlock: () => work.push('shown again'),
    report: (thrown) => {
      throw thrown;
    },
  });
  vault.onChange((state) => lock.handleVault(state));
  await vault.start();
  const commands = lockCommands({ lock, code, vault });
  /** The vault closes behind a locked door, but not at once. */
  const settled = () => expect.poll(() => vault.state().phase, { timeout: 5_000 });
  return { vault, code, lock, commands, clock, needed, told, work, settled };
}

async function created(fixture: Fixture, phrase: string | null) {
  const app = await started(fixture);
  await app.vault.create({ name: 'Ada Lovelace', contact: '', passphrase: phrase });
  return app;
}

describe('R20: locking behind a passphrase', () => {
  it('closes the vault, and only the passphrase opens both', async () => {
    const { vault, lock, work, told, settled } = await created(vaultFixture(), passphrase);
    expect(lock.state()).toMatchObject({ locked: false, secret: 'passphrase', waitMs: 0 });
    lock.lock();
    expect(lock.isLocked()).toBe(true);
    await settled().toBe('locked');
    expect(work).toEqual(['hidden, vault open']);
    expect(() => vault.vault()).toThrow('vault/locked');
    await expect(lock.unlock('not the right one')).rejects.toMatchObject(wrongPassphrase);
    await expect(lock.unlock('')).rejects.toMatchObject(wrongPassphrase);
    expect(lock.isLocked()).toBe(true);
    await lock.unlock(passphrase);
    expect(vault.vault().profile.get().name).toBe('Ada Lovelace');
    expect(work).toEqual(['hidden, vault open', 'shown again']);
    expect(told.at(-1)).toMatchObject({ locked: false });
  });

  it('leaves the vault open while a meeting needs it, asks for the passphrase all the same, and closes it after that', async () => {
    const { vault, lock, needed, settled } = await created(vaultFixture(), passphrase);
    needed.vault = true;
    lock.lock();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    lock.rest();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(vault.state().phase).toBe('open');
    await expect(lock.unlock('not the right one')).rejects.toMatchObject(wrongPassphrase);
    expect(vault.state().phase).toBe('open');
    await lock.unlock(passphrase);
    expect(lock.isLocked()).toBe(false);
    lock.lock();
    needed.vault = false;
    lock.rest();
    await settled().toBe('locked');
    await lock.unlock(passphrase);
    expect([vault.state().phase, lock.isLocked()]).toEqual(['open', false]);
  });

  it('takes the passphrase while the vault is closing', async () => {
    const { vault, lock } = await created(vaultFixture(), passphrase);
    for (let round = 0; round < 5; round += 1) {
      lock.lock();
      for (let turn = 0; turn < round; turn += 1) await Promise.resolve();
      await lock.unlock(passphrase);
      expect([vault.state().phase, lock.isLocked()]).toEqual(['open', false]);
    }
  });

  it('makes guessing slow: one try at a time, and after three wrong ones a wait that grows', async () => {
    const { lock, clock, needed } = await created(vaultFixture(), passphrase);
    needed.vault = true;
    lock.lock();
    // All at once, as no person types: the fourth is not even tried.
    const guesses = await Promise.allSettled(['a', 'b', 'c', 'd', passphrase].map((guess) => lock.unlock(guess)));
    expect(guesses.map((one) => (one.status === 'rejected' ? one.reason.code : 'opened'))).toEqual([
      ...[wrongPassphrase, wrongPassphrase, wrongPassphrase, tooMany, tooMany].map(({ code }) => code),
    ]);
    for (const wait of [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) {
      expect(lock.state().waitMs).toBe(wait);
      clock.uptime += wait - 1;
      await expect(lock.unlock(passphrase)).rejects.toMatchObject(tooMany);
      clock.uptime += 1;
      await expect(lock.unlock('e')).rejects.toMatchObject(wrongPassphrase);
    }
    clock.uptime += 300_000;
    await lock.unlock(passphrase);
    expect(lock.state()).toMatchObject({ locked: false, waitMs: 0 });
    lock.lock();
    await expect(lock.unlock('f')).rejects.toMatchObject(wrongPassphrase);
    expect(lock.state().waitMs).toBe(0);
  });

  it('slows the first start, and asking what protects the vault, down as well', async () => {
    const fixture = vaultFixture();
    const first = await created(fixture, passphrase);
    const change = { current: 'g', passphrase: 'an even better horse' };
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(first.commands['lock.protect'](change)).rejects.toMatchObject(wrongPassphrase);
      // What opens nothing ends no count.
      await first.commands['lock.unlock']({ secret: '' });
    }
    await expect(first.commands['lock.protect']({ ...change, current: passphrase })).rejects.toMatchObject(tooMany);
    await first.vault.close();
    const second = await started(fixture);
    expect(second.lock.state()).toMatchObject({ locked: false, secret: 'passphrase' });
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(second.lock.unlock('g')).rejects.toMatchObject(wrongPassphrase);
    }
    await expect(second.lock.unlock(passphrase)).rejects.toMatchObject(tooMany);
  });
});

describe('R20: locking where the keychain keeps the key', () => {
  it('is not possible without something that opens it again', async () => {
    const { vault, lock, commands } = await created(vaultFixture(), null);
    expect(lock.state().secret).toBeNull();
    expect(() => lock.lock()).toThrow('lock/nothing-opens');
    lock.lockIfPossible();
    expect(lock.isLocked()).toBe(false);
    await expect(commands['lock.setCode']({ current: null, code: '12345' })).rejects.toMatchObject({
      code: 'lock/code-weak',
    });
    await commands['lock.setCode']({ current: null, code: '123456' });
    lock.lock();
    await expect(lock.unlock('123457')).rejects.toMatchObject(wrongCode);
    await lock.unlock('123456');
    expect([vault.state().phase, lock.isLocked()]).toEqual(['open', false]);
  });

  it('starts locked once there is a code, which only the code changes or removes', async () => {
    const fixture = vaultFixture();
    const first = await created(fixture, null);
    await first.commands['lock.setCode']({ current: null, code: 'türschloss' });
    for (const current of [null, '', 'tuerschloss']) {
      await expect(first.commands['lock.setCode']({ current, code: null })).rejects.toMatchObject(wrongCode);
      first.clock.uptime += 300_000;
    }
    await first.vault.close();

    const second = await started(fixture);
    expect(second.vault.state().phase).toBe('open');
    // Told before anybody hears that the vault is open.
    expect(second.told[0]).toMatchObject({ locked: true, secret: 'code' });
    expect(second.lock.isLocked()).toBe(true);
    await second.lock.unlock('tu\u0308rschloss');
    await second.commands['lock.setCode']({ current: 'türschloss', code: null });
    await second.vault.close();
    expect((await started(fixture)).lock.isLocked()).toBe(false);
  });

  it('moves to a passphrase, which takes the place of the code, and back', async () => {
    const { vault, lock, code, commands, settled } = await created(vaultFixture(), null);
    await commands['lock.setCode']({ current: null, code: '123456' });
    await expect(commands['lock.protect']({ current: null, passphrase })).rejects.toMatchObject(wrongCode);
    await commands['lock.protect']({ current: '123456', passphrase });
    expect([lock.isLocked(), lock.state().secret, code.isSet()]).toEqual([false, 'passphrase', false]);
    // A code beside a passphrase would be a way around it.
    await expect(commands['lock.setCode']({ current: passphrase, code: '123456' })).rejects.toMatchObject({
      code: 'lock/nothing-opens',
    });
    lock.lock();
    await settled().toBe('locked');
    await expect(lock.unlock('123456')).rejects.toMatchObject(wrongPassphrase);
    await lock.unlock(passphrase);
    await commands['lock.protect']({ current: passphrase, passphrase: null });
    expect([vault.state(), lock.state().secret]).toEqual([{ phase: 'open', protection: 'keychain' }, null]);
  });
});

it('R4: a question that came and went behind the lock is told of afterwards, one that is still open is not', async () => {
  const { lock, needed } = await created(vaultFixture(), passphrase);
  needed.vault = true;
  lock.handleQuestion(true);
  lock.lock();
  expect(await lock.unlock(passphrase)).toEqual({ missedQuestion: false });
  lock.lock();
  lock.handleQuestion(false);
  expect(await lock.unlock(passphrase)).toEqual({ missedQuestion: true });
  lock.lock();
  expect(await lock.unlock(passphrase)).toEqual({ missedQuestion: false });
});

describe('R20: the watch', () => {
  function watching(minutes: 0 | 1 | 5 = 5) {
    const handlers = new Map<string, () => void>();
    const now = { idleSeconds: 0, uptime: 0, busy: false, minutes };
    const calls: string[] = [];
    const watch = new LockWatch({
      monitor: {
        getSystemIdleTime: () => now.idleSeconds,
        on: (event, handler) => handlers.set(event, handler),
      },
      minutes: () => now.minutes,
      isBusy: () => now.busy,
      lock: () => calls.push('lock'),
      rest: () => {},
      uptime: () => now.uptime,
    });
    return { handlers, now, calls, watch };
  }

  it('locks when nobody was there for so long, and neither before nor when it is switched off', () => {
    const { now, calls, watch } = watching();
    now.uptime = 10_000_000;
    now.idleSeconds = 299;
    watch.look();
    expect(calls).toEqual([]);
    now.idleSeconds = 300;
    watch.look();
    expect(calls).toEqual(['lock']);
    now.minutes = 0;
    watch.look();
    now.minutes = 5;
    now.busy = true;
    watch.look();
    expect(calls).toEqual(['lock']);
  });

  it('counts from unlocking, whatever the system says of keys and mouse', () => {
    const { now, calls, watch } = watching();
    now.uptime = 10_000_000;
    now.idleSeconds = 100_000;
    watch.handleUnlocked();
    now.uptime += 299_000;
    watch.look();
    expect(calls).toEqual([]);
    now.uptime += 1_000;
    watch.look();
    expect(calls).toEqual(['lock']);
  });

  it('locks when the computer goes to sleep or its screen is locked, meeting or not', () => {
    const { handlers, now, calls } = watching(0);
    now.busy = true;
    for (const event of ['suspend', 'lock-screen']) handlers.get(event)?.();
    expect(calls).toEqual(['lock', 'lock']);
  });
});
