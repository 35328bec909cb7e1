import {
  recordingKinds,
  type ConsentWithdrawal,
  type ErasureProof,
  type RecordingKind,
  type WithdrawalScope,
} from '../../common/consent/models';
import type { StoredReceipt } from '../vault/repositories';
import { hasStandingTracks, isGenuineWithdrawal } from './consentProof';
import { documentHash } from './documents';
import type { RecordingEnvironment } from './environment';
import { withdrawable } from './signedConsent';

export interface SignedErasureProof {
  readonly proof: ErasureProof;
  /** By this installation's key over the proof (context `erasureProof`). */
  readonly signature: string;
}

/** As many as a proof can name; the newest. */
const maxExports = 1_000;

/** Carries out what was taken back: `everything` is destroyed when it returns, and throws when it could not be. */
export type ApplyWithdrawal = (
  recordingId: string,
  participantId: string,
  kinds: readonly RecordingKind[],
  scope: WithdrawalScope,
) => void;

/**
 * Where withdrawals from recordings of this installation arrive, whichever way they came: the signature says whose they
 * are. Carrying one out twice changes nothing and gives the same proof.
 */
export class WithdrawalDesk {
  readonly #environment: RecordingEnvironment;
  readonly #apply: ApplyWithdrawal;

  constructor(environment: RecordingEnvironment, apply: ApplyWithdrawal) {
    this.#environment = environment;
    this.#apply = apply;
  }

  /**
   * Null for a withdrawal that is refused: from a recording of somebody else, by somebody who was not asked, or not
   * signed by them. Otherwise everything it names is destroyed (or stopped) when this returns.
   */
  take(withdrawal: ConsentWithdrawal, signature: string): SignedErasureProof | null {
    const { vault, signer, verify, log } = this.#environment;
    const { recordingId, participantId } = withdrawal;
    const receipt = vault().receipts.get(recordingId, participantId);
    if (
      !receipt ||
      receipt.request.controllerKey !== signer().publicKey ||
      !isGenuineWithdrawal(withdrawal, signature, receipt, verify)
    ) {
      log.info('a withdrawal was refused');
      return null;
    }
    const scope = withdrawal.scope ?? 'everything';
    const kinds = withdrawable(receipt, scope).filter((kind) => withdrawal.kinds.includes(kind));
    if (!receipt.withdrawals.some((one) => one.signature === signature)) {
      // Also of what was never agreed to: an answer that was on its way must not count after it.
      vault().receipts.addWithdrawal(recordingId, participantId, withdrawal, signature);
    }
    if (kinds.length > 0) {
      this.#apply(recordingId, participantId, kinds, scope);
    } else if (scope === 'everything' && hasStandingTracks(vault(), withdrawal)) {
      // Noted before and not carried out: the disk was full, or worse.
      this.#apply(recordingId, participantId, withdrawal.kinds, scope);
    }
    return this.#proofOf(withdrawal, signature, receipt);
  }

  #proofOf(withdrawal: ConsentWithdrawal, signature: string, receipt: StoredReceipt): SignedErasureProof {
    const { vault, signer, now } = this.#environment;
    const { chat, confirmations, recordings } = vault();
    const known = confirmations.of(signature);
    // The first one may have been lost on its way.
    if (known?.proof) return { proof: known.proof, signature: known.hostSignature };
    const { recordingId, participantId } = withdrawal;
    const scope = withdrawal.scope ?? 'everything';
    const destroyed = scope === 'everything';
    const chatLines =
      destroyed && withdrawal.kinds.includes('chat')
        ? chat.deleteOf(receipt.request.meetingId, receipt.identityKey)
        : 0;
    const tracks = recordings
      .tracks(recordingId)
      .filter((track) => track.participantId === participantId && withdrawal.kinds.includes(track.kind));
    const proof: ErasureProof = {
      recordingId,
      participantId,
      withdrawalHash: documentHash(withdrawal),
      kinds: recordingKinds.filter((kind) => withdrawal.kinds.includes(kind)),
      scope,
      erasedAt: now(),
      tracks: destroyed ? tracks.length : 0,
      chatLines,
      exports: recordings.exportsOf(recordingId).slice(-maxExports),
    };
    const signed = { proof, signature: signer().sign('erasureProof', proof) };
    confirmations.add({
      ...{ withdrawalSignature: signature, hostSignature: signed.signature, confirmedAt: proof.erasedAt, proof },
    });
    return signed;
  }
}

/**
 * The withdrawal, made here, that a host's word is about. Null for a word that is refused: not about a withdrawal that was
 * made here, not saying what was asked for, or not signed by whoever recorded.
 */
export function genuineProofOf(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer' | 'verify'>,
  { proof, signature }: SignedErasureProof,
): StoredReceipt['withdrawals'][number] | null {
  const receipt = environment.vault().receipts.get(proof.recordingId, proof.participantId);
  if (receipt?.identityKey !== environment.signer().publicKey) return null;
  const stored = receipt.withdrawals.find(({ withdrawal }) => documentHash(withdrawal) === proof.withdrawalHash);
  const isGenuine =
    stored !== undefined &&
    proof.scope === (stored.withdrawal.scope ?? 'everything') &&
    stored.withdrawal.kinds.every((kind) => proof.kinds.includes(kind)) &&
    environment.verify(receipt.request.controllerKey, 'erasureProof', proof, signature);
  return isGenuine ? stored : null;
}

/** Keeps the host's word about a withdrawal of this installation's. False for one that is refused: see `genuineProofOf`. */
export function keepErasureProof(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer' | 'verify' | 'now'>,
  signed: SignedErasureProof,
): boolean {
  const withdrawal = genuineProofOf(environment, signed);
  if (withdrawal === null) return false;
  environment.vault().confirmations.add({
    withdrawalSignature: withdrawal.signature,
    hostSignature: signed.signature,
    confirmedAt: environment.now(),
    proof: signed.proof,
  });
  return true;
}
