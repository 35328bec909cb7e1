import fc from 'fast-check';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { DomainError, errorCategories } from '../../../common/errors';
import { advertisedAddresses, formatAddress, parseAddress, parseTypedAddress } from './address';
import { decodeBase32, encodeBase32 } from './base32';
import { formatCode, parseCode, randomSecret } from './code';
import { buildInviteLink, parseInviteLink } from './link';
import { formatMeetingNumber, parseMeetingNumber, randomMeetingNumber } from './meetingNumber';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const base64url = (length: number) => bytes(length).map((value) => Buffer.from(value).toString('base64url'));
const secret = bytes(5).map(encodeBase32);
const host = fc.oneof(
  fc.ipV4(),
  fc.ipV6().map((text) => text.toLowerCase()),
  fc.domain().map((text) => text.toLowerCase()),
);
const address = fc.record({ host, port: fc.integer({ min: 1, max: 65_535 }) });
const invite = fc.record({
  meetingId: base64url(16),
  addresses: fc.array(address, { minLength: 1, maxLength: 8 }),
  relay: fc.option(fc.record({ address, room: base64url(32) })),
  fingerprint: base64url(32),
  secret,
  hostKey: base64url(32),
  expiresAt: fc.integer({ min: 1, max: 99_999_999_999 }).map((seconds) => seconds * 1_000),
});

/** Whatever a person or a program may hand in: the value, or an error that has words. */
function codeOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(errorCategories[error.code]).toBe('input');
    return error.code;
  }
}

describe('an invite link', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(invite, (value) => {
        const link = buildInviteLink(value);
        expect(link).toMatch(/^konklave:\/\/join\?[A-Za-z0-9&=.:_%-]+$/);
        expect(parseInviteLink(link, value.expiresAt - 1)).toEqual(value);
        expect(parseInviteLink(`  ${link.replace('join?', 'join/?')}\n`, 0)).toEqual(value);
        expect(codeOf(() => parseInviteLink(link, value.expiresAt))).toBe('invite/expired');
      }),
    );
  });

  it('fails by a code, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codeOf(() => parseInviteLink(text, 0))).not.toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.webQueryParameters(), (head, query) => {
        codeOf(() => parseInviteLink(`konklave://join?${query}`, 0));
        codeOf(() => parseInviteLink(`konklave://join?v=3&${head}`, 0));
      }),
    );
  });

  it('does not survive a changed character unnoticed', () => {
    fc.assert(
      fc.property(invite, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (value, position, character) => {
        const link = buildInviteLink(value);
        const at = position % link.length;
        const changed = link.slice(0, at) + character + link.slice(at + 1);
        fc.pre(changed.toLowerCase() !== link.toLowerCase() && changed.trim() === changed);
        const read = () => {
          expect(parseInviteLink(changed, 0)).not.toEqual(value);
        };
        const codes = ['invite/foreign', 'invite/malformed', 'invite/newer-version', 'invite/expired', null];
        expect(codes).toContain(codeOf(read));
      }),
    );
  });

  const good = buildInviteLink({
    meetingId: 'A'.repeat(22),
    addresses: [
      { host: '192.168.1.20', port: 4711 },
      { host: 'fd00::1', port: 4711 },
    ],
    relay: null,
    fingerprint: 'A'.repeat(43),
    secret: '0123ABCD',
    hostKey: 'A'.repeat(43),
    expiresAt: 2_000_000_000_000,
  });

  it('looks like this', () => {
    expect(good).toBe(
      `konklave://join?v=3&id=${'A'.repeat(22)}&at=192.168.1.20:4711&at=%5Bfd00::1%5D:4711&fp=${'A'.repeat(43)}&c=0123ABCD&k=${'A'.repeat(43)}&exp=2000000000`,
    );
  });

  it.each([
    ['https://zoom.us/j/123456789', 'invite/foreign'],
    ['konklave://elsewhere?v=1', 'invite/foreign'],
    ['mailto:anna@example.org', 'invite/foreign'],
    ['', 'invite/malformed'],
    ['hello', 'invite/malformed'],
    ['konklave://join', 'invite/malformed'],
    ['konklave://join?', 'invite/malformed'],
    ['konklave://join?v=4&new=things', 'invite/newer-version'],
    ['konklave://join?v=0', 'invite/malformed'],
    [good.replace('v=3', 'v=02'), 'invite/malformed'],
    [good.replace('v=3', 'v=3&v=3'), 'invite/malformed'],
    [`${good}&x=1`, 'invite/malformed'],
    [`${good}&via=192.0.2.1:443`, 'invite/malformed'],
    [`${good}&room=${'A'.repeat(43)}`, 'invite/malformed'],
    [`${good}&via=192.0.2.1:443&room=${'A'.repeat(42)}`, 'invite/malformed'],
    [`${good}#x`, 'invite/malformed'],
    [`${good}&c=0123ABCD`, 'invite/malformed'],
    [good.replace('c=0123ABCD', 'c=0123abcd'), 'invite/malformed'],
    [good.replace(':4711', ':0'), 'invite/malformed'],
    [good.replace(':4711', ':65536'), 'invite/malformed'],
    [good.replace('192.168.1.20', '192.168.1.256'), 'invite/malformed'],
    [good.replace('192.168.1.20', '0x7f.1'), 'invite/malformed'],
    [good.replace('fp=A', 'fp=%'), 'invite/malformed'],
    [good.replace(/fp=A{43}/, `fp=${'A'.repeat(42)}B`), 'invite/malformed'],
    [good + '&at=10.0.0.1:1'.repeat(7), 'invite/malformed'],
    [`konklave://join?v=3&id=${'A'.repeat(5_000)}`, 'invite/malformed'],
  ])('%#: %s', (text, code) => {
    expect(codeOf(() => parseInviteLink(text, 0))).toBe(code);
  });
});

