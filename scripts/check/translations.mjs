// Checks that every text exists in every language, with the plural forms that language has and the same variables and
// tags, that each key the code asks for exists, and that no text is left over. Keys are written in full: t('room.title') is
// `title` in room.json.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { placeOf, readSources, report, walk } from './sources.mjs';

const LOCALES = join('renderer', 'locales');
const PLURAL = /^(.+?)(_ordinal)?_(zero|one|two|few|many|other)$/u;

/**
 * @typedef {Map<string, string>} Texts key, as `file.group.key`, to text
 * @typedef {object} Used
 * @property {Map<string, string>} keys literal keys asked for, with their place
 * @property {Map<string, string>} patterns composed keys asked for, as regular expressions, with their place
 * @property {Set<string>} mentioned all literals: a key may be kept in a table
 * @property {Set<string>} mentionedPatterns all templates that may compose a key
 */

/**
 * @param {unknown} value
 * @param {string} key
 * @param {Texts} into
 */
function flatten(value, key, into) {
  if (typeof value === 'string') into.set(key, value);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, child] of Object.entries(value)) flatten(child, `${key}.${name}`, into);
  } else throw new Error(`${key} is neither a text nor a group of texts`);
}

/**
 * @param {string} root
 * @returns {Map<string, Texts>} by language
 */
function readTexts(root) {
  const folder = join(root, LOCALES);
  const languages = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return new Map(
    languages.map(({ name: language }) => {
      /** @type {Texts} */
      const texts = new Map();
      for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'))) {
        const content = JSON.parse(readFileSync(join(folder, language, file), 'utf8'));
        flatten(content, file.replace(/\.json$/u, ''), texts);
      }
      return [language, texts];
    }),
  );
}

/**
 * @param {string} key
 * @param {Texts} texts
 * @returns {string} the key without the suffix of a plural form
 */
function baseOf(key, texts) {
  const match = PLURAL.exec(key);
  if (!match) return key;
  const base = `${match[1]}${match[2] ?? ''}`;
  return texts.has(`${base}_other`) ? base : key;
}

/** @param {Texts} texts @returns {Map<string, string[]>} base key to its forms' suffixes, [''] for a text without plural */
function formsOf(texts) {
  /** @type {Map<string, string[]>} */
  const forms = new Map();
  for (const key of texts.keys()) {
    const base = baseOf(key, texts);
    const suffixes = forms.get(base) ?? [];
    suffixes.push(key.slice(base.length));
    forms.set(base, suffixes);
  }
  return forms;
}

/** @param {string} text @returns {string[]} its {{variables}} and <tags> */
const placeholdersIn = (text) =>
  [...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}|<\/?(\w+)\s*\/?>/gu)].map(([, name, tag]) => name ?? `<${tag}>`);

/**
 * @param {Texts} texts
 * @param {string} base
 * @param {string[]} suffixes
 */
const placeholdersOf = (texts, base, suffixes) =>
  [...new Set(suffixes.flatMap((suffix) => placeholdersIn(texts.get(base + suffix) ?? '')))].toSorted().join(' ');

/**
 * @param {string} language
 * @param {string} base
 * @param {string[]} suffixes
 */
function missingForms(language, base, suffixes) {
  if (suffixes.length === 1 && suffixes[0] === '') return [];
  const type = base.endsWith('_ordinal') ? 'ordinal' : 'cardinal';
  const needed = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;
  return needed.map((category) => `_${category}`).filter((suffix) => !suffixes.includes(suffix));
}

/**
 * @param {Map<string, Texts>} byLanguage
 * @returns {string[]} complaints
 */
