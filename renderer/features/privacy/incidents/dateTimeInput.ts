/** A moment as a `datetime-local` field holds it: `2026-11-22T10:05`, by the clock on the wall; empty for none. */
export function toDateTimeInput(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What such a field holds, in milliseconds since 1970; null when it is empty or no date. */
export function fromDateTimeInput(text: string): number | null {
  const at = new Date(text).getTime();
  return text === '' || !Number.isFinite(at) || at < 0 ? null : at;
}
