import type { Body, BodyType } from '../../../common/protocol/bodies';
import type { Moderation } from '../../../common/meeting/moderation';
import type { GuestMessage, HostMessage } from '../../../common/protocol/messages';

/** Whom the samples speak of. */
export interface Cast {
  readonly meetingId: string;
  readonly hostId: string;
  /** A guest who stays what it is. */
  readonly guestId: string;
  readonly guestKey: string;
  /** Somebody at the door. */
  readonly knockId: string;
}

let made = 0;
/** An ID that no test has used yet. */
export function freshId(): string {
  made += 1;
  return String(made).padStart(22, 'f');
}

const hash = 'A'.repeat(43);
const signature = 'A'.repeat(86);

/**
 * One well-formed body of every type, and to whom an honest client would send it. A new body without a line here does
 * not compile; what is expected of it is asked for where the samples are used.
 */
export const sampleBodies: {
  readonly [Type in BodyType]: (cast: Cast) => {
    readonly to: 'host' | 'guest' | 'everyone';
    readonly body: Extract<Body, { type: Type }>;
  };
} = {
  signal: () => ({
    to: 'guest',
    body: { type: 'signal', generation: 0, signal: { type: 'offer', sdp: `v=0 ${freshId()}` } },
  }),
  reconnect: () => ({ to: 'guest', body: { type: 'reconnect', generation: 0 } }),
  chat: () => ({
    to: 'everyone',
    body: { type: 'chat', id: freshId(), text: `said ${freshId()}`, sentAt: Date.now() },
  }),
  mediaState: () => ({
    to: 'everyone',
    body: { type: 'mediaState', media: { microphone: true, camera: true } },
  }),
  muteRequest: ({ hostId }) => ({ to: 'guest', body: { type: 'muteRequest', by: hostId } }),
  moderate: () => ({ to: 'host', body: { type: 'moderate', moderation: { action: 'lock' } } }),
  participantRemoved: ({ guestId, guestKey }) => ({
    to: 'everyone',
    body: { type: 'participantRemoved', participantId: guestId, identityKey: guestKey },
  }),
  consentRequest: ({ meetingId }) => ({
    to: 'everyone',
    body: {
      type: 'consentRequest',
      request: {
        recordingId: freshId(),
        meetingId,
        controllerName: 'Mallory',
        controllerContact: '',
        controllerKey: hash,
        purpose: 'mine',
        retentionDays: 1,
        requestedAt: 1,
      },
    },
  }),
  consentAnswer: ({ guestId }) => ({
    to: 'host',
    body: {
      type: 'consentAnswer',
      answer: {
        recordingId: freshId(),
        participantId: guestId,
        participantName: 'Gesa',
        requestHash: hash,
        noticeHash: hash,
        noticeVersion: 1,
        noticeLanguage: 'en',
        decisions: { audio: true },
        answeredAt: 1,
      },
      signature,
    },
  }),
  consentWithdrawal: ({ guestId }) => ({
    to: 'host',
    body: {
      type: 'consentWithdrawal',
      withdrawal: { recordingId: freshId(), participantId: guestId, kinds: ['audio'], withdrawnAt: 1 },
      signature,
    },
  }),
  consentReceipt: () => ({
    to: 'guest',
    body: { type: 'consentReceipt', recordingId: freshId(), answerHash: hash, hostKey: hash, signature },
  }),
  recordingStatus: () => ({
    to: 'everyone',
    body: { type: 'recordingStatus', recordingId: freshId(), startedAt: 1, consents: [], recordable: [] },
  }),
  recordingStopped: () => ({ to: 'everyone', body: { type: 'recordingStopped', recordingId: freshId() } }),
  erasureProof: ({ guestId }) => ({
    to: 'guest',
    body: {
      type: 'erasureProof',
      proof: {
        ...{ recordingId: freshId(), participantId: guestId, withdrawalHash: hash, kinds: ['audio'] },
        ...{ scope: 'everything', erasedAt: 1, tracks: 0, chatLines: 0, exports: [] },
      },
      signature,
    },
  }),
};

