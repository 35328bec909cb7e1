import type { BackupProgress } from '../../common/backup';
import { DomainError, errorCodeOf } from '../../common/errors';
import type { BackupJob, BackupJobResult, BackupMessage } from './backupJobs';
import { extractBackup, previewBackup } from './extractBackup';
import { writeBackup } from './writeBackup';

/** Between two reports of progress, in milliseconds. */
const reportEvery = 100;

/** Does one job and says how it goes; the last message is `done` or `failed`. Never rejects. */
export async function runBackupJob(job: BackupJob, say: (message: BackupMessage) => void): Promise<void> {
  let last = 0;
  const onProgress = (progress: BackupProgress) => {
    const now = Date.now();
    if (now - last < reportEvery) return;
    last = now;
    say({ kind: 'progress', progress });
  };
  try {
    say({ kind: 'done', result: await resultOf(job, onProgress) });
  } catch (error) {
    const cause = error instanceof DomainError ? error.cause : error;
    // The name of the error only: a message may hold a path.
    say({ kind: 'failed', code: errorCodeOf(error), reason: cause instanceof Error ? nameOf(cause) : '' });
  }
}

async function resultOf(job: BackupJob, onProgress: (progress: BackupProgress) => void): Promise<BackupJobResult> {
  switch (job.kind) {
    case 'write':
      return { manifest: job.manifest, bytes: await writeBackup(job, onProgress), small: null };
    case 'preview':
      return previewBackup(job.source, job.passphrase);
    case 'extract':
      return extractBackup(job, onProgress);
  }
}

function nameOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return code ?? error.name;
}
