import type { SignedRequest, SignedRequestStatus, SignedRequestWithdrawal } from './personRequests';

/**
 * What sessions need to carry requests about somebody's data, and the answers. Implemented by main/privacy, used by
 * main/sessions; neither knows the other. Every member may throw while the vault is locked.
 */
export interface RequestPort {
  /** As the person: what this host has not confirmed yet. */
  waitingFor(hostKey: string): {
    readonly requests: readonly SignedRequest[];
    readonly withdrawals: readonly SignedRequestWithdrawal[];
  };
  /** As the person: keeps the host's word. False when it is refused. */
  keep(status: SignedRequestStatus): boolean;
  /**
   * As the host: takes a request in. The answer says that it came, and no more: whoever hands it in may have copied it.
   * Null when it is refused.
   */
  take(request: SignedRequest): SignedRequestStatus | null;
  /** As the host: closes what its person took back; what is refused changes nothing. */
  takeWithdrawal(withdrawal: SignedRequestWithdrawal): void;
  /** As the host: what this person, whose key was proven, has not been told yet. */
  toTell(personKey: string): readonly SignedRequestStatus[];
  told(personKey: string, requestId: string, revision: number): void;
}
