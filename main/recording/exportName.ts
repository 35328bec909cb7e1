import { safeName } from '../documents/safeName';

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
