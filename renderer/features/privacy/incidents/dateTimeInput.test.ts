import { describe, expect, it } from 'vitest';
import { fromDateTimeInput, toDateTimeInput } from './dateTimeInput';

describe('a field for day and time', () => {
  it('goes there and back, to the minute', () => {
    const at = new Date(2026, 1, 3, 4, 5).getTime();
    expect(toDateTimeInput(at)).toBe('2026-02-03T04:05');
    expect(fromDateTimeInput('2026-02-03T04:05')).toBe(at);
    expect(fromDateTimeInput(toDateTimeInput(at + 59_999))).toBe(at);
  });

  it('is empty for no time, and no time for what is no date', () => {
    expect(toDateTimeInput(null)).toBe('');
    for (const text of ['', 'soon', '2026-13-40T00:00', '1200-01-01T00:00']) expect(fromDateTimeInput(text)).toBeNull();
  });
});
