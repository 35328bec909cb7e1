import type { ConsentAnswer, ConsentRequest, ConsentWithdrawal, RecordingKind } from '../../common/consent/models';
import type { ChatHit, ChatMessage, MeetingSummary, Role } from '../../common/meeting/models';
import type { RecordingPhase } from '../../common/recording/models';
import type { Profile } from '../../common/vaultState';
import type { ChainFinding } from './receiptChain';

/** The installation's Ed25519 key pair. The private key (PKCS #8 DER) stays inside main. */
export interface StoredIdentity {
  readonly publicKey: string;
  readonly privateKey: Uint8Array;
}

export interface ProfileRepository {
  get(): Profile;
  save(profile: { readonly name: string; readonly contact: string }): void;
  identity(): StoredIdentity;
}

export interface PeopleRepository {
  /** The name this identity key was last met under, or null. */
  nameOf(identityKey: string): string | null;
  /** Notes that this person was met at `at`. */
  met(person: { readonly identityKey: string; readonly name: string; readonly at: number }): void;
}

export interface MeetingRepository {
  start(meeting: {
    readonly meetingId: string;
    readonly title: string;
    readonly role: Role;
    readonly hostName: string;
    readonly hostKey: string;
    readonly startedAt: number;
  }): void;
  addParticipant(meetingId: string, person: { readonly identityKey: string; readonly name: string }): void;
  end(meetingId: string, endedAt: number): void;
  /** Newest first. Meetings left open by a crash are listed with `endedAt: null`. */
  recent(limit: number): readonly MeetingSummary[];
  /** Null when the meeting is not here (any more). */
  titleOf(meetingId: string): string | null;
  /** Deletes the meeting and its chat, search index included. Recordings stay. */
  delete(meetingId: string): void;
}

export interface ChatRepository {
  add(message: ChatMessage): void;
  /** Oldest first. */
  history(meetingId: string): readonly ChatMessage[];
  /** Full text, any words by prefix, newest first, at most 100; any input is safe. */
  search(query: string): readonly ChatHit[];
}

/** What proves one person's answer: the documents and both signatures, kept as received. */
export interface StoredReceipt {
  readonly recordingId: string;
  readonly participantId: string;
  readonly identityKey: string;
  readonly name: string;
  readonly request: ConsentRequest;
  readonly answer: ConsentAnswer;
  /** By the person's key over the answer (context `consentAnswer`). */
  readonly answerSignature: string;
  /** By the host's key over the answer (context `consentReceipt`); null on the participant's side until it has come. */
  readonly hostSignature: string | null;
  readonly noticeText: string;
  readonly withdrawals: readonly { readonly withdrawal: ConsentWithdrawal; readonly signature: string }[];
}

export interface ReceiptRepository {
  /** Adds a receipt or replaces the one of the same recording and participant. Its events are kept, withdrawals included. */
  put(receipt: Omit<StoredReceipt, 'withdrawals'>): void;
  addWithdrawal(recordingId: string, participantId: string, withdrawal: ConsentWithdrawal, signature: string): void;
  get(recordingId: string, participantId: string): StoredReceipt | null;
  /** Oldest first. */
  ofRecording(recordingId: string): readonly StoredReceipt[];
  all(): readonly StoredReceipt[];
  /** What was changed, removed or moved among the receipts and in their chain since it was stored; empty when nothing was. */
  verifyChain(): readonly ChainFinding[];
}

/** The host's word that what a withdrawal names is destroyed. */
export interface StoredConfirmation {
  /** Of the withdrawal it answers: by that the two belong together. */
  readonly withdrawalSignature: string;
  /** By the host's key over the withdrawal (context `withdrawalDone`). */
  readonly hostSignature: string;
  readonly confirmedAt: number;
}

export interface ConfirmationRepository {
  /** The first one counts; one that comes again changes nothing. */
  add(confirmation: StoredConfirmation): void;
  /** Null until the host has confirmed. */
  of(withdrawalSignature: string): StoredConfirmation | null;
}

export interface StoredRecording {
  readonly id: string;
  readonly meetingId: string;
  readonly title: string;
  readonly purpose: string;
  readonly retentionDays: number;
  readonly phase: RecordingPhase;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface StoredTrack {
  readonly id: string;
  readonly recordingId: string;
  readonly participantId: string;
  readonly identityKey: string;
  readonly kind: RecordingKind;
  readonly mimeType: string;
  readonly offsetMs: number;
  /** Known once finalized. */
  readonly durationMs: number | null;
  /** File name inside the vault's `recordings` folder; random, says nothing. */
  readonly fileName: string;
  readonly bytes: number;
  /** `writing` and `closed` hold what the renderer sent; `final` is seekable; `erased` has neither key nor file. */
  readonly phase: 'writing' | 'closed' | 'final' | 'erased';
}

export interface RecordingRepository {
  create(recording: StoredRecording): void;
  update(id: string, change: Partial<Pick<StoredRecording, 'phase' | 'endedAt'>>): void;
  get(id: string): StoredRecording | null;
  /** Newest first. */
  list(): readonly StoredRecording[];
  /** Deletes the recording with its tracks and keys; its receipts stay. The files are the caller's to delete afterwards. */
  delete(id: string): void;
  /** Adds a track and its 32-byte key in one transaction. */
  addTrack(track: StoredTrack, key: Uint8Array): void;
  updateTrack(
    id: string,
    change: Partial<Pick<StoredTrack, 'durationMs' | 'fileName' | 'bytes' | 'phase' | 'mimeType'>>,
  ): void;
  track(id: string): StoredTrack | null;
  tracks(recordingId: string): readonly StoredTrack[];
  /** Null when the key has been destroyed. */
  trackKey(trackId: string): Uint8Array | null;
  /**
   * Swaps file and key of a track at once and marks it `final` (a finalized copy replaces the raw one). The old key is
   * gone from the database and its log afterwards, and from the backups with the vault's next upkeep. Throws
   * 'recording/erased' when the track has been erased meanwhile: delete the new file then.
   */
  replaceTrackFile(
    trackId: string,
    file: { readonly fileName: string; readonly bytes: number; readonly durationMs: number; readonly mimeType: string },
    key: Uint8Array,
  ): void;
  /**
   * Crypto-erasure: destroys the keys of these tracks in the database, its write-ahead log and every backup copy, and
   * marks the tracks erased. When it returns the keys are nowhere on this disk. The files are the caller's to delete.
   */
  eraseTracks(trackIds: readonly string[]): void;
}

/** An open vault. Every method throws DomainError('vault/locked') once it is closed. */
export interface Vault {
  readonly profile: ProfileRepository;
  readonly people: PeopleRepository;
  readonly meetings: MeetingRepository;
  readonly chat: ChatRepository;
  readonly receipts: ReceiptRepository;
  readonly confirmations: ConfirmationRepository;
  readonly recordings: RecordingRepository;
  /** Folder for sealed files; exists. */
  readonly recordingsFolder: string;
  close(): void;
}
