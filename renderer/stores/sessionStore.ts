import { createStore } from 'zustand/vanilla';
import type { SessionState } from '../../common/meeting/sessionState';

export interface SessionStoreState {
  readonly session: SessionState;
}

export function createSessionStore() {
  return createStore<SessionStoreState>(() => ({ session: { phase: 'idle' } }));
}
