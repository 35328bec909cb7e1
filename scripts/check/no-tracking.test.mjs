import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkNoTracking } from './no-tracking.mjs';

/** @type {string | undefined} */
let root;
afterEach(() => root && rmSync(root, { recursive: true, force: true }));

/** @param {string} code @param {string[]} [packages] */
function check(code, packages = []) {
  root = mkdtempSync(join(tmpdir(), 'konklave-tracking-'));
  mkdirSync(join(root, 'renderer'));
  writeFileSync(join(root, 'renderer', 'a.ts'), code);
  const entries = packages.map((name) => [`node_modules/x/node_modules/${name}`, {}]);
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: Object.fromEntries(entries) }));
  return checkNoTracking(root);
}

describe('R15, R16: the search for tracking', () => {
  it('finds none in innocent code', () => {
    const code = "const focusTrap = 1; const trackEnded = 2; const notice = 'There is no emotion analysis here.';";
    expect(check(code, ['react', '@opentelemetry/api'])).toEqual([]);
  });
  it.each([
    'const attentionScore = 1;',
    'class EmotionDetector {}',
    "load('face_blendshapes');",
    'const x = { engagement_level: 1 };',
    'function trackGaze() { return gazeTracker; }',
    'crashReporter.start({});',
    "navigator.sendBeacon('https://example.org');",
  ])('finds %s', (code) => {
    expect(check(code)).toHaveLength(1);
  });
  it.each(['https://o1.ingest.sentry.io/api', 'www.google-analytics.com', 'us.i.posthog.com', 'update.electronjs.org'])(
    'finds %s in what was built',
    (host) => {
      check('');
      mkdirSync(join(root ?? '', 'out', 'main'), { recursive: true });
      writeFileSync(join(root ?? '', 'out', 'main', 'index.js'), `const a="https://github.com/x",b="${host}";`);
      expect(checkNoTracking(root)).toHaveLength(1);
    },
  );
  it.each(['@sentry/electron', 'posthog-js', 'mixpanel', 'universal-analytics', 'electron-updater'])(
    'finds the package %s',
    (name) => {
      expect(check('', [name])).toEqual([`package-lock.json: ${name} is telemetry (R16)`]);
    },
  );
});
