import { createStore } from 'zustand/vanilla';

type Place =
  | { readonly page: 'start' }
  | { readonly page: 'recordings' }
  | { readonly page: 'recording'; readonly recordingId: string }
  | { readonly page: 'consents' }
  | { readonly page: 'people' }
  | { readonly page: 'objections' }
  | { readonly page: 'requests' }
  | { readonly page: 'retention' }
  | { readonly page: 'documents' }
  | { readonly page: 'assessment' }
  | { readonly page: 'incidents' }
  | { readonly page: 'incident'; readonly incidentId: string }
  | { readonly page: 'audit' }
  | { readonly page: 'contacts' }
  | { readonly page: 'settings' };

/**
 * How somebody last tried to get into a meeting, so that it can be tried again. `direct`: they know that the host will see
 * their address.
 */
export type JoinAttempt = { readonly direct?: boolean } & (
  | { readonly by: 'link'; readonly link: string }
  | { readonly by: 'code'; readonly meetingId: string; readonly code: string; readonly address: string }
);

export interface NavigationStoreState {
  readonly place: Place;
  /** An invite link that came before the vault was open. */
  readonly pendingLink: string | null;
  readonly lastAttempt: JoinAttempt | null;
  /** Not made, because it would have shown an address that is to be hidden: the person is asked. */
  readonly refusedAttempt: JoinAttempt | null;
  readonly go: (place: Place) => void;
  readonly setPendingLink: (link: string | null) => void;
  readonly setLastAttempt: (attempt: JoinAttempt | null) => void;
  readonly setRefusedAttempt: (attempt: JoinAttempt | null) => void;
}

export function createNavigationStore() {
  return createStore<NavigationStoreState>((set) => ({
    place: { page: 'start' },
    pendingLink: null,
    lastAttempt: null,
    refusedAttempt: null,
    go: (place) => set({ place }),
    setPendingLink: (pendingLink) => set({ pendingLink }),
    setLastAttempt: (lastAttempt) => set({ lastAttempt }),
    setRefusedAttempt: (refusedAttempt) => set({ refusedAttempt }),
  }));
}
