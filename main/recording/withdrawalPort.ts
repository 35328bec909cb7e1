import type { TravellingWithdrawal, WithdrawalPort } from '../../common/consent/withdrawalPort';
import type { RecordingEnvironment } from './environment';
import { keepErasureProof, type WithdrawalDesk } from './withdrawalDesk';

/** What was taken back here from recordings of this host and is not confirmed yet, the oldest first. */
export function unconfirmedWithdrawals(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer'>,
  hostKey: string,
): readonly TravellingWithdrawal[] {
  const { receipts, confirmations } = environment.vault();
  const own = environment.signer().publicKey;
  return receipts
    .all()
    .filter(({ identityKey, request }) => identityKey === own && request.controllerKey === hostKey)
    .flatMap(({ withdrawals }) => withdrawals)
    .filter(({ signature }) => confirmations.of(signature) === null);
}

/** Withdrawals on their way over a connection on which nobody has been admitted (yet). */
export function createWithdrawalPort(environment: RecordingEnvironment, desk: WithdrawalDesk): WithdrawalPort {
  return {
    waitingFor: (hostKey) => unconfirmedWithdrawals(environment, hostKey),
    take: ({ withdrawal, signature }) => desk.take(withdrawal, signature),
    keep: (proof) => keepErasureProof(environment, proof),
  };
}
