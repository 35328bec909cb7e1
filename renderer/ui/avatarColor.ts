export const avatarColors = 8;

/** The same person has the same colour everywhere: 0 to 7, from any stable ID. */
export function avatarColor(id: string): number {
  let hash = 0;
  for (const character of id) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % avatarColors;
}

/** One or two letters that stand for a name: those of the first and the last word. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => word !== '');
  const first = firstLetter(words[0]);
  const last = words.length > 1 ? firstLetter(words[words.length - 1]) : '';
  return (first + last).toLocaleUpperCase() || '?';
}

function firstLetter(word: string | undefined): string {
  return word === undefined ? '' : ([...word][0] ?? '');
}
