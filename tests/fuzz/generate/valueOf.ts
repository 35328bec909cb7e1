import fc from 'fast-check';
import type { z } from 'zod';
import { nastyText, nastyValue } from './nasty';
import type { Random } from './random';

/** The definition of a schema, as zod 4 keeps it; each kind has its own members. */
interface Definition {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** What the checks of a schema say in numbers and regular expressions. */
interface Bounds {
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly pattern: RegExp | undefined;
  readonly isRefined: boolean;
}

function boundsOf(schema: z.core.$ZodType): Bounds {
  const definition = definitionOf(schema);
  const checks = ((definition['checks'] as z.core.$ZodCheck[] | undefined) ?? []).map(
    (check) => check._zod.def as unknown as Readonly<Record<string, unknown>>,
  );
  const find = (...names: string[]) =>
    checks
      .flatMap((check) =>
        names.map((name) => (name.startsWith(String(check['check'])) ? check[name.split('.')[1] ?? ''] : undefined)),
      )
      .find((value) => value !== undefined);
  return {
    minimum: find('min_length.minimum', 'greater_than.value', 'length_equals.length') as number | undefined,
    maximum: find('max_length.maximum', 'less_than.value', 'length_equals.length') as number | undefined,
    isRefined: checks.some(({ check }) => check === 'custom'),
    pattern: (definition['pattern'] ?? find('string_format.pattern')) as RegExp | undefined,
  };
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def as unknown as Definition;

/** A value that the schema takes, more often than not: what a schema checks by code of its own can only be guessed. */
export function valueOf(schema: z.core.$ZodType, random: Random): unknown {
  const definition = definitionOf(schema);
  const inner = () => valueOf(definition['innerType'] as z.core.$ZodType, random);
  switch (definition.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(definition['shape'] as Record<string, z.core.$ZodType>).flatMap(([name, member]) => {
          const value = valueOf(member, random);
          return value === undefined && random.oneIn(2) ? [] : [[name, value]];
        }),
      );
    case 'array':
      return Array.from({ length: lengthOf(boundsOf(schema), random) }, () =>
        valueOf(definition['element'] as z.core.$ZodType, random),
      );
    case 'tuple':
      return (definition['items'] as z.core.$ZodType[]).map((item) => valueOf(item, random));
    case 'union':
      return valueOf(random.pick(definition['options'] as z.core.$ZodType[]), random);
    case 'record': {
      const keys = [...((definition['keyType'] as z.core.$ZodType)._zod.values ?? ['a', 'b'])].filter(() =>
        random.oneIn(2),
      );
      return Object.fromEntries(keys.map((key) => [key, valueOf(definition['valueType'] as z.core.$ZodType, random)]));
    }
    case 'optional':
    case 'default':
    case 'prefault':
      return random.oneIn(3) ? undefined : inner();
    case 'nullable':
      return random.oneIn(3) ? null : inner();
    case 'pipe':
      return valueOf(definition['in'] as z.core.$ZodType, random);
    case 'literal':
      return random.pick(definition['values'] as unknown[]);
    case 'enum':
      return random.pick(Object.values(definition['entries'] as Record<string, unknown>));
    case 'string':
      return textOf(boundsOf(schema), random);
    case 'number':
      return numberOf(boundsOf(schema), random);
    case 'boolean':
      return random.oneIn(2);
    case 'null':
      return null;
    case 'undefined':
    case 'void':
      return undefined;
    case 'custom':
      return new Uint8Array(random.bytes(random.below(50)));
    default:
      return nastyValue(random);
  }
}

/** What a schema is made of. */
export function partsOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const definition = definitionOf(schema);
  const named = ['innerType', 'element', 'keyType', 'valueType', 'in', 'out', 'left', 'right', 'rest'];
  return [
    ...named.map((name) => definition[name]),
    ...Object.values((definition['shape'] as object | undefined) ?? {}),
    ...((definition['options'] as unknown[] | undefined) ?? []),
    ...((definition['items'] as unknown[] | undefined) ?? []),
  ].filter((part): part is z.core.$ZodType => typeof part === 'object' && part !== null && '_zod' in part);
}

function lengthOf({ minimum = 0, maximum = 1_000 }: Bounds, random: Random): number {
  if (random.oneIn(30) && maximum <= 1_000) return maximum;
  return Math.min(maximum, minimum + random.below(4));
}

const pools = new Map<string, readonly string[]>();

/** Some texts that a regular expression matches; what fast-check cannot make is left to the dictionary. */
function poolOf(pattern: RegExp): readonly string[] {
  const known = pools.get(pattern.source);
  if (known !== undefined) return known;
  let made: readonly string[] = [];
  try {
    made = fc.sample(fc.stringMatching(pattern), { numRuns: 60, seed: 1 });
  } catch {
    // \p{…} and the like.
  }
  pools.set(pattern.source, made);
  return made;
}

/** What schemas that check texts by code of their own take. */
const refinedTexts = [
  'turn:relay.example.org:3478?transport=udp',
  'stun:192.0.2.1:3478',
  'turn:[2001:db8::1]:1?transport=tcp',
];

function textOf({ minimum = 0, maximum = 200, pattern, isRefined }: Bounds, random: Random): string {
  const pool = pattern === undefined ? [] : poolOf(pattern);
  if (pool.length > 0 && !random.oneIn(60)) return random.pick(pool);
  if (isRefined && random.oneIn(2)) return random.pick(refinedTexts);
  if (random.oneIn(15)) return nastyText(random);
  const length = random.oneIn(50) && maximum <= 100_000 ? maximum : Math.min(maximum, minimum + random.below(12));
  return random.pick(['a', 'Äz ', '7-_', 'e\n']).repeat(length).slice(0, length);
}

function numberOf({ minimum, maximum }: Bounds, random: Random): number {
  const low = Number.isFinite(minimum) ? (minimum as number) : 0;
  const high = Number.isFinite(maximum) ? (maximum as number) : 2 ** 53 - 1;
  if (random.oneIn(40)) return random.pick([low - 1, high + 1, low + 0.5]);
  if (random.oneIn(5)) return random.pick([low, high]);
  return low + random.below(Math.min(high - low + 1, random.pick([5, 1_000, 2 ** 31])));
}
