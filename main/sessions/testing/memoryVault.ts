import { generateKeyPairSync } from 'node:crypto';
import type { ChatMessage, MeetingSummary } from '../../../common/meeting/models';
import type { StoredIdentity, Vault } from '../../vault/repositories';

/** A new identity key pair, as the vault stores it. */
export function newIdentity(): StoredIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64url'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

export interface MemoryVault extends Pick<Vault, 'profile' | 'people' | 'meetings' | 'chat'> {
  readonly known: Map<string, string>;
  readonly started: Map<string, MeetingSummary>;
}

/** The part of a vault that sessions use, in memory. */
export function createMemoryVault(name: string, identity = newIdentity()): MemoryVault {
  const known = new Map<string, string>();
  const started = new Map<string, MeetingSummary>();
  const messages: ChatMessage[] = [];
  return {
    known,
    started,
    profile: {
      get: () => ({ name, contact: `${name}@example.org`, identityKey: identity.publicKey }),
      save: () => {},
      identity: () => identity,
    },
    people: {
      nameOf: (key) => known.get(key) ?? null,
      met: (person) => void known.set(person.identityKey, person.name),
      list: () => [],
      expire: () => {},
    },
    meetings: {
      start: ({ meetingId, title, role, hostName, startedAt }) =>
        void started.set(meetingId, {
          meetingId,
          title,
          role,
          hostName,
          startedAt,
          endedAt: null,
          participantNames: [],
          messageCount: 0,
          deleteAfter: startedAt + 30 * 24 * 60 * 60 * 1000,
          hold: null,
        }),
      addParticipant: (meetingId, person) => {
        const meeting = started.get(meetingId);
        if (meeting === undefined) throw new Error('no such meeting');
        const participantNames = [...new Set([...meeting.participantNames, person.name])];
        started.set(meetingId, { ...meeting, participantNames });
      },
      end: (meetingId, endedAt) => {
        const meeting = started.get(meetingId);
        if (meeting !== undefined) started.set(meetingId, { ...meeting, endedAt });
      },
      titleOf: (meetingId) => started.get(meetingId)?.title ?? null,
      recent: (limit) => [...started.values()].slice(0, limit),
      delete: (meetingId) => void started.delete(meetingId),
    },
    chat: {
      add: (message) => void messages.push(message),
      history: (meetingId) => messages.filter((one) => one.meetingId === meetingId),
      search: () => [],
      deleteOf: () => 0,
    },
  };
}