export function compareLanguages(byLanguage) {
  /** @type {string[]} */
  const complaints = [];
  const forms = new Map([...byLanguage].map(([language, texts]) => [language, formsOf(texts)]));
  const everyBase = new Set([...forms.values()].flatMap((one) => [...one.keys()]));
  for (const [language, texts] of byLanguage) {
    for (const [key, text] of texts) if (text.trim() === '') complaints.push(`${language}: ${key} is empty`);
    for (const base of everyBase) {
      const suffixes = forms.get(language)?.get(base);
      if (!suffixes) complaints.push(`${language}: ${base} is missing`);
      else
        for (const suffix of missingForms(language, base, suffixes))
          complaints.push(`${language}: ${base}${suffix} is missing`);
    }
  }
  const [[reference, referenceTexts] = ['', new Map()], ...others] = byLanguage;
  for (const [base, suffixes] of forms.get(reference) ?? []) {
    const expected = placeholdersOf(referenceTexts, base, suffixes);
    for (const [language, texts] of others) {
      const found = placeholdersOf(texts, base, forms.get(language)?.get(base) ?? suffixes);
      if (forms.get(language)?.has(base) && found !== expected) {
        complaints.push(`${base} uses [${expected}] in ${reference}, but [${found}] in ${language}`);
      }
    }
  }
  return complaints;
}

/** @param {any} node a call's callee @returns {boolean} whether it is `t` or `something.t` */
const isTranslate = (node) =>
  (node.type === 'Identifier' && node.name === 't') ||
  (node.type === 'MemberExpression' && !node.computed && node.property.name === 't');

/**
 * @param {any} node a template literal
 * @returns {string} a regular expression for the keys it can compose
 */
const patternOf = (node) =>
  `^${node.quasis.map((/** @type {any} */ part) => part.value.cooked.replaceAll(/[^\w]/gu, '\\$&')).join('.+')}$`;

/**
 * @param {import('./sources.mjs').Source[]} sources
 * @returns {Used} what the code asks for
 */
export function findUsed(sources) {
  /** @type {Used} */
  const used = { keys: new Map(), patterns: new Map(), mentioned: new Set(), mentionedPatterns: new Set() };
  for (const source of sources) {
    const ask = (/** @type {any} */ node) => {
      if (node?.type === 'Literal' && typeof node.value === 'string') used.keys.set(node.value, placeOf(source, node));
      else if (node?.type === 'TemplateLiteral') used.patterns.set(patternOf(node), placeOf(source, node));
      else if (node?.type === 'JSXExpressionContainer') ask(node.expression);
      else if (node?.type === 'ConditionalExpression') {
        ask(node.consequent);
        ask(node.alternate);
      }
    };
    walk(source.program, (node) => {
      if (node.type === 'CallExpression' && isTranslate(node.callee)) ask(node.arguments[0]);
      if (node.type === 'JSXAttribute' && node.name.name === 'i18nKey') ask(node.value);
      if (node.type === 'Literal' && typeof node.value === 'string') used.mentioned.add(node.value);
      // `errors.${code}` kept in a variable for later; without a dot at the start it could be anything.
      if (node.type === 'TemplateLiteral' && /^\w+\./u.test(node.quasis[0].value.cooked)) {
        used.mentionedPatterns.add(patternOf(node));
      }
    });
  }
  return used;
}

/**
 * @param {Map<string, Texts>} byLanguage
 * @param {Used} used
 * @returns {string[]} complaints
 */
export function compareUse(byLanguage, used) {
  const bases = new Set([...byLanguage.values()].flatMap((texts) => [...formsOf(texts).keys()]));
  const matching = (/** @type {string} */ pattern) => [...bases].filter((base) => new RegExp(pattern, 'u').test(base));
  const complaints = [];
  for (const [key, place] of used.keys) if (!bases.has(key)) complaints.push(`${place}: no text for ${key}`);
  for (const [pattern, place] of used.patterns) {
    if (matching(pattern).length === 0) complaints.push(`${place}: no text matches ${pattern}`);
  }
  const composed = new Set([...used.patterns.keys(), ...used.mentionedPatterns].flatMap(matching));
  for (const base of bases) {
    const isUsed = used.keys.has(base) || used.mentioned.has(base) || composed.has(base);
    if (!isUsed) complaints.push(`${base} is a text that nothing uses`);
  }
  return complaints;
}

/**
 * @param {string} [root]
 * @returns {string[]} complaints about a checkout
 */
export function checkTranslations(root = ROOT) {
  const byLanguage = readTexts(root);
  if (byLanguage.size < 2) return [`${LOCALES} holds ${byLanguage.size} languages: two are the least`];
  return [
    ...compareLanguages(byLanguage),
    ...compareUse(byLanguage, findUsed(readSources(['renderer', 'common'], root))),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) report(checkTranslations());
