import type { Moderation } from '../../common/meeting/moderation';
import type { MeetingRoom } from './meetingRoom';

/** One meeting from the first step to the last, on either side. Says where it is by the callback it was made with. */
export interface Session {
  /** The meeting, while one is in it. */
  readonly room: MeetingRoom | null;
  /**
   * Admits, denies, removes, mutes, locks; by a co-host it is asked of the host. Throws DomainError and has done nothing:
   * 'session/not-host', 'session/unknown-participant', 'join/full'.
   */
  moderate(moderation: Moderation): void;
  /** The network is another, or the computer woke up: what is broken is noticed and repaired now. */
  handleWake(): void;
  /** There may be something about somebody's data to deliver to whoever is connected. */
  handleRequestsChanged(): void;
  /** Leaves, ends for all (host), or gives up. The state has changed when it returns; calling it again does nothing. */
  leave(): void;
  /** Resolves when every socket is closed; only after the session is over. */
  closed(): Promise<void>;
}
