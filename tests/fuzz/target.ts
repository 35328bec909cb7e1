import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { DomainError } from '../../common/errors';
import { mutateBytes, mutateText, mutateValue } from './generate/mutate';
import { nastyText, nastyValue } from './generate/nasty';
import type { Random } from './generate/random';
import { valueOf } from './generate/valueOf';

/** One parser of what comes from outside, and what may be expected of it. */
export interface Target {
  readonly name: string;
  /** What it covers, as `path#export`: tests/fuzz/everyParser.test.ts misses what is not named. */
  readonly covers: readonly string[];
  /** The schemas that it parses with. */
  readonly schemas: readonly z.core.$ZodType[];
  /** How much an input of this one costs, as a multiple of a simple one's. */
  readonly cost: number;
  /** Makes what inputs are made of; awaited once before the first. */
  readonly prepare?: () => Promise<void>;
  readonly make: (random: Random) => unknown;
  /** Whether the input was taken. Throws `Broken` when something does not hold, and else never. */
  readonly run: (input: unknown) => boolean | Promise<boolean>;
}

/** A property that does not hold. */
export class Broken extends Error {}

interface Common {
  readonly name: string;
  readonly covers?: readonly string[];
  readonly cost?: number;
  /** What else may be thrown; DomainError always may. */
  readonly throws?: (error: unknown) => boolean;
}

/** Runs what may throw a documented error and nothing else; undefined when it did. */
export function allowed<Value>(
  work: () => Value,
  throws: (error: unknown) => boolean = () => false,
): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError || throws(error)) return undefined;
    throw error;
  }
}

export async function allowedLater<Value>(
  work: () => Promise<Value>,
  throws: (error: unknown) => boolean,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError || throws(error)) return undefined;
    throw error;
  }
}

/** A parser of texts. `taken` says whether an answer means yes, and may check it (throwing `Broken`). */
export function textTarget<Value>(
  given: Common & {
    readonly samples: (random: Random) => string;
    readonly parse: (text: string) => Value;
    readonly taken?: (value: Value, text: string) => boolean;
  },
): Target {
  const { samples, parse, taken = (value: Value) => value !== null && value !== undefined } = given;
  return {
    ...{ name: given.name, covers: given.covers ?? [], schemas: [], cost: given.cost ?? 1 },
    make: (random) => {
      if (random.oneIn(10)) return nastyText(random);
      const sample = samples(random);
      return random.oneIn(8) ? sample : mutateText(sample, random);
    },
    run: (input) => {
      const value = allowed(() => parse(input as string), given.throws);
      return value !== undefined && taken(value, input as string);
    },
  };
}

/** A parser of bytes. */
export function bytesTarget(
  given: Common & {
    readonly samples: (random: Random) => Uint8Array;
    readonly parse: (bytes: Buffer) => boolean | Promise<boolean>;
  },
): Target {
  return {
    ...{ name: given.name, covers: given.covers ?? [], schemas: [], cost: given.cost ?? 1 },
    make: (random) => {
      if (random.oneIn(20)) return random.bytes(random.below(300));
      const sample = Buffer.from(given.samples(random));
      return random.oneIn(8) ? sample : mutateBytes(sample, random);
    },
    run: (input) => given.parse(Buffer.from(input as Uint8Array)),
  };
}

/**
 * A schema for what comes as JSON, or (`clone`) by structured cloning. What is taken parses to itself again; `handle` is what
 * the app does with it next, which may not throw either.
 */
export function schemaTarget<Schema extends z.ZodType>(
  given: Common & {
    readonly schema: Schema;
    readonly clone?: boolean;
    readonly handle?: (value: z.output<Schema>) => void;
  },
): Target {
  const { schema } = given;
  return {
    ...{ name: given.name, covers: given.covers ?? [], schemas: [schema], cost: given.cost ?? 2 },
    make: (random) => {
      let value = random.oneIn(20) ? nastyValue(random) : valueOf(schema, random);
      if (!random.oneIn(4))
        for (let times = 1 + random.below(2); times > 0; times -= 1) value = mutateValue(value, random);
      return given.clone === true ? value : jsonOf(value, random);
    },
    run: (input) => {
      const value = given.clone === true ? input : fromJson(input as string);
      const parsed = schema.safeParse(value);
      if (!parsed.success) return false;
      const again = schema.safeParse(parsed.data);
      if (!again.success || !isDeepStrictEqual(again.data, parsed.data)) throw new Broken('does not parse to itself');
      allowed(() => given.handle?.(parsed.data), given.throws);
      return true;
    },
  };
}

export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** JSON of a value, and now and then what only looks like it: members twice, depth without end, torn in the middle. */
function jsonOf(value: unknown, random: Random): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? 'null';
  } catch {
    // A bigint, or too deep.
    return '['.repeat(random.pick([10, 100_000]));
  }
  switch (random.below(12)) {
    case 0:
      return mutateText(text, random);
    case 1:
      return text.replace('{', '{"__proto__":{"polluted":true},"type":1,');
    case 2:
      return text.replace(/\}([^}]*)$/u, ',"constructor":{"prototype":{}},"type":"x"}$1');
    default:
      return text;
  }
}
