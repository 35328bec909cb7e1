import { describe, expect, it } from 'vitest';
import { redact } from './log';

describe('redact', () => {
  it.each([
    ['connect 192.168.178.23:4711 failed', '192.168.178.23'],
    ['connect [2001:db8::8a2e:370:7334]:4711 failed', '2001:db8::8a2e:370:7334'],
    ['link konklave://join?v=1&c=ABCDEFGH', 'ABCDEFGH'],
    ['key AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'],
    ['at /home/anna/konklave/main.js', 'anna'],
  ])('takes the secret out of %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
  });

  it('keeps times and ordinary words', () => {
    expect(redact('12:30:05 recording finalized in main/recording')).toBe(
      '12:30:05 recording finalized in main/recording',
    );
  });
});
