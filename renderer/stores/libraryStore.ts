import { createStore } from 'zustand/vanilla';
import type { MeetingSummary } from '../../common/meeting/models';
import type { RecordingSummary } from '../../common/recording/models';
import type { RetentionOverview } from '../../common/retention';

/** What was: null while it has not been read yet. */
export interface LibraryStoreState {
  readonly meetings: readonly MeetingSummary[] | null;
  readonly recordings: readonly RecordingSummary[] | null;
  /** How long it all is kept. */
  readonly retention: RetentionOverview | null;
}

export function createLibraryStore() {
  return createStore<LibraryStoreState>(() => ({ meetings: null, recordings: null, retention: null }));
}
