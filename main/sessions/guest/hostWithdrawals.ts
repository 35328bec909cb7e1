import type { HostMessage, GuestMessage } from '../../../common/protocol/messages';
import type { SessionEnvironment } from '../sessionEnvironment';

type Environment = Pick<SessionEnvironment, 'withdrawals' | 'report'>;

/** What was taken back from this host's recordings is said at once: nobody has to be admitted for it. */
export function sendWithdrawals(
  { withdrawals, report }: Environment,
  hostKey: string,
  send: (message: GuestMessage) => void,
): void {
  try {
    for (const { withdrawal, signature } of withdrawals?.waitingFor(hostKey) ?? []) {
      send({ type: 'withdrawal', withdrawal, signature });
    }
  } catch (error) {
    report(error);
  }
}

export function keepErasureProof(
  { withdrawals, report }: Environment,
  { proof, signature }: Extract<HostMessage, { type: 'erasureProof' }>,
): void {
  try {
    withdrawals?.keep({ proof, signature });
  } catch (error) {
    report(error);
  }
}
