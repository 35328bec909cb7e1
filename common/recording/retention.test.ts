import { describe, expect, test } from 'vitest';
import { dueParts, keptUntil } from './retention';

const day = 24 * 60 * 60 * 1000;
const both = { clips: true, rest: true };
const onlyClips = { clips: true, rest: false };
const onlyRest = { clips: false, rest: true };
const dated = (retentionDays: number, clipRetentionDays: number | null) => ({
  ...{ startedAt: 0, retentionDays, clipRetentionDays },
});

describe('what of a recording is due', () => {
  test('clips that are kept longer outlive the rest, and then all goes', () => {
    const recording = dated(14, 90);
    expect(dueParts(recording, both, 14 * day - 1)).toBe('nothing');
    expect(dueParts(recording, both, 14 * day)).toBe('rest');
    expect(dueParts(recording, onlyClips, 14 * day)).toBe('nothing');
    expect(dueParts(recording, onlyClips, 90 * day - 1)).toBe('nothing');
    expect(dueParts(recording, onlyClips, 90 * day)).toBe('everything');
    // The app was not opened in between.
    expect(dueParts(recording, both, 90 * day)).toBe('everything');
  });

  test('clips that are kept for less go first, and the rest in its own time', () => {
    const recording = dated(14, 7);
    expect(dueParts(recording, both, 7 * day - 1)).toBe('nothing');
    expect(dueParts(recording, both, 7 * day)).toBe('clips');
    expect(dueParts(recording, onlyRest, 7 * day)).toBe('nothing');
    expect(dueParts(recording, onlyRest, 14 * day)).toBe('everything');
  });

  test('where there is no clip, nothing waits for one', () => {
    expect(dueParts(dated(14, 90), onlyRest, 14 * day)).toBe('everything');
    expect(dueParts(dated(14, 90), { clips: false, rest: false }, 14 * day)).toBe('everything');
    expect(dueParts(dated(14, null), both, 14 * day)).toBe('everything');
  });

  test('the date that is shown is that of what is left', () => {
    expect(keptUntil(dated(14, 90), both)).toBe(14 * day);
    expect(keptUntil(dated(14, 90), onlyClips)).toBe(90 * day);
    expect(keptUntil(dated(14, null), onlyClips)).toBe(14 * day);
  });
});
