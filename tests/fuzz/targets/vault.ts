import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createVaultManager } from '../../../main/vault/vaultManager';
import { mutateBytes } from '../generate/mutate';
import { allowedLater, Broken, type Target } from '../target';

const folder = mkdtempSync(join(tmpdir(), 'konklave-fuzz-vault-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A keychain that seals nothing: what is damaged here is the vault. */
const keychain = {
  isAvailable: () => true,
  seal: (text: string) => Buffer.from(text, 'utf8'),
  open: (sealed: Buffer) => sealed.toString('utf8'),
};
const manager = () => createVaultManager({ folder, keychain, now: () => 1_800_000_000_000, randomBytes });

/** The files of a sound vault, made once. */
const sound = new Map<string, Buffer>();

async function makeSound(): Promise<void> {
  if (sound.size > 0) return;
  const first = manager();
  await first.start();
  await first.create({ name: 'Anna', contact: '', passphrase: null });
  first.vault().meetings.start({
    ...{ meetingId: 'M'.repeat(22), title: 'Budget', role: 'host', hostName: 'Anna', hostKey: 'k', startedAt: 1 },
  });
  await first.close();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) sound.set(relative(folder, path), readFileSync(path));
  }
}

/** Opens the folder as the app does at its start, and takes the offer of a backup when there is one. */
async function open(): Promise<boolean> {
  const opened = manager();
  try {
    await opened.start();
    let state = opened.state();
    const backup = state.phase === 'damaged' ? state.backups[0] : undefined;
    if (backup !== undefined) {
      await allowedLater(
        () => opened.restore(backup.id),
        () => false,
      );
      state = opened.state();
    }
    if (state.phase === 'new') throw new Broken('a damaged vault looks like none');
    if (state.phase !== 'open') return false;
    opened.vault().people.list();
    return opened.vault().meetings.recent(10).length > 0;
  } finally {
    await opened.close();
  }
}

interface Damage {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export const vaultTargets: readonly Target[] = [
  {
    ...{ name: 'damaged vault', covers: [], schemas: [], cost: 400 },
    prepare: makeSound,
    make: (random): Damage => {
      const file = random.pick([...sound.keys()]);
      return { file, bytes: mutateBytes(sound.get(file) ?? Buffer.alloc(0), random) };
    },
    run: async (input) => {
      const { file, bytes } = input as Damage;
      rmSync(folder, { recursive: true, force: true });
      for (const [path, content] of sound) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), path === file ? bytes : content);
      }
      return (await allowedLater(open, () => false)) ?? false;
    },
  },
];
