import { describe, expect, it } from 'vitest';
import { passphraseStrength } from './passphraseStrength';

describe('passphraseStrength', () => {
  it.each([
    ['', { grade: 'empty' }],
    ['abc', { grade: 'short', missing: 7 }],
    ['😀😀😀', { grade: 'short', missing: 7 }],
    ['aaaaaaaaaaaaaaaaaaaa', { grade: 'weak' }],
    ['1234567890', { grade: 'weak' }],
    ['abababababab', { grade: 'weak' }],
    ['Tisch-Lampe', { grade: 'fair' }],
    ['Der Ofen singt leise um vier', { grade: 'good' }],
  ])('%j', (passphrase, expected) => {
    expect(passphraseStrength(passphrase)).toEqual(expected);
  });
});
