import type { App } from 'electron';

/**
 * Lets `work` finish before the app quits, `patienceMs` at most: a meeting ends with its last words sent and every
 * recorded byte written. Quitting twice does not hurry it.
 */
export function finishBeforeQuit(app: App, patienceMs: number, work: () => Promise<void>): void {
  let phase: 'running' | 'finishing' | 'finished' = 'running';
  app.on('before-quit', (event) => {
    if (phase === 'finished') return;
    event.preventDefault();
    if (phase === 'finishing') return;
    phase = 'finishing';
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, patienceMs).unref();
    });
    void Promise.race([work().catch(() => undefined), patience]).then(() => {
      phase = 'finished';
      app.quit();
    });
  });
}
