import { describe, expect, it } from 'vitest';
import { isOnPath } from '../setup/command.mjs';
import { openDisplay } from './display.mjs';

describe.skipIf(process.platform !== 'linux' || !isOnPath('Xvfb'))('virtual displays', () => {
  it('never share a number, however many start at once', async () => {
    const displays = await Promise.all(Array.from({ length: 4 }, () => openDisplay({ virtual: true })));
    await Promise.all(displays.map((display) => display.stop()));
    expect(new Set(displays.map(({ env }) => env.DISPLAY)).size).toBe(4);
  });
});
