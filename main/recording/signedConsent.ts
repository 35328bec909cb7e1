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

/** A withdrawal that is stored here with the receipt it takes back from. */
export interface SignedWithdrawal {
  readonly receipt: StoredReceipt;
  readonly withdrawal: ConsentWithdrawal;
  readonly signature: string;
}

/**
 * Signs and stores withdrawals of what this installation agreed to in a recording, its own or somebody else's; what
 * stands is taken back, the rest is left out. One for each answer, as one installation may have joined twice. Whoever
 * calls destroys the media or tells the host. Throws `recording/not-found` when it was never asked about that recording.
 */
export function recordWithdrawals(
  environment: Pick<RecordingEnvironment, 'signer' | 'now' | 'vault'>,
  input: { readonly recordingId: string; readonly kinds: readonly RecordingKind[] },
): readonly SignedWithdrawal[] {
  const { receipts } = environment.vault();
  const signer = environment.signer();
  const given = receipts.ofRecording(input.recordingId).filter(({ identityKey }) => identityKey === signer.publicKey);
  if (given.length === 0) throw new DomainError('recording/not-found');
  return given.flatMap((receipt) => {
    const kinds = grantedKinds(receipt).filter((kind) => input.kinds.includes(kind));
    if (kinds.length === 0) return [];
    const { recordingId, participantId } = receipt;
    const withdrawal: ConsentWithdrawal = { recordingId, participantId, kinds, withdrawnAt: environment.now() };
    const signature = signer.sign('consentWithdrawal', withdrawal);
    receipts.addWithdrawal(recordingId, participantId, withdrawal, signature);
    return [{ receipt, withdrawal, signature }];
  });
}
