import type { FinalizeJob, FinalizeOutcome } from './finalizeTrack';

/** Makes one track seekable; rejects when the process that does it dies. */
export type RunFinalize = (job: FinalizeJob) => Promise<FinalizeOutcome>;

/** The part of Electron's UtilityProcess that is used. */
export interface FinalizeChild {
  postMessage(message: unknown): void;
  on(event: 'message', handler: (message: unknown) => void): unknown;
  on(event: 'exit', handler: (code: number) => void): unknown;
  kill(): boolean;
}

/**
 * Runs each job in a process of its own, so that muxing neither stalls main nor can take it down. The keys travel in the
 * message, never on the command line. `fork` starts finalize-process.js with Electron's `utilityProcess.fork`.
 */
export function finalizeInProcess(fork: () => FinalizeChild): RunFinalize {
  return (job) =>
    new Promise((resolve, reject) => {
      const child = fork();
      child.on('message', (message) => {
        resolve(message as FinalizeOutcome);
        child.kill();
      });
      child.on('exit', (code) => reject(new Error(`the finalizing process ended with code ${code}`)));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage(job);
    });
}
