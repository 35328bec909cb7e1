import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capture } from '../setup/command.mjs';
import { fromRoot } from '../setup/paths.mjs';

/** Imports that must be refused: the importing file, and what it imports. @type {[string, string][]} */
const FORBIDDEN = [
  ['common/meeting/a.ts', '../../main/vault/open'],
  ['common/b.ts', '../renderer/stores/session'],
  ['common/c.ts', '../preload/bridge'],
  ['common/d.ts', 'node:fs'],
  ['common/e.ts', 'crypto'],
  ['common/f.ts', 'electron'],
  ['common/g.ts', 'react'],
  ['preload/a.ts', '../main/app/log'],
  ['preload/b.ts', '../renderer/stores/session'],
  ['preload/c.ts', 'node:fs'],
  ['renderer/features/a.ts', '../../main/vault/open'],
  ['renderer/features/b.ts', 'electron'],
  ['renderer/features/c.ts', 'simple-peer'],
  ['renderer/features/d.ts', 'simple-peer/simplepeer.min.js'],
  ['renderer/features/e.ts', 'node:path'],
  ['renderer/media/a.ts', '../../main/vault/open'],
  ['renderer/media/b.ts', 'react'],
  ['renderer/media/c.ts', '../features/room'],
  ['renderer/stores/a.ts', '../ui/Button'],
  ['renderer/stores/b.ts', 'simple-peer'],
  ['renderer/stores/c.ts', '../../preload/bridge'],
  ['renderer/ui/a.ts', '../stores/session'],
  ['renderer/ui/b.ts', '../../main/app/log'],
  ['main/index.ts', '../renderer/stores/session'],
  ['main/index.ts', 'simple-peer'],
  ['main/app/a.ts', '../vault/open'],
  ['main/ipc/a.ts', '../sessions/host'],
  ['main/app/b.ts', '../../renderer/stores/session'],
  ['main/vault/a.ts', '../sessions/host'],
  ['main/vault/b.ts', '../recording/sink'],
  ['main/vault/sub/c.ts', '../../privacy/retention'],
  ['main/vault/d.ts', '../app/window'],
  ['main/vault/e.ts', '../index'],
  ['main/sessions/a.ts', '../recording/sink'],
  ['main/recording/a.ts', '../sessions/host'],
  ['main/privacy/a.ts', '../../preload/bridge'],
  ['main/privacy/b.ts', '../app/window'],
  ['main/privacy/c.ts', '../ipc/registrar'],
];

/** Imports that the house needs; `type X` implements a port without wiring it. @type {[string, string][]} */
const ALLOWED = [
  ['common/meeting/z.ts', '../errors'],
  ['common/meeting/y.ts', 'zod'],
  ['common/meeting/y.test.ts', 'node:fs'],
  ['preload/z.ts', '../common/errors'],
  ['preload/y.ts', 'electron'],
  ['renderer/features/z.ts', '../../common/recording/models'],
  ['renderer/features/y.ts', '../stores/session'],
  ['renderer/features/x.ts', 'react'],
  ['renderer/media/z.ts', 'simple-peer/simplepeer.min.js'],
  ['main/index.ts', './vault/open'],
  ['main/index.ts', './sessions/host'],
  ['main/vault/z.ts', '../../common/recording/models'],
  ['main/vault/y.ts', '../app/log'],
  ['main/vault/x.ts', 'node:fs'],
  ['main/sessions/z.ts', '../vault/open'],
  ['main/recording/z.ts', '../vault/open'],
  ['main/recording/y.ts', '../../common/protocol/bodies'],
  ['main/privacy/z.ts', '../vault/open'],
  ['main/ipc/z.ts', '../app/log'],
  ['main/app/z.ts', 'type ../vault/keychainPort'],
];

const key = (/** @type {string} */ file, /** @type {number} */ line) => `${file}:${line}`;

describe('the layers', () => {
  /** @type {string} */
  let folder;
  /** @type {Set<string>} file:line of each complaint */
  let refused;
  /** @type {Map<string, string[]>} */
  const files = new Map();
  const lineOf = new Map();
  for (const [file, target] of [...FORBIDDEN, ...ALLOWED]) {
    const lines = files.get(file) ?? [];
    const isType = target.startsWith('type ');
    lines.push(isType ? `import type { X } from '${target.slice(5)}';` : `import '${target}';`);
    files.set(file, lines);
    lineOf.set(`${file} -> ${target}`, lines.length);
  }
  files.set('common/cycle/a.ts', ["import { b } from './b';", 'export const a = (): number => b();']);
  files.set('common/cycle/b.ts', ["import { a } from './a';", 'export const b = (): number => a();']);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'konklave-layers-'));
    for (const [file, lines] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
    }
    const config = fromRoot('.oxlintrc.layers.json');
    const tool = fromRoot('node_modules', 'oxlint', 'bin', 'oxlint');
    copyFileSync(config, join(folder, 'rules.json'));
    const { stdout } = capture(process.execPath, [tool, '-c', 'rules.json', '-f', 'json', '.'], { cwd: folder });
    const { diagnostics } = JSON.parse(stdout);
    refused = new Set(diagnostics.map((/** @type {any} */ one) => key(one.filename, one.labels[0].span.line)));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('refuse %s -> %s', (file, target) => {
    expect(refused).toContain(key(file, lineOf.get(`${file} -> ${target}`)));
  });
  it.each(ALLOWED)('allow %s -> %s', (file, target) => {
    expect(refused).not.toContain(key(file, lineOf.get(`${file} -> ${target}`)));
  });
  it('refuse circles', () => {
    expect([...refused].some((place) => place.startsWith('common/cycle/'))).toBe(true);
  });
});
