import type { Body, BodyType } from '../../../common/protocol/bodies';
import type { NoticeFacts } from '../../../common/meeting/models';
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
const mallorysNotice: NoticeFacts = {
  controllerName: 'Mallory',
  controllerContact: '',
  officerContact: 'Oskar',
  chatRetentionDays: 1,
  recordingRetentionDays: 1,
  relay: null,
  iceServers: [],
  employees: false,
  registration: null,
};

/**
 * One well-formed body of every type. A new body without a line here does
 * not compile; what is expected of it is asked for where the samples are used.
 */
export const sampleBodies: {
  readonly [Type in BodyType]: (cast: Cast) => Extract<Body, { type: Type }>;
} = {
  signal: () => ({ type: 'signal', generation: 0, signal: { type: 'offer', sdp: `v=0 ${freshId()}` } }),
  reconnect: () => ({ type: 'reconnect', generation: 0 }),
  chat: () => ({ type: 'chat', id: freshId(), text: `said ${freshId()}`, sentAt: Date.now() }),
  mediaState: () => ({ type: 'mediaState', media: { microphone: true, camera: true } }),
  verifyAsk: () => ({ type: 'verifyAsk', generation: 0 }),
  verifyCommit: () => ({ type: 'verifyCommit', generation: 0, commitment: hash }),
  verifyNonce: () => ({ type: 'verifyNonce', generation: 0, nonce: hash }),
  verifyReveal: () => ({ type: 'verifyReveal', generation: 0, nonce: hash }),
  leaving: () => ({ type: 'leaving' }),
  handOver: ({ guestId }) => ({ type: 'handOver', term: 1, to: guestId }),
  takeOver: () => ({
    type: 'takeOver',
    term: 1,
    door: { addresses: ['127.0.0.1:1'], relay: null, fingerprint: hash },
    token: hash,
  }),
  stillHost: () => ({ type: 'stillHost', term: 1 }),
  muteRequest: ({ hostId }) => ({ type: 'muteRequest', by: hostId }),
  moderate: () => ({ type: 'moderate', moderation: { action: 'lock' } }),
  participantRemoved: ({ guestId, guestKey }) => ({
    type: 'participantRemoved',
    participantId: guestId,
    identityKey: guestKey,
  }),
  consentRequest: ({ meetingId }) => ({
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
  }),
  consentAnswer: ({ guestId }) => ({
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
  }),
  consentWithdrawal: ({ guestId }) => ({
    type: 'consentWithdrawal',
    withdrawal: { recordingId: freshId(), participantId: guestId, kinds: ['audio'], withdrawnAt: 1 },
    signature,
  }),
  consentReceipt: () => ({
    type: 'consentReceipt',
    recordingId: freshId(),
    answerHash: hash,
    hostKey: hash,
    signature,
  }),
  recordingStatus: () => ({
    type: 'recordingStatus',
    recordingId: freshId(),
    startedAt: 1,
    consents: [],
    recordable: [],
  }),
  noticeChanged: () => ({ type: 'noticeChanged', notice: mallorysNotice, noticeVersion: { number: 9, since: 1 } }),
  noticeAcknowledged: () => ({ type: 'noticeAcknowledged', notice: hash }),
  recordingStopped: () => ({ type: 'recordingStopped', recordingId: freshId() }),
  erasureProof: ({ guestId }) => ({
    type: 'erasureProof',
    proof: {
      ...{ recordingId: freshId(), participantId: guestId, withdrawalHash: hash, kinds: ['audio'] },
      ...{ scope: 'everything', erasedAt: 1, tracks: 0, chatLines: 0, exports: [] },
    },
    signature,
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
  knock: () => ({
    ...{
      type: 'knock',
      name: 'Mallory',
      identityKey: hash,
      language: 'en',
      passcode: null,
      registration: {},
      notice: hash,
      signature,
    },
  }),
  resume: ({ guestId }) => ({ type: 'resume', participantId: guestId, identityKey: hash, fresh: false, signature }),
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
  personRequest: () => ({ type: 'personRequest', request: sampleRequest(), signature }),
  personRequestWithdrawal: () => ({
    type: 'personRequestWithdrawal',
    withdrawal: { requestId: freshId(), hostKey: hash, withdrawnAt: 1 },
    signature,
  }),
  personRequestTold: () => ({ type: 'personRequestTold', requestId: freshId(), revision: 1 }),
  leave: () => ({ type: 'leave' }),
};

function sampleRequest() {
  return {
    ...{ requestId: freshId(), hostKey: hash, personKey: hash, personName: 'Mallory' },
    ...{ right: 'erasure' as const, text: 'all of it', madeAt: 1 },
  };
}

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
    notice: mallorysNotice,
    noticeVersion: { number: 1, since: 0 },
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
  personRequestStatus: () => ({
    type: 'personRequestStatus',
    status: {
      ...{ requestId: freshId(), requestHash: hash, hostKey: hash, revision: 1, statedAt: 1, receivedAt: 1 },
      ...{ dueOn: '2026-01-31', extension: null, state: 'open', answer: '', erasure: null },
    },
    signature,
  }),
  notice: () => ({ type: 'notice', notice: mallorysNotice, noticeVersion: { number: 9, since: 1 }, signature }),
  waiting: () => ({ type: 'waiting' }),
  passcodeRefused: () => ({ type: 'passcodeRefused', reason: 'wrong' }),
  admitted: ({ guestId }) => ({ type: 'admitted', selfId: guestId, title: 'Trap', startedAt: 1, token: hash, seen: 0 }),
  roster: () => ({ type: 'roster', revision: 1_000, locked: true, participants: [] }),
  envelope: (cast) => sampleGuestMessages.envelope(cast),
  lobby: ({ knockId }) => ({
    type: 'lobby',
    knocks: [{ knockId, name: 'Mallory', identityKey: hash, at: 1 }],
    invite: {
      link: 'konklave://join',
      meetingId: '123-456-789',
      code: 'code',
      addresses: [],
      relayAddress: null,
      expiresAt: 1,
    },
    passcode: 'Trap 42',
    removedKeys: [],
  }),
  turnCredentials: () => ({
    type: 'turnCredentials',
    username: `1700000000:${'T'.repeat(22)}`,
    credential: `${'A'.repeat(27)}=`,
  }),
  removed: () => ({ type: 'removed' }),
  ended: () => ({ type: 'ended' }),
};
