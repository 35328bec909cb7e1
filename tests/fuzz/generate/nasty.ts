import type { Random } from './random';

/** Texts that have broken programs before. */
const texts: readonly string[] = [
  ...[
    '',
    ' ',
    '\0',
    '\n',
    '\r\n',
    '\t',
    '"',
    '\\',
    '%',
    '%00',
    '%zz',
    '../',
    '..\\',
    '&',
    '=',
    '?',
    '#',
    '//',
    ':',
    '[',
    ']',
    '-',
    '.',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'true', 'NaN', 'undefined'],
  ...[
    '\ud800',
    '\udc00x',
    'a\ud83d',
    '\ufeff',
    '\u202e',
    '\u2066',
    '\u0000',
    '\u00ad',
    '\u200b',
    '\u2028',
    'İ',
    'ß',
    '\u{1f600}',
    'e\u0301',
  ],
  ...['0', '-0', '00', '1e999', '-1', '0x10', '9007199254740993', '99999999999999999999', '1_000', '٣', '１'],
  ...['127.0.0.1:1', '[::1]:1', '[::ffff:1.2.3.4]:65535', '0x7f.1:1', 'localhost:0', 'a.b:65536', 'xn--a.example:443'],
  ...['turn:relay.example.org:3478?transport=udp', 'stun:192.0.2.1:3478', 'turns:relay.example.org:5349'],
  ...['konklave://join?', 'konklave:', 'KONKLAVE/1 HOST ', 'PING', 'OK', 'NO full'],
  ...['BEGIN KONKLAVE LETTER', 'END KONKLAVE LETTER', '-----BEGIN KONKLAVE LETTER-----\n'],
  ...[
    'a=fingerprint:sha-256 ',
    `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\n`,
    'bytes=0-',
    'bytes=-1',
    'bytes=5-2',
  ],
  ...[
    'a=candidate:1 1 udp 1 192.0.2.1 9 typ host',
    'candidate:1 1 tcp 1 ::1 9 typ relay raddr 1.2.3.4 rport 5 tcptype active',
  ],
];

/** Pieces that make a regular expression go back and forth, if it can. */
const repeated = [
  'a',
  'a.',
  'a-',
  '0',
  ' ',
  '\t',
  '-',
  ':',
  '::',
  '%',
  '%41',
  '[',
  '{"a":',
  '((',
  '\n',
  '=',
  '&a=',
  '>',
  'é',
  '\ud800',
  '1:',
];

export function nastyText(random: Random): string {
  if (!random.oneIn(40)) return random.pick(texts);
  const piece = random.pick(repeated);
  const length = random.oneIn(100) ? 200_000 : random.pick([10, 100, 1_000, 5_000]);
  return piece.repeat(Math.ceil(length / piece.length));
}

const values: readonly unknown[] = [
  ...[
    null,
    undefined,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.5,
    Number.NaN,
    Infinity,
    -Infinity,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    1e308,
    5e-324,
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    { length: 3 },
    { valueOf: 1 },
    { toJSON: 1 },
    { type: 'signal' },
    { type: {} },
    { __typename: 'x' },
  ],
];

/** Any JSON value, or what only structured cloning carries. */
export function nastyValue(random: Random): unknown {
  switch (random.below(8)) {
    case 0:
      return nastyText(random);
    case 1:
      return random.next() - 2 ** 31;
    case 2:
      return nested(random.pick([3, 50, 2_000]), random.oneIn(2));
    case 3:
      return Array.from({ length: random.oneIn(20) ? 20_000 : random.below(300) }, () => random.pick(values));
    case 4:
      return JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    case 5:
      return random.pick<unknown>([
        10n,
        new Date(0),
        new Map([['a', 1]]),
        new Set([1]),
        new Uint8Array(3),
        /a/u,
        new Error('x'),
      ]);
    default:
      return random.pick(values);
  }
}

function nested(depth: number, isArray: boolean): unknown {
  let value: unknown = null;
  for (let level = 0; level < depth; level += 1) value = isArray ? [value] : { a: value };
  return value;
}
