import type { LegalBasis, PersonalKind } from '../../common/privacy/heldData';
import { legalBases } from '../../common/privacy/heldData';
import type { RetentionKind } from '../../common/retention';

/** What there is in a vault besides what is kept about people. */
type OtherKind =
  | 'objection'
  | 'incident'
  | 'audit-log'
  | 'own-profile'
  | 'receipt-chain'
  | 'deletion-log'
  | 'settings'
  | 'upkeep'
  | 'keys';
type DataKind = PersonalKind | OtherKind;

export interface DataDeclaration {
  readonly kind: DataKind;
  readonly tables: readonly string[];
  /** Of the tables: the columns that name or describe a person, as `table.column`. */
  readonly personal: readonly string[];
  /** Files and folders in the vault's folder. */
  readonly files: readonly RegExp[];
  /** Null: it says nothing about a person. */
  readonly basis: LegalBasis | null;
  /** What sets its time; `vault`: as long as there is this vault; `work`: until the work it is for is done. */
  readonly retention: RetentionKind | 'vault' | 'work';
}

const person = (table: string) => [`${table}.identity_key`, `${table}.name`];

/**
 * [Note: data registry] Every table and every kind of file of a vault, what it is for and when it goes. What answers for
 * the data (who is known, access, erasure, the record of processing) reads this and nothing else, so the test beside it
 * fails for a table, a column with a key or a name, or a file that is not declared.
 */
export const dataRegistry: readonly DataDeclaration[] = [
  {
    kind: 'contact',
    // What somebody had put right or restricted hangs on their contact and goes with it, and so does what was read of theirs.
    tables: ['people', 'restrictions', 'name_corrections', 'statements', 'notices_read'],
    personal: [
      ...[...person('people'), 'people.verified_as', 'people.accepted_as', 'notices_read.host_key'],
      ...['restrictions.identity_key', ...person('name_corrections'), 'statements.identity_key'],
    ],
    files: [],
    basis: legalBases.contact,
    retention: 'contact',
  },
  {
    kind: 'meeting',
    tables: ['meetings', 'meeting_people', 'notice_acknowledgements'],
    personal: [
      ...[...person('meeting_people'), 'notice_acknowledgements.identity_key'],
      ...['meetings.host_key', 'meetings.host_name', 'meetings.own_registration'],
    ],
    files: [],
    basis: legalBases.meeting,
    retention: 'chat',
  },
  {
    kind: 'registration',
    tables: ['registrations'],
    personal: [...person('registrations'), 'registrations.answers'],
    files: [],
    basis: legalBases.registration,
    retention: 'registration',
  },
  {
    kind: 'chat',
    tables: ['chat', 'chat_index'],
    personal: ['chat.sender_key', 'chat.sender_name', 'chat.sender_id'],
    files: [],
    basis: legalBases.chat,
    retention: 'chat',
  },
  {
    kind: 'recording',
    tables: ['recordings', 'tracks', 'track_keys', 'exports', 'cuts'],
    personal: ['tracks.identity_key', 'tracks.participant_id'],
    files: [/^recordings$/, /^recordings\/[A-Za-z0-9_-]+\.sealed$/],
    basis: legalBases.recording,
    retention: 'recording',
  },
  {
    kind: 'consent',
    tables: ['receipts', 'withdrawals', 'erasure_confirmations'],
    personal: [...person('receipts'), 'receipts.participant_id', 'withdrawals.participant_id'],
    files: [],
    basis: legalBases.consent,
    retention: 'receipt',
  },
  {
    kind: 'request',
    tables: ['person_requests', 'own_requests'],
    personal: [...person('person_requests'), ...person('own_requests')],
    files: [],
    basis: legalBases.request,
    retention: 'request',
  },
  {
    // Hashes and random IDs: whose they were is not in it any more once the receipt is gone.
    kind: 'receipt-chain',
    tables: ['receipt_chain', 'receipt_chain_end'],
    personal: ['receipt_chain.participant_id'],
    files: [],
    basis: 'proof',
    retention: 'vault',
  },
  {
    // Keyed hashes: whose they are cannot be read from them, only asked of them. They must outlive an erasure, or the
    // objection would be forgotten with the person.
    kind: 'objection',
    tables: ['objections', 'objection_marks', 'objection_salt'],
    personal: ['objection_marks.mark'],
    files: [],
    basis: legalBases.contact,
    retention: 'vault',
  },
  {
    kind: 'own-profile',
    tables: ['profile'],
    personal: [
      ...['profile.name', 'profile.contact', 'profile.officer_contact', 'profile.public_key', 'profile.private_key'],
    ],
    files: [],
    basis: null,
    retention: 'vault',
  },
  {
    kind: 'deletion-log',
    // Marks are hashes of what is gone: see main/vault/erasedMarks.ts.
    tables: ['deletion_log', 'erased_marks'],
    personal: ['erased_marks.mark'],
    files: [],
    basis: null,
    retention: 'log',
  },
  {
    kind: 'audit-log',
    tables: ['audit_log', 'audit_log_ends'],
    personal: [],
    files: [],
    basis: null,
    retention: 'log',
  },
  {
    // Numbers, and IDs of meetings and recordings: names only where somebody types some.
    kind: 'incident',
    tables: ['incidents'],
    personal: [],
    files: [],
    basis: 'proof',
    retention: 'incident',
  },
  {
    // `assessments` holds what was set, and what somebody thought about it: nobody's data.
    kind: 'settings',
    // What was told to others, and when; to whom is in the meetings.
    tables: [
      ...['retention_settings', 'legal_holds', 'ice_settings', 'registration_form', 'assessments', 'lock_code'],
      'notice_versions',
    ],
    personal: [],
    files: [],
    basis: null,
    retention: 'vault',
  },
  {
    kind: 'upkeep',
    // The seat is there while a meeting runs, and after a crash for as long as its invite.
    tables: ['retention_clock', 'pending_erasure', 'kept_seat', 'saved_backup'],
    personal: [],
    files: [
      /^vault\.(db|creating\.db|restoring\.db|saving\.db)(-wal|-shm|-journal)?$/,
      /^vault\.damaged-/,
      /^backups$/,
      /^backups\/[^/]+$/,
    ],
    basis: null,
    retention: 'work',
  },
  { kind: 'keys', tables: [], personal: [], files: [/^key(\.copy)?\.json(\.tmp)?$/], basis: null, retention: 'vault' },
];
