export const passphraseMinimum = 10;

export type PassphraseStrength =
  | { readonly grade: 'empty' }
  | { readonly grade: 'short'; readonly missing: number }
  | { readonly grade: 'weak' | 'fair' | 'good' };

/**
 * A rough grade that rewards length and different words, for the person typing; main decides what is accepted.
 * Repeated characters and runs (`aaaa`, `1234`) count once.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const characters = [...passphrase];
  if (characters.length === 0) return { grade: 'empty' };
  if (characters.length < passphraseMinimum) return { grade: 'short', missing: passphraseMinimum - characters.length };
  let surprises = 1;
  for (let index = 1; index < characters.length; index += 1) {
    const step = (characters[index]?.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? 0);
    if (Math.abs(step) > 1) surprises += 1;
  }
  const variety = new Set(characters).size;
  if (surprises < 7 || variety < 5) return { grade: 'weak' };
  return { grade: surprises >= 16 && variety >= 9 ? 'good' : 'fair' };
}
