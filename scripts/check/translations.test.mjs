import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkTranslations } from './translations.mjs';

const EN = { title: 'Room', people_one: '{{count}} person', people_other: '{{count}} people', error: { full: 'Full' } };
const DE = {
  title: 'Raum',
  people_one: '{{count}} Person',
  people_other: '{{count}} Personen',
  error: { full: 'Voll' },
};
const CODE =
  "export const View = () => <p title={t('room.title')}>{t(`room.error.${code}`)}{t('room.people', { count })}</p>;";

/** @type {string[]} */
const roots = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

/** @param {unknown} en @param {unknown} de @param {string} [code] */
function check(en, de, code = CODE) {
  const root = mkdtempSync(join(tmpdir(), 'konklave-texts-'));
  roots.push(root);
  const files = { en: JSON.stringify(en), de: JSON.stringify(de) };
  for (const [language, content] of Object.entries(files)) {
    const file = join(root, 'renderer', 'locales', language, 'room.json');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  writeFileSync(join(root, 'renderer', 'View.tsx'), code);
  return checkTranslations(root);
}

describe('the translations check', () => {
  it('is content when all is there', () => {
    expect(check(EN, DE)).toEqual([]);
  });
  it('finds a text missing in one language', () => {
    expect(check(EN, { ...DE, title: undefined })).toEqual([expect.stringContaining('de: room.title is missing')]);
  });
  it('finds a nested one', () => {
    expect(check(EN, { ...DE, error: {} })).toEqual([expect.stringContaining('de: room.error.full is missing')]);
  });
  it('finds a plural form the language has', () => {
    expect(check(EN, { ...DE, people_one: undefined })).toEqual(['de: room.people_one is missing']);
  });
  it('finds other variables', () => {
    expect(check(EN, { ...DE, people_one: '{{anzahl}} Person' })).toHaveLength(1);
  });
  it('finds other tags', () => {
    expect(check({ ...EN, title: '<b>Room</b>' }, DE)).toHaveLength(1);
  });
  it('finds an empty text', () => {
    expect(check(EN, { ...DE, title: ' ' })).toEqual(['de: room.title is empty']);
  });
  it('finds a key without a text', () => {
    expect(check(EN, DE, `${CODE}\nt('nowhere');`)).toEqual(['renderer/View.tsx:2: no text for nowhere']);
    expect(check(EN, DE, `${CODE}\nexport const Other = () => <Trans i18nKey="nowhere" />;`)).toHaveLength(1);
  });
  it('finds a composed key without texts', () => {
    expect(check(EN, DE, `${CODE}\nt(\`role.\${role}\`);`)).toEqual([
      'renderer/View.tsx:2: no text matches ^role\\..+$',
    ]);
  });
  it('finds a text that nothing uses', () => {
    expect(check({ ...EN, old: 'Old' }, { ...DE, old: 'Alt' })).toEqual(['room.old is a text that nothing uses']);
  });
});
