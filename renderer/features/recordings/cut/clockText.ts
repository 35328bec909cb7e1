/** A time to be typed: `4:05`, with tenths where there are any: `4:05.3`. */
export function clockText(ms: number): string {
  const tenths = Math.round(ms / 100);
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor((tenths % 36_000) / 600)];
  const [seconds, rest] = [String(Math.floor((tenths % 600) / 10)).padStart(2, '0'), tenths % 10];
  const fine = rest === 0 ? '' : `.${rest}`;
  return `${hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}` : minutes}:${seconds}${fine}`;
}

/** The time that was typed, in milliseconds: `1:04:05`, `4:05`, `4:05,3` or `45`; null for what is no time. */
export function parseClock(text: string): number | null {
  const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4})(?:[.,](\d))?$/.exec(text.trim());
  if (match === null) return null;
  const [hours, minutes, seconds, tenths] = match.slice(1).map((part) => Number(part ?? 0));
  const named = match[2] !== undefined;
  if (named && (seconds ?? 0) > 59) return null;
  if (match[1] !== undefined && (minutes ?? 0) > 59) return null;
  return ((hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1_000 + (tenths ?? 0) * 100;
}
