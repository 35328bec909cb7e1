import { createStore } from 'zustand/vanilla';
import type { RecordingState } from '../../common/consent/models';

export interface RecordingStoreState {
  /** Null: nothing is being recorded. */
  readonly recording: RecordingState | null;
}

export function createRecordingStore() {
  return createStore<RecordingStoreState>(() => ({ recording: null }));
}
