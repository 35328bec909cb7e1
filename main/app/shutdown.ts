import type { App } from 'electron';

export interface ShutdownOptions {
  /** In this order; one that fails is reported and does not keep the next from running. */
  readonly steps: readonly (() => Promise<void>)[];
  /** Afterwards the app quits all the same, in milliseconds. */
  readonly patienceMs: number;
  readonly report: (thrown: unknown) => void;
}

/**
 * Lets the steps finish before the app quits: a meeting ends with its last words sent and every recorded byte written.
 * Quitting twice does not hurry it.
 */
export function finishBeforeQuit(app: Pick<App, 'on' | 'quit'>, { steps, patienceMs, report }: ShutdownOptions): void {
  let phase: 'running' | 'finishing' | 'finished' = 'running';
  app.on('before-quit', (event) => {
    if (phase === 'finished') return;
    event.preventDefault();
    if (phase === 'finishing') return;
    phase = 'finishing';
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, patienceMs).unref();
    });
    void Promise.race([runAll(steps, report), patience]).then(() => {
      phase = 'finished';
      app.quit();
    });
  });
}

async function runAll(steps: ShutdownOptions['steps'], report: ShutdownOptions['report']): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (thrown) {
      report(thrown);
    }
  }
}
