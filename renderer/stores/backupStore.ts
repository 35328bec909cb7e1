import { createStore } from 'zustand/vanilla';
import type { BackupProgress } from '../../common/backup';

export interface BackupStoreState {
  /** Everything is being saved; it goes on whatever screen is shown. */
  readonly saving: boolean;
  /** How far the backup that is saved or restored is; null before the first news of it. */
  readonly progress: BackupProgress | null;
}

export const createBackupStore = () => createStore<BackupStoreState>(() => ({ saving: false, progress: null }));
