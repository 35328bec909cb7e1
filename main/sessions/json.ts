import type { z } from 'zod';

/** The JSON value of a text, or undefined (which JSON has not). Never throws. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value in the schema's shape, or null. Never throws, whatever the value. */
export function parseAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