/** One of every kind of moderation, aimed at a participant or at somebody at the door. */
export const sampleModerations: {
  readonly [Action in Moderation['action']]: (
    targetId: string,
    knockId: string,
  ) => Extract<Moderation, { action: Action }>;
} = {
  admit: (_targetId, knockId) => ({ action: 'admit', knockId }),
  deny: (_targetId, knockId) => ({ action: 'deny', knockId }),
  remove: (participantId) => ({ action: 'remove', participantId }),
  mute: (participantId) => ({ action: 'mute', participantId }),
  'mute-all': () => ({ action: 'mute-all' }),
  lock: () => ({ action: 'lock' }),
  unlock: () => ({ action: 'unlock' }),
};

/** One well-formed message of every type that a guest sends, with nothing true in it. */
export const sampleGuestMessages: {
  readonly [Type in GuestMessage['type']]: (cast: Cast) => Extract<GuestMessage, { type: Type }>;
} = {
  hello: ({ meetingId }) => ({ type: 'hello', version: 1, meeting: meetingId, secret: '00000000' }),
  knock: () => ({ type: 'knock', name: 'Mallory', identityKey: hash, language: 'en', passcode: null, signature }),
  withdrawal: ({ guestId }) => ({
    type: 'withdrawal',
    withdrawal: { recordingId: freshId(), participantId: guestId, kinds: ['audio'], withdrawnAt: 1 },
    signature,
  }),
  envelope: ({ meetingId, guestId }) => ({
    type: 'envelope',
    envelope: {
      header: { meetingId, from: guestId, to: null, sequence: 1, body: { type: 'reconnect', generation: 0 } },
      signature,
    },
  }),
  leave: () => ({ type: 'leave' }),
};

/** One well-formed message of every type that a host sends, with nothing true in it. */
export const sampleHostMessages: {
  readonly [Type in HostMessage['type']]: (cast: Cast) => Extract<HostMessage, { type: Type }>;
} = {
  welcome: ({ meetingId }) => ({
    type: 'welcome',
    version: 1,
    meetingId,
    nonce: hash,
    hostName: 'Mallory',
    hostKey: hash,
    notice: {
      controllerName: 'Mallory',
      controllerContact: '',
      chatRetentionDays: 1,
      recordingRetentionDays: 1,
      relay: null,
    },
    plan: null,
    passcodeNeeded: false,
    expiresAt: 1,
    signature,
  }),
  refused: () => ({ type: 'refused', reason: 'denied', version: 1 }),
  erasureProof: ({ guestId }) => ({
    type: 'erasureProof',
    proof: {
      ...{ recordingId: freshId(), participantId: guestId, withdrawalHash: hash, kinds: ['audio'] },
      ...{ scope: 'everything', erasedAt: 1, tracks: 0, chatLines: 0, exports: [] },
    },
    signature,
  }),
  waiting: () => ({ type: 'waiting' }),
  passcodeRefused: () => ({ type: 'passcodeRefused', reason: 'wrong' }),
  admitted: ({ guestId }) => ({ type: 'admitted', selfId: guestId, title: 'Trap', startedAt: 1 }),
  roster: () => ({ type: 'roster', revision: 1_000, locked: true, participants: [] }),
  envelope: (cast) => sampleGuestMessages.envelope(cast),
  lobby: ({ knockId }) => ({
    type: 'lobby',
    knocks: [{ knockId, name: 'Mallory', identityKey: hash, at: 1 }],
    invite: { link: 'konklave://join', meetingId: '123-456-789', code: 'code', addresses: [], expiresAt: 1 },
    passcode: 'Trap 42',
    removedKeys: [],
  }),
  removed: () => ({ type: 'removed' }),
  ended: () => ({ type: 'ended' }),
};
