import type { Result } from '../../../common/errors';
import type { Bridge } from '../../../common/ipc/bridge';
import type { JoinAttempt } from '../../stores/navigationStore';

/** Goes to the door that a link or a typed code leads to. */
export function openAttempt(bridge: Bridge, attempt: JoinAttempt): Promise<Result<void>> {
  const direct = attempt.direct === true;
  return attempt.by === 'link'
    ? bridge['session.openLink']({ link: attempt.link, direct })
    : bridge['session.openCode']({
        meetingId: attempt.meetingId,
        code: attempt.code,
        address: attempt.address,
        direct,
      });
}
