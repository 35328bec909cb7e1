import type {
  ConsentAnswer,
  ConsentRequest,
  ConsentWithdrawal,
  Decisions,
  RecordingKind,
} from '../../common/consent/models';
import { noticeText, noticeVersion } from '../../common/consent/noticeText';
import { DomainError } from '../../common/errors';
import type { Language } from '../../common/meeting/models';
import type { StoredReceipt } from '../vault/repositories';
import { grantedKinds, type Person } from './consentProof';
import { documentHash, textHash } from './documents';
import type { RecordingEnvironment } from './environment';

/** Signs this installation's answer to a request and returns the receipt to store, without the host's signature. */
export function signAnswer(
  environment: Pick<RecordingEnvironment, 'signer' | 'now'>,
  person: Person,
  request: ConsentRequest,
  given: { readonly decisions: Decisions; readonly language: Language },
): Omit<StoredReceipt, 'withdrawals'> {
  const text = noticeText(request, given.language);
  const answer: ConsentAnswer = {
    recordingId: request.recordingId,
    participantId: person.id,
    participantName: person.name,
    requestHash: documentHash(request),
    noticeHash: textHash(text),
    noticeVersion,
    noticeLanguage: given.language,
    decisions: given.decisions,
    answeredAt: environment.now(),
  };
  return {
    recordingId: request.recordingId,
    participantId: person.id,
    identityKey: person.identityKey,
    name: person.name,
    request,
    answer,
    answerSignature: environment.signer().sign('consentAnswer', answer),
    hostSignature: null,
    noticeText: text,
  };
}

/** The host's signature over an answer it has taken. */
export function countersign(environment: Pick<RecordingEnvironment, 'signer'>, answer: ConsentAnswer): string {
  return environment.signer().sign('consentReceipt', answer);
}

/** Signs this installation's withdrawal of kinds it agreed to in `receipt`. */
export function signWithdrawal(
  environment: Pick<RecordingEnvironment, 'signer' | 'now'>,
  receipt: StoredReceipt,
  kinds: readonly RecordingKind[],
): { readonly withdrawal: ConsentWithdrawal; readonly signature: string } {
  const withdrawal: ConsentWithdrawal = {
    recordingId: receipt.recordingId,
    participantId: receipt.participantId,
    kinds: [...kinds],
    withdrawnAt: environment.now(),
  };
  return { withdrawal, signature: environment.signer().sign('consentWithdrawal', withdrawal) };
}

export interface OwnWithdrawal {
  readonly participantId: string;
  readonly kinds: readonly RecordingKind[];
}

/**
 * Signs and stores withdrawals of what this installation agreed to in a recording of its own; whoever calls destroys
 * the media. Returns what was still standing, per participant entry (one installation may have joined twice). Throws
 * `recording/not-found` when it has no receipt for that recording, `session/not-in-meeting` when it is somebody else's:
 * only they can destroy it.
 */
export function recordOwnWithdrawals(
  environment: Pick<RecordingEnvironment, 'signer' | 'now' | 'vault'>,
  input: { readonly recordingId: string; readonly kinds: readonly RecordingKind[] },
): readonly OwnWithdrawal[] {
  const { receipts } = environment.vault();
  const own = environment.signer().publicKey;
  const given = receipts.ofRecording(input.recordingId).filter((receipt) => receipt.identityKey === own);
  if (given.length === 0) throw new DomainError('recording/not-found');
  const mine = given.filter((receipt) => receipt.request.controllerKey === own);
  if (mine.length === 0) throw new DomainError('session/not-in-meeting');
  return mine.flatMap((receipt) => {
    const kinds = grantedKinds(receipt).filter((kind) => input.kinds.includes(kind));
    if (kinds.length === 0) return [];
    const { withdrawal, signature } = signWithdrawal(environment, receipt, kinds);
    receipts.addWithdrawal(receipt.recordingId, receipt.participantId, withdrawal, signature);
    return [{ participantId: receipt.participantId, kinds }];
  });
}
