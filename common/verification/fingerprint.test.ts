import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFingerprint } from './fingerprint';

const one = Array.from({ length: 32 }, (_, at) => (at + 16).toString(16).toUpperCase()).join(':');
const other = one.replace('10:', 'FF:');
const description = (...lines: string[]) =>
  ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', ...lines, 'a=setup:active', ''].join('\r\n');
const mention = (value: string) => `a=fingerprint:sha-256 ${value}`;

describe('readFingerprint', () => {
  it('reads the one certificate, however often it is named', () => {
    expect(readFingerprint(description(mention(one)))).toBe(one);
    expect(readFingerprint(description(mention(one), 'm=video 9 UDP/TLS/RTP/SAVPF 96', mention(one)))).toBe(one);
    expect(readFingerprint(description(mention(one)).replaceAll('\r\n', '\n'))).toBe(one);
  });

  it.each([
    ['none', description()],
    ['two certificates', description(mention(one), mention(other))],
    ['another hash beside it', description(mention(one), `a=fingerprint:sha-1 ${one.slice(0, 59)}`)],
    ['another spelling of the attribute beside it', description(mention(one), `A=Fingerprint:sha-256 ${other}`)],
    ['another spelling of the hash', description(`a=fingerprint:SHA-256 ${one}`)],
    ['small letters', description(mention(one.toLowerCase()))],
    ['one byte less', description(mention(one.slice(3)))],
    ['one byte more', description(mention(`${one}:00`))],
    ['a space before it', description(` ${mention(one)}`)],
    ['something behind it', description(`${mention(one)} x`)],
    ['a lone carriage return', description(`${mention(one)}\r${mention(other)}`)],
    ['a mention within another line', description(mention(one), `a=x a=fingerprint:sha-256 ${other}`)],
  ])('refuses %s', (_, sdp) => expect(readFingerprint(sdp)).toBeNull());

  it('never sees one certificate where another is named too', () => {
    const holds = fc.check(
      fc.property(fc.array(fc.constantFrom('\r', '\n', ' ', mention(one), mention(other), 'a=mid:0')), (parts) => {
        const sdp = parts.join('');
        return !(sdp.includes(one) && sdp.includes(other)) || readFingerprint(sdp) === null;
      }),
    );
    expect(holds.counterexample).toBeNull();
  });
});
