/** A text as a part of a file name: without what file systems refuse, and never empty. */
export function safeName(text: string): string {
  const safe = text
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '');
  return safe === '' ? 'Konklave' : safe;
}
