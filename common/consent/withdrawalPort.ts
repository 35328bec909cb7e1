import type { ConsentWithdrawal, ErasureProof } from './models';

/** A withdrawal as it travels. `signature`: by the person's key (context `consentWithdrawal`). */
export interface TravellingWithdrawal {
  readonly withdrawal: ConsentWithdrawal;
  readonly signature: string;
}

/** The host's answer. `signature`: by the host's key (context `erasureProof`). */
export interface TravellingProof {
  readonly proof: ErasureProof;
  readonly signature: string;
}

/**
 * What sessions need to carry withdrawals to a host before anybody was admitted. Implemented by main/recording, used by
 * main/sessions; neither knows the other. Every member may throw while the vault is locked.
 */
export interface WithdrawalPort {
  /** What was taken back from recordings of this host and is not confirmed yet. */
  waitingFor(hostKey: string): readonly TravellingWithdrawal[];
  /** As the host: carries it out. Null when it is refused. */
  take(withdrawal: TravellingWithdrawal): TravellingProof | null;
  /** As the person: keeps the host's word. False when it is refused. */
  keep(proof: TravellingProof): boolean;
}
