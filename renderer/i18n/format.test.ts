import { describe, expect, it } from 'vitest';
import { dayPart, formatBytes, formatClock, formatDay, formatDuration, formatList, retentionLeft } from './format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatClock', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [59_999, '0:59'],
    [65_000, '1:05'],
    [hour, '1:00:00'],
    [hour + 4 * minute + 5_000, '1:04:05'],
  ])('%i ms is %s', (ms, expected) => {
    expect(formatClock(ms)).toBe(expected);
  });
});

describe('formatDuration', () => {
  it.each([
    [45_000, '45 Sek.', '45 secs'],
    [12 * minute, '12 Min.', '12 mins'],
    [hour, '1 Std.', '1 hr'],
    [hour + 5 * minute, '1 Std. 5 Min.', '1 hr 5 mins'],
    [hour - 10_000, '1 Std.', '1 hr'],
  ])('%i ms is %s or %s', (ms, german, english) => {
    expect(plain(formatDuration(ms, 'de'))).toBe(german);
    expect(plain(formatDuration(ms, 'en'))).toBe(english);
  });
});

describe('formatBytes', () => {
  it.each([
    [512, '0,5 kB', '0.5 kB'],
    [412_000, '0,4 MB', '0.4 MB'],
    [128_400_000, '128 MB', '128 MB'],
    [1_340_000_000, '1,3 GB', '1.3 GB'],
  ])('%i bytes are %s or %s', (bytes, german, english) => {
    expect(plain(formatBytes(bytes, 'de'))).toBe(german);
    expect(plain(formatBytes(bytes, 'en'))).toBe(english);
  });
});

describe('formatDay', () => {
  const now = new Date(2024, 10, 22, 9, 0).getTime();
  it('counts midnights, not hours', () => {
    expect(formatDay(new Date(2024, 10, 22, 0, 5).getTime(), now, 'de')).toBe('heute');
    expect(formatDay(new Date(2024, 10, 21, 23, 55).getTime(), now, 'de')).toBe('gestern');
    expect(formatDay(new Date(2024, 10, 21, 23, 55).getTime(), now, 'en')).toBe('yesterday');
  });
  it('names the year only when it is another', () => {
    expect(formatDay(new Date(2024, 10, 18, 12).getTime(), now, 'de')).not.toContain('2024');
    expect(formatDay(new Date(2023, 10, 18, 12).getTime(), now, 'de')).toContain('2023');
  });
});

describe('retentionLeft', () => {
  it('counts as people do: a fortnight is fourteen days on its first evening', () => {
    expect(retentionLeft(14 * day, 0)).toEqual({ unit: 'days', count: 14 });
    expect(retentionLeft(14 * day - 1, 0)).toEqual({ unit: 'days', count: 14 });
    expect(retentionLeft(1.4 * day, 0)).toEqual({ unit: 'days', count: 1 });
    expect(retentionLeft(day, 0)).toEqual({ unit: 'days', count: 1 });
    expect(retentionLeft(day - 1, 0)).toEqual({ unit: 'hours', count: 23 });
    expect(retentionLeft(10 * minute, 0)).toEqual({ unit: 'hours', count: 1 });
    expect(retentionLeft(0, 0)).toEqual({ unit: 'over' });
    expect(retentionLeft(0, day)).toEqual({ unit: 'over' });
  });
});

describe('formatList', () => {
  it('speaks the language', () => {
    expect(formatList(['Anna', 'Ben', 'Carla'], 'de')).toBe('Anna, Ben und Carla');
    expect(formatList(['Anna', 'Ben'], 'en')).toBe('Anna and Ben');
  });
});

describe('dayPart', () => {
  it.each([
    [3, 'evening'],
    [4, 'morning'],
    [10, 'morning'],
    [11, 'day'],
    [17, 'day'],
    [18, 'evening'],
  ] as const)('%i h is %s', (hourOfDay, part) => {
    expect(dayPart(hourOfDay)).toBe(part);
  });
});
