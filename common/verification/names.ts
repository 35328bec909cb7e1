import unhomoglyph from 'unhomoglyph';

/**
 * True when a person could take one name for the other: case, spaces, punctuation, accents, invisible characters and
 * letters of other alphabets that look the same make no difference (after UTS #39, with small `i` and `l` as one, because
 * a capital `I` looks like the second and is the first). It finds more alike than are meant; it is for warnings only.
 */
export function looksAlike(one: string, other: string): boolean {
  const [bareOne, bareOther] = [bare(one), bare(other)];
  // An alphabet's capitals may look like Latin where its small letters do not, so case goes first or last.
  const lastly = (name: string) => shape(fold(unhomoglyph(name)));
  return shape(fold(bareOne)) === shape(fold(bareOther)) || lastly(bareOne) === lastly(bareOther);
}

function bare(name: string): string {
  return name.normalize('NFKD').replaceAll(/[\p{M}\p{C}\p{P}\p{Z}\s]/gu, '');
}

/** Upper case first: it knows that ß is ss. */
function fold(name: string): string {
  return name.toUpperCase().toLowerCase();
}

function shape(name: string): string {
  return unhomoglyph(name)
    .replaceAll(/[iı1|]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm');
}
