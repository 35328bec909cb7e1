import { generateKeyPairSync } from 'node:crypto';
import type { ChatMessage, MeetingSummary } from '../../../common/meeting/models';
import type { RegisteredAnswer, Registration, RegistrationForm } from '../../../common/meeting/registration';
import type { KnownPerson } from '../../../common/verification/standing';
import type { ReadNotice, ToldNotice } from '../../../common/privacy/notice';
import { documentHash } from '../../vault/documentHash';
import type { PeopleRepository, StoredAcknowledgement, StoredIdentity, Vault } from '../../vault/repositories';

/** A new identity key pair, as the vault stores it. */
export function newIdentity(): StoredIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64url'),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

export interface MemoryVault extends Pick<
  Vault,
  | 'profile'
  | 'people'
  | 'meetings'
  | 'chat'
  | 'keptSeat'
  | 'registrations'
  | 'restrictions'
  | 'rectifications'
  | 'notices'
> {
  readonly known: Map<string, KnownPerson>;
  readonly started: Map<string, MeetingSummary>;
  readonly registered: Registration[];
  readonly told: Map<string, readonly RegisteredAnswer[]>;
}

/** The part of a vault that sessions use, in memory. */
export function createMemoryVault(name: string, identity = newIdentity()): MemoryVault {
  const known = new Map<string, KnownPerson>();
  const met: PeopleRepository['met'] = (person) => {
    const before = known.get(person.identityKey);
    const namedAt = before?.name === person.name ? before.namedAt : person.at;
    const empty = { verifiedAt: null, verifiedAs: null, acceptedAs: null };
    const { at: metAt, ...who } = person;
    known.set(person.identityKey, { ...empty, ...before, ...who, metAt, namedAt });
  };
  const change = (key: string, values: Partial<KnownPerson>) => {
    const before = known.get(key);
    if (before !== undefined) known.set(key, { ...before, ...values });
  };
  const started = new Map<string, MeetingSummary>();
  const messages: ChatMessage[] = [];
  const registered: Registration[] = [];
  const told = new Map<string, readonly RegisteredAnswer[]>();
  let form: RegistrationForm | null = null;
  let kept: string | null = null;
  const notices: ToldNotice[] = [];
  const acknowledged: StoredAcknowledgement[] = [];
  const read = new Map<string, ReadNotice>();
  return {
    known,
    started,
    registered,
    told,
    registrations: {
      lastForm: () => form,
      formInUse: () => form,
      useForm: (next) => void (form = next),
      add: ({ retentionDays, ...one }) =>
        void registered.push({ ...one, deleteAfter: one.registeredAt + retentionDays }),
      all: () => registered,
      ofMeeting: (meetingId) => registered.filter((one) => one.meetingId === meetingId),
      expire: () => {},
      give: (meetingId, answers) => void told.set(meetingId, answers),
      given: (meetingId) => told.get(meetingId) ?? [],
    },
    restrictions: { set: () => {}, lift: () => false, of: () => null, keys: () => new Set(), inside: () => false },
    rectifications: {
      ...{ correctName: () => {}, correctionOf: () => null, addStatement: () => {}, removeStatement: () => false },
      ...{ statementsOf: () => [], statementsOn: () => [] },
    },
    profile: {
      get: () => ({
        ...{ name, contact: `${name}@example.org`, officerContact: `officer of ${name}` },
        identityKey: identity.publicKey,
      }),
      save: () => {},
      identity: () => identity,
    },
    keptSeat: {
      get: () => kept,
      set: (document) => void (kept = document),
      clear: () => void (kept = null),
    },
    notices: {
      versionOf: (facts) => {
        const hash = documentHash(facts);
        const version = { number: notices.length + 1, since: 0 };
        const found = notices.find((one) => one.hash === hash) ?? { facts, hash, version };
        if (!notices.includes(found)) notices.push(found);
        return found;
      },
      versions: () => [...notices].reverse(),
      acknowledge: (meetingId, identityKey, number, acknowledgedAt) =>
        void acknowledged.push({ meetingId, identityKey, number, acknowledgedAt }),
      acknowledgementsIn: (meetingId) => acknowledged.filter((one) => one.meetingId === meetingId),
      acknowledgementsOf: (key) => acknowledged.filter((one) => one.identityKey === key),
      readOf: (hostKey) => read.get(hostKey) ?? null,
      read: (hostKey, notice, readAt) => void read.set(hostKey, { ...notice, readAt }),
    },
    people: {
      nameOf: (key) => known.get(key)?.name ?? null,
      met,
      list: () => [...known.values()],
      verify: (person) => {
        met(person);
        change(person.identityKey, { verifiedAt: person.at, verifiedAs: person.name, acceptedAs: null });
      },
      unverify: (key) => change(key, { verifiedAt: null, verifiedAs: null }),
      accept: (person) => {
        met(person);
        change(person.identityKey, { acceptedAs: person.name });
      },
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
      hosts: () => [],
      titleOf: (meetingId) => started.get(meetingId)?.title ?? null,
      recent: (limit) => [...started.values()].slice(0, limit),
      shorten: () => {},
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
