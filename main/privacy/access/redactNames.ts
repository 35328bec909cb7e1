/** Replaces names of third parties in a text. */
export type Redact = (text: string) => string;

/** Shorter parts of names are words too often. */
const shortestPart = 3;

/**
 * Makes what hides other people in what somebody gets about themself (Art. 15 (4) GDPR): each of their names, whole or any
 * part of at least three letters, becomes `[Person 1]`, the same number for the same person throughout. Case does not
 * count, a genitive goes with it. Parts that `kept` names have as well stay.
 *
 * It knows the names of those this vault knows. A nickname, or somebody who was never here, stays: whoever hands it over
 * has to read it.
 */
export function redactNames(others: readonly (readonly string[])[], kept: readonly string[]): Redact {
  const staying = new Set(kept.flatMap(spellings));
  const labels = new Map<string, string>();
  for (const [index, names] of others.entries()) {
    for (const spelling of names.flatMap(spellings)) {
      if (!staying.has(spelling) && !labels.has(spelling)) labels.set(spelling, `[Person ${index + 1}]`);
    }
  }
  if (labels.size === 0) return (text) => text;
  // The longest first, or a part would be replaced within the whole.
  const longestFirst = [...labels.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(${longestFirst.map(escaped).join('|')})(?:['’]?s)?(?![\\p{L}\\p{N}])`,
    'giu',
  );
  return (text) => text.normalize('NFC').replace(pattern, (_, name: string) => labels.get(folded(name)) ?? '[Person]');
}

function spellings(name: string): readonly string[] {
  const whole = folded(name.trim());
  if (whole === '') return [];
  return [whole, ...whole.split(/[^\p{L}\p{N}]+/u).filter((part) => [...part].length >= shortestPart)];
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`);
}
