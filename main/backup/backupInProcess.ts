import type { BackupProgress } from '../../common/backup';
import { DomainError } from '../../common/errors';
import type { BackupJob, BackupJobResult, BackupMessage } from './backupJobs';

/** Does a job; rejects with its DomainError, or with the signal's reason once nothing of it runs any more. */
export type RunBackup = (
  job: BackupJob,
  options: { readonly onProgress: (progress: BackupProgress) => void; readonly signal: AbortSignal },
) => Promise<BackupJobResult>;

/** The part of Electron's UtilityProcess that is used. */
export interface BackupChild {
  postMessage(message: unknown): void;
  on(event: 'message', handler: (message: unknown) => void): unknown;
  on(event: 'exit', handler: (code: number) => void): unknown;
  kill(): boolean;
}

/**
 * Runs each job in a process of its own: encrypting takes a whole core, and neither the window nor a meeting may wait for it.
 * `fork` starts backup-process.js with Electron's `utilityProcess.fork`.
 */
export function backupInProcess(fork: () => BackupChild): RunBackup {
  return (job, { onProgress, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = fork();
      let ending: BackupMessage | null = null;
      const cancel = () => child.kill();
      signal.addEventListener('abort', cancel);
      child.on('message', (data) => {
        const message = data as BackupMessage;
        if (message.kind === 'progress') {
          onProgress(message.progress);
          return;
        }
        ending = message;
        child.kill();
      });
      // Only now has it let go of every file.
      child.on('exit', (code) => {
        signal.removeEventListener('abort', cancel);
        if (signal.aborted) reject(signal.reason as Error);
        else if (ending?.kind === 'done') resolve(ending.result);
        else if (ending?.kind === 'failed') reject(new DomainError(ending.code, new Error(ending.reason)));
        else reject(new Error(`the backup process ended with code ${code}`));
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      child.postMessage(job);
    });
}
