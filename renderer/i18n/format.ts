import type { Language } from '../../common/meeting/models';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** German for Germany and its 24 hours, English with the British day and month order that fits Europe. */
export function localeOf(language: Language): string {
  return language === 'de' ? 'de-DE' : 'en-GB';
}

/** A number and its unit stay on one line. */
function together(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** A position or running time: `4:05`, `1:04:05`. */
export function formatClock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** A length in words: `45 Sek.`, `12 Min.`, `1 Std., 5 Min.` */
export function formatDuration(ms: number, language: Language): string {
  const unit = (value: number, name: 'hour' | 'minute' | 'second') =>
    together(
      new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: name, unitDisplay: 'short' }).format(value),
    );
  if (ms < minuteMs) return unit(Math.round(Math.max(0, ms) / 1000), 'second');
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  const hours = unit(Math.floor(minutes / 60), 'hour');
  return rest === 0 ? hours : `${hours} ${unit(rest, 'minute')}`;
}

/** A size on disk: `0,4 MB`, `128 MB`, `1,3 GB`. */
export function formatBytes(bytes: number, language: Language): string {
  const [value, unit] =
    bytes >= 999_500_000
      ? ([bytes / 1e9, 'gigabyte'] as const)
      : bytes >= 99_500
        ? ([bytes / 1e6, 'megabyte'] as const)
        : ([bytes / 1e3, 'kilobyte'] as const);
  return together(
    new Intl.NumberFormat(localeOf(language), {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value),
  );
}

export function formatTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit' }).format(at);
}

export function formatDate(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** `29. Nov.`: where the year goes without saying. */
export function formatShortDate(at: number, language: Language): string {
  return together(new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short' }).format(at));
}

export function formatWeekday(at: number, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** A day as people say it: `heute`, `gestern`, `Mo., 18. Nov.`, `3. Feb. 2024`. */
export function formatDay(at: number, now: number, language: Language): string {
  const days = calendarDays(at, now);
  if (days === 0 || days === 1)
    return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(-days, 'day');
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(
    localeOf(language),
    thisYear
      ? { weekday: 'short', day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(at);
}

/** How many midnights lie between two moments, in local time. */
function calendarDays(earlier: number, later: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((midnight(later) - midnight(earlier)) / dayMs);
}

export type RetentionLeft =
  | { readonly unit: 'over' }
  | { readonly unit: 'hours'; readonly count: number }
  | { readonly unit: 'days'; readonly count: number };

/** What is left until something is deleted: days to the nearest, whole hours on the last day. */
export function retentionLeft(deleteAfter: number, now: number): RetentionLeft {
  const left = deleteAfter - now;
  if (left <= 0) return { unit: 'over' };
  if (left < dayMs) return { unit: 'hours', count: Math.max(1, Math.floor(left / hourMs)) };
  return { unit: 'days', count: Math.round(left / dayMs) };
}

/** Names as a sentence would list them: `Anna, Ben und Carla`. */
export function formatList(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(localeOf(language), { type: 'conjunction' }).format(names);
}

export function formatPercent(fraction: number, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 0 }).format(fraction);
}

export type DayPart = 'morning' | 'day' | 'evening';

/** Which greeting fits, by the hour of the local clock. */
export function dayPart(hour: number): DayPart {
  if (hour >= 4 && hour < 11) return 'morning';
  return hour >= 11 && hour < 18 ? 'day' : 'evening';
}
