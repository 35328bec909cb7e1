import type { Page } from '@playwright/test';

/** Counts from now on the recorders of a window that encode anew; those without a format take what arrives as it is. */
export async function countRecorders(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const Original = window.MediaRecorder;
    const counted = { recorders: 0 };
    class Counted extends Original {
      constructor(stream: MediaStream, options?: MediaRecorderOptions) {
        super(stream, options);
        if (options?.mimeType !== undefined) counted.recorders += 1;
      }
    }
    Object.assign(window, { MediaRecorder: Counted, counted });
  });
  return () => page.evaluate(() => (window as unknown as { counted: { recorders: number } }).counted.recorders);
}
