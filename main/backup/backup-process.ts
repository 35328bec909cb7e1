import { webcrypto } from 'node:crypto';
import type { BackupJob } from './backupJobs';
import { runBackupJob } from './runBackupJob';

// Node 18 has no global one, and age-encryption asks for it.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

// The entry of a utility process: one job, and what comes of it. Main kills it afterwards, or in the middle to cancel.
process.parentPort.once('message', ({ data }: { data: BackupJob }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  void runBackupJob(data, (message) => process.parentPort.postMessage(message));
});
