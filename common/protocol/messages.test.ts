import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatTextSchema, nameSchema, timestampSchema } from '../meeting/models';
import { bodySchema, envelopeSchema } from './bodies';
import { canonical, signedText } from './canonical';
import { guestMessageSchema, helloVersionSchema, hostMessageSchema, hostVersionSchema } from './messages';

const schemas = {
  guestMessageSchema,
  hostMessageSchema,
  helloVersionSchema,
  hostVersionSchema,
  envelopeSchema,
  bodySchema,
};
const types = [
  ...guestMessageSchema.options.map((option) => option.shape.type.value),
  ...hostMessageSchema.options.map((option) => option.shape.type.value),
  ...bodySchema.options.map((option) => option.shape.type.value),
];

/** Any JSON, and any JSON that at least names a message. */
const anything = fc.oneof(
  fc.jsonValue(),
  fc
    .tuple(fc.constantFrom(...types), fc.dictionary(fc.string(), fc.jsonValue()))
    .map(([type, rest]) => ({ ...rest, type })),
);

describe.each(Object.entries(schemas))('%s', (_name, schema) => {
  it('takes any JSON without throwing, and what it takes it takes again unchanged', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const parsed = schema.safeParse(value);
        expect(parsed.success ? schema.parse(parsed.data) : undefined).toEqual(parsed.data);
      }),
    );
  });
});

describe('text typed by a person', () => {
  it('holds nothing that cannot be signed or shown as it is', () => {
    expect(nameSchema.safeParse('A\u202Enna').success).toBe(false);
    expect(nameSchema.safeParse('A\nnna').success).toBe(false);
    expect(nameSchema.safeParse('Anna \ud83d').success).toBe(false);
    expect(nameSchema.parse(' Anna \u{1F600} ')).toBe('Anna \u{1F600}');
    expect(chatTextSchema.parse('one\n\ttwo')).toBe('one\n\ttwo');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = chatTextSchema.safeParse(text);
        if (parsed.success) expect(() => canonical(parsed.data)).not.toThrow();
      }),
    );
  });
});

describe('a time that somebody tells', () => {
  it('is one that a calendar has, and so is what is counted from it', () => {
    const last = Date.UTC(9999, 11, 31);
    expect(timestampSchema.safeParse(last).success).toBe(true);
    for (const never of [last + 1, 8.64e15 + 1, Number.MAX_SAFE_INTEGER, -1, 1.5]) {
      expect(timestampSchema.safeParse(never).success).toBe(false);
    }
  });
});

describe('the canonical form (RFC 8785)', () => {
  it('is that of the RFC, section 3.2.2', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown;
    expect(canonical(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('is the same for the same value, and says what for', () => {
    expect(signedText('knock', { b: 1, a: undefined })).toBe('konklave/1/knock\n{"b":1}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800']) {
      expect(() => canonical(value)).toThrow();
    }
  });
});
