/**
 * A file name to suggest for an export: the title without what file systems refuse, and the local date. The title comes
 * from a person and may hold anything.
 */
export function exportFileName(title: string, startedAt: number, extension: string): string {
  const date = new Date(startedAt);
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${safeName(title)} ${day}.${extension}`;
}

/** A text as a part of a file name: without what file systems refuse, and never empty. */
export function safeName(text: string): string {
  const safe = text
    .replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '');
  return safe === '' ? 'Konklave' : safe;
}
