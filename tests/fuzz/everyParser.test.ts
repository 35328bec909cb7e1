import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readSources, walk } from '../../scripts/check/sources.mjs';
import { partsOf } from './generate/valueOf';
import { targets } from './targets';

/** What reads, by its name: of the app's code all of it is looked at. */
const readsByName = /^(parse|read|decode|verify|unarmour|blocks)[A-Z]/u;

/** What has such a name and gets nothing from outside, or only through another one that is fuzzed. */
const elsewhere = new Map([
  ['main/recording/chatLines.ts#readChatLines', 'a sealed file, then parseChatLines'],
  ['main/documents/armour.ts#blocksIn', 'through readLetters'],
  ['main/vault/sealed/sealedHandle.ts#readUpTo', 'bytes of a file handle'],
  ['main/vault/sealed/sealedHandle.ts#readInto', 'bytes of a file handle'],
  ['main/vault/receiptChain.ts#verifyChain', 'rows of the encrypted database'],
  ['main/sessions/identity.ts#verifySignature', 'through every envelope, letter and receipt'],
]);

/** Schemas that nothing from outside is parsed with. */
const ownSchemas = new Map([
  ['common/meeting/registration.ts#registeredAnswersSchema', 'rows of the encrypted database'],
]);

const modules = import.meta.glob<Record<string, unknown>>(['../../common/**/*.ts', '!**/*.test.ts'], { eager: true });

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** Everything that the registered schemas are made of. */
function reached(): ReadonlySet<z.core.$ZodType> {
  const seen = new Set<z.core.$ZodType>();
  const queue = targets.flatMap(({ schemas }) => [...schemas]);
  for (let schema = queue.pop(); schema !== undefined; schema = queue.pop()) {
    if (seen.has(schema)) continue;
    seen.add(schema);
    queue.push(...partsOf(schema));
  }
  return seen;
}

/** Its members stand in another schema: `{ ...one.shape }`, or extended. */
function isSpread(schema: z.core.$ZodType, seen: ReadonlySet<z.core.$ZodType>): boolean {
  const parts = partsOf(schema);
  return schema._zod.def.type === 'object' && parts.length > 0 && parts.every((part) => seen.has(part));
}

function exportedReaders(): string[] {
  return readSources(['common', 'main']).flatMap((source) => {
    const names: string[] = [];
    walk(source.program, (node) => {
      if (node.type !== 'ExportNamedDeclaration' || !node['declaration']) return;
      const { id, declarations } = node['declaration'];
      const declared = (declarations ?? []).map((one: { id: { name?: string } }) => one.id.name);
      for (const name of [id?.name, ...declared].filter((one) => typeof one === 'string')) {
        const isReader = name.endsWith('Schema') ? source.path.startsWith('main/') : readsByName.test(name);
        if (isReader) names.push(name);
      }
    });
    return source.path.includes('/testing/') ? [] : names.map((name) => `${source.path}#${name}`);
  });
}

describe('no parser is forgotten', () => {
  it('every exported schema is one that is fuzzed, or a part of one', () => {
    const seen = reached();
    const missing = Object.entries(modules).flatMap(([path, exported]) =>
      Object.entries(exported)
        .filter(([, value]) => isSchema(value) && !seen.has(value) && !isSpread(value, seen))
        .map(([name]) => `${path.replace('../../', '')}#${name}`),
    );
    expect(missing.filter((name) => !ownSchemas.has(name))).toEqual([]);
  });

  it('every exported function that reads something is fuzzed', () => {
    const covered = new Set(targets.flatMap(({ covers }) => covers));
    expect(exportedReaders().filter((name) => !covered.has(name) && !elsewhere.has(name))).toEqual([]);
  });

  it('nothing is named that is not there, and no name twice', () => {
    const there = new Set(exportedReaders());
    const named = [...targets.flatMap(({ covers }) => covers), ...elsewhere.keys()];
    expect(named.filter((name) => !there.has(name) && !/#(preferencesFrom)$/u.test(name))).toEqual([]);
    const names = targets.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
