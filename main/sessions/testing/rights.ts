import type { BodyType } from '../../../common/protocol/bodies';

/** Who may send a body, and to whom. Written out beside the code that enforces it, so that both have to agree. */
interface BodyRight {
  /** `hosts`: the host and co-hosts. */
  readonly by: 'participants' | 'host' | 'co-host' | 'hosts';
  /** Never to everyone. */
  readonly addressed?: boolean;
  /** Only to the host. */
  readonly toHost?: boolean;
}

/** A body that is not in here does not compile. */
export const bodyRights: Record<BodyType, BodyRight> = {
  signal: { by: 'participants', addressed: true },
  reconnect: { by: 'participants', addressed: true },
  chat: { by: 'participants' },
  verifyAsk: { by: 'participants', addressed: true },
  verifyCommit: { by: 'participants', addressed: true },
  verifyNonce: { by: 'participants', addressed: true },
  verifyReveal: { by: 'participants', addressed: true },
  leaving: { by: 'participants' },
  handOver: { by: 'host' },
  takeOver: { by: 'hosts', addressed: true },
  stillHost: { by: 'hosts', addressed: true },
  mediaState: { by: 'participants' },
  muteRequest: { by: 'host', addressed: true },
  moderate: { by: 'co-host', addressed: true, toHost: true },
  participantRemoved: { by: 'host' },
  noticeChanged: { by: 'host' },
  noticeAcknowledged: { by: 'participants', addressed: true, toHost: true },
  consentRequest: { by: 'host' },
  consentAnswer: { by: 'participants', addressed: true, toHost: true },
  consentWithdrawal: { by: 'participants', addressed: true, toHost: true },
  consentReceipt: { by: 'host' },
  recordingStatus: { by: 'host' },
  recordingStopped: { by: 'host' },
  erasureProof: { by: 'host' },
};