describe('what is typed', () => {
  it('a code is read back, however it is written', () => {
    const mess = fc.array(fc.constantFrom('', ' ', '-', '\u2013', '\t'), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(bytes(32), secret, mess, fc.boolean(), (pin, word, gaps, lower) => {
        const code = formatCode(Buffer.from(pin).toString('base64url'), word);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
        const plain = code
          .replaceAll('-', '')
          .replaceAll('0', 'O')
          .replaceAll('1', lower ? 'l' : 'I');
        const typed = [...(lower ? plain.toLowerCase() : plain)]
          .map((one, index) => one + (gaps[index] ?? ''))
          .join('');
        expect(parseCode(typed)).toEqual({ pin: Buffer.from(pin).subarray(0, 10), secret: word });
      }),
    );
    expect(randomSecret()).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(() => formatCode('no hash', '00000000')).toThrow(TypeError);
  });

  it('a number is read back', () => {
    for (let count = 0; count < 50; count += 1) {
      const digits = randomMeetingNumber();
      expect(formatMeetingNumber(digits)).toMatch(/^[1-9]\d\d-\d{3}-\d{3}$/);
      expect(parseMeetingNumber(formatMeetingNumber(digits))).toBe(digits);
    }
    expect(parseMeetingNumber(' 123 456.789 ')).toBe('123456789');
    for (const text of ['', '12345678', '1234567890', '023456789', '12345678a', '\u0661'.repeat(9)]) {
      expect(codeOf(() => parseMeetingNumber(text))).toBe('invite/malformed');
    }
  });

  it('an address is read back', () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(parseAddress(formatAddress(value))).toEqual(value);
        expect(parseTypedAddress(` ${formatAddress(value).toUpperCase()} `)).toEqual(value);
      }),
    );
    expect(parseAddress('localhost:80')).toEqual({ host: 'localhost', port: 80 });
    for (const text of [
      '',
      'host',
      ':80',
      'host:',
      'host:080',
      '[::1:80',
      '::1:80',
      '[127.0.0.1]:80',
      '[fe80::1%eth0]:80',
      'a..b:80',
      '-a:80',
      '127.1:80',
      'a b:80',
      'user@host:80',
      'http://host:80',
    ]) {
      expect([text, codeOf(() => parseTypedAddress(text))]).toEqual([text, 'invite/malformed']);
    }
  });

  it('fails by a code, whatever it is', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 30 }));
    const parsers = fc.constantFrom(parseCode, parseMeetingNumber, parseTypedAddress);
    fc.assert(
      fc.property(parsers, text, (parse, typed) => {
        expect(['invite/malformed', null]).toContain(codeOf(() => parse(typed)));
      }),
      { numRuns: 500 },
    );
  });

  it('base32 reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        const whole = value.subarray(0, value.length - (value.length % 5));
        expect(decodeBase32(encodeBase32(whole))).toEqual(Buffer.from(whole));
      }),
    );
    // Crockford's alphabet, 32 symbols in order.
    expect(encodeBase32(Buffer.from('00443214c74254b635cf84653a56d7c675be77df', 'hex'))).toBe(
      '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    );
    for (const text of ['0', '0000000U', '0000000o']) expect(decodeBase32(text)).toBeNull();
  });
});

describe('advertised addresses', () => {
  const info = (text: string, internal = false) => ({ address: text, internal }) as NetworkInterfaceInfo;
  it('are those that others may reach, IPv4 first', () => {
    const interfaces = () => ({
      lo: [info('127.0.0.1', true), info('::1', true)],
      wifi: [info('fe80::1'), info('2001:DB8::5'), info('192.168.1.20'), info('169.254.7.7')],
      wire: [info('10.0.0.2'), info('192.168.1.20')],
      none: undefined,
    });
    expect(advertisedAddresses(interfaces, 7).map(formatAddress)).toEqual([
      '192.168.1.20:7',
      '10.0.0.2:7',
      '[2001:db8::5]:7',
    ]);
  });

  it('are loopback without a network, and never more than an invite holds', () => {
    expect(advertisedAddresses(() => ({ lo: [info('127.0.0.1', true)] }), 7)).toEqual([{ host: '127.0.0.1', port: 7 }]);
    const many = Array.from({ length: 30 }, (_, index) => info(`10.0.0.${index}`));
    expect(advertisedAddresses(() => ({ many }), 7)).toHaveLength(8);
  });
});
