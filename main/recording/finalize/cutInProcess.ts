import type { CutTrackJob, CutTrackOutcome } from './cutTrack';
import type { FinalizeChild } from './finalizeInProcess';

/** Cuts one track; rejects when the process that does it dies, and when it is given up. */
export type RunCut = (job: CutTrackJob, signal: AbortSignal) => Promise<CutTrackOutcome>;

/** Like `finalizeInProcess`. What a process that is given up has written is the caller's to delete. */
export function cutInProcess(fork: () => FinalizeChild): RunCut {
  return (job, signal) =>
    new Promise((resolve, reject) => {
      const child = fork();
      const giveUp = () => child.kill();
      signal.addEventListener('abort', giveUp);
      child.on('message', (message) => {
        resolve(message as CutTrackOutcome);
        child.kill();
      });
      child.on('exit', (code) => {
        signal.removeEventListener('abort', giveUp);
        reject(new Error(`the cutting process ended with code ${code}`));
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage(job);
      if (signal.aborted) giveUp();
    });
}
