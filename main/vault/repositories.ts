import type {
  ConsentAnswer,
  ConsentRequest,
  ConsentWithdrawal,
  ErasureProof,
  RecordingKind,
} from '../../common/consent/models';
import type { Hold } from '../../common/hold';
import type { ChatHit, ChatMessage, MeetingSummary, NoticeFacts, Role } from '../../common/meeting/models';
import type { RegisteredAnswer, Registration, RegistrationForm } from '../../common/meeting/registration';
import type { AuditAction, AuditEntry, AuditFinding } from '../../common/privacy/auditLog';
import type { PersonalKind } from '../../common/privacy/heldData';
import type { ReadNotice, ToldNotice } from '../../common/privacy/notice';
import type { Objection, ObjectionKind, ObjectionReason, Objector } from '../../common/privacy/objections';
import type { NameCorrection, Restriction, RestrictionGround, Statement } from '../../common/privacy/personStanding';
import type { StoredAssessment } from '../../common/privacy/assessment';
import type { Incident, StoredIncident } from '../../common/privacy/incident';
import type { RecordingPhase } from '../../common/recording/models';
import type {
  DeletionEntry,
  DeletionReason,
  HoldTarget,
  RetentionKind,
  RetentionPeriods,
} from '../../common/retention';
import type { Profile } from '../../common/vaultState';
import type { KnownPerson } from '../../common/verification/standing';
import type { KdfParameters } from './passphrase';
import type { ChainFinding } from './receiptChain';

/** The installation's Ed25519 key pair. The private key (PKCS #8 DER) stays inside main. */
export interface StoredIdentity {
  readonly publicKey: string;
  readonly privateKey: Uint8Array;
}

export interface ProfileRepository {
  get(): Profile;
  save(profile: Omit<Profile, 'identityKey'>): void;
  identity(): StoredIdentity;
}

export interface PeopleRepository {
  /** The name this identity key was last met under, or null. */
  nameOf(identityKey: string): string | null;
  /** Notes that this person was met at `at`. */
  met(person: { readonly identityKey: string; readonly name: string; readonly at: number }): void;
  /** Everybody, the one who was met longest ago first. */
  list(): readonly KnownPerson[];
  /** Codes were compared with this key, which bore that name. */
  verify(person: { readonly identityKey: string; readonly name: string; readonly at: number }): void;
  /** Takes the comparison back, if there was one. */
  unverify(identityKey: string): void;
  /** The person at this desktop knows that somebody of that name has this key too. */
  accept(person: { readonly identityKey: string; readonly name: string; readonly at: number }): void;
  /** Forgets these people because they were met too long ago, unless restricted, and notes how many in the deletion log. */
  expire(identityKeys: readonly string[]): void;
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
  /** Whoever hosted one that is here, oneself included; each once, with the newest name. */
  hosts(): readonly { readonly hostKey: string; readonly hostName: string }[];
  /** Null when the meeting is not here (any more). */
  titleOf(meetingId: string): string | null;
  /** From now on it is kept for no longer than this many days; never for longer than was promised before. */
  shorten(meetingId: string, retentionDays: number): void;
  /**
   * Deletes the meeting and its chat, search index included, and notes it in the deletion log. Recordings stay; what was
   * filled in at its door goes too when somebody asks for it by hand, and otherwise has its own time. Throws
   * 'retention/held' and 'privacy/restricted', having deleted nothing. By retention it does not throw the latter: it takes
   * what is of the others.
   */
  delete(meetingId: string, why?: DeletionReason): void;
}

export interface ChatRepository {
  add(message: ChatMessage): void;
  /** Oldest first. */
  history(meetingId: string): readonly ChatMessage[];
  /** Full text, any words by prefix, newest first, at most 100; any input is safe. Without lines of restricted people. */
  search(query: string): readonly ChatHit[];
  /** Deletes what this person wrote in one meeting, search index included, and returns how many lines that were. */
  deleteOf(meetingId: string, senderKey: string): number;
}

export interface RegistrationRepository {
  /** The form that was used last, to be offered again; null before the first. */
  lastForm(): RegistrationForm | null;
  /** The same while it is asked with; null: nothing is asked for at the door. */
  formInUse(): RegistrationForm | null;
  useForm(form: RegistrationForm | null): void;
  /** What somebody told at the door who was let in; replaces what the same person told there before. */
  add(registration: Omit<Registration, 'deleteAfter'> & { readonly retentionDays: number }): void;
  /** Oldest first. */
  all(): readonly Registration[];
  ofMeeting(meetingId: string): readonly Registration[];
  /**
   * Deletes what is due, and notes how many in the deletion log. As after every erasure nothing of it is in any file of the
   * vault. Throws 'retention/held', having deleted nothing, when one is of a meeting on hold.
   */
  expire(due: readonly Pick<Registration, 'meetingId' | 'identityKey'>[]): void;
  /** What oneself told the host of a meeting that is here; it goes with the meeting. */
  give(meetingId: string, answers: readonly RegisteredAnswer[]): void;
  given(meetingId: string): readonly RegisteredAnswer[];
}

/** What proves one person's answer: the documents and both signatures, kept as received. */
export interface StoredReceipt {
  readonly recordingId: string;
  readonly participantId: string;
  readonly identityKey: string;
  readonly name: string;
  readonly request: ConsentRequest;
  readonly answer: ConsentAnswer;
  /** By the person's key over the answer (context `consentAnswer`); null where the host alone says that none came. */
  readonly answerSignature: string | null;
  /** By the host's key over the answer (context `consentReceipt`); null on the participant's side until it has come. */
  readonly hostSignature: string | null;
  readonly noticeText: string;
  /** When the answer, or the newest withdrawal, came in, by this computer's own clock: what others date may be forged. */
  readonly takenAt: number;
  readonly withdrawals: readonly { readonly withdrawal: ConsentWithdrawal; readonly signature: string }[];
}

export interface ReceiptRepository {
  /** Adds a receipt or replaces the one of the same recording and participant. Its events are kept, withdrawals included. */
  put(receipt: Omit<StoredReceipt, 'withdrawals' | 'takenAt'>): void;
  addWithdrawal(recordingId: string, participantId: string, withdrawal: ConsentWithdrawal, signature: string): void;
  get(recordingId: string, participantId: string): StoredReceipt | null;
  /** Oldest first. */
  ofRecording(recordingId: string): readonly StoredReceipt[];
  all(): readonly StoredReceipt[];
  /**
   * Deletes these receipts with their withdrawals and confirmations, because their time is up or the person asked, and notes how many in the
   * deletion log. The chain keeps that they were there and were taken out. Unknown ones are passed over, by retention those
   * of restricted people too.
   */
  expire(
    receipts: readonly Pick<StoredReceipt, 'recordingId' | 'participantId'>[],
    at: number,
    why?: 'retention' | 'request',
  ): void;
  /** What was changed, removed or moved among the receipts and in their chain since it was stored; empty when nothing was. */
  verifyChain(): readonly ChainFinding[];
  /** How many entries the chain has. */
  chainLength(): number;
}

/** The host's word that what a withdrawal names is destroyed. */
export interface StoredConfirmation {
  /** Of the withdrawal it answers: by that the two belong together. */
  readonly withdrawalSignature: string;
  /** By the host's key over the proof, or, without one, over the withdrawal (context `withdrawalDone`). */
  readonly hostSignature: string;
  readonly confirmedAt: number;
  /** What was signed (context `erasureProof`); null for one from before there were proofs. */
  readonly proof: ErasureProof | null;
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
  /** How long its consent clips are kept; null when none were asked for. */
  readonly clipRetentionDays: number | null;
}

/** A stretch of a recording's time line that was destroyed for everybody. */
export interface StoredCut {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cutAt: number;
}

/** A track of which something was cut out, and what is left of it: each part a track with its own file and 32-byte key. */
export interface CutTrack {
  readonly track: StoredTrack;
  readonly left: readonly { readonly track: StoredTrack; readonly key: Uint8Array }[];
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
  /**
   * Deletes the recording with its tracks and keys, and notes it in the deletion log; its receipts stay. The files are the
   * caller's to delete afterwards. Throws 'retention/held' and 'privacy/restricted', having deleted nothing.
   */
  delete(id: string, why?: DeletionReason): void;
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
   * With a reason it is noted in the deletion log; without, what goes never was a recording (empty, vanished).
   */
  eraseTracks(trackIds: readonly string[], why?: 'withdrawn'): void;
  /** Notes that a copy left the vault at `exportedAt`. */
  /**
   * The time of the consent clips, or of all that is none, is over: their keys are gone as after `eraseTracks`, with the
   * rest the notes of cuts, and it is noted in the deletion log. What of it is restricted stays. Throws 'retention/held'.
   */
  expireTracks(recordingId: string, what: 'clips' | 'rest'): void;
  addExport(recordingId: string, exportedAt: number): void;
  /** When copies left the vault, oldest first; also of a recording that is deleted. */
  exportsOf(recordingId: string): readonly number[];
  /**
   * Carries out a cut, all of it or nothing: what is left of each track takes its place, the old keys are gone as after
   * `eraseTracks`, and the cut is noted, in the deletion log too. The old files are the caller's to delete. Throws
   * 'recording/not-found', 'retention/held', 'privacy/restricted', and 'recording/changed' when a track is not as it was when it was read.
   */
  cut(recordingId: string, cut: StoredCut, tracks: readonly CutTrack[]): void;
  /** In the order of the time line. */
  cutsOf(recordingId: string): readonly StoredCut[];
}

export interface RetentionClock {
  /** When retention last ran with a clock that seemed right. */
  readonly seenAt: number;
  /** What the clock said when it had leapt ahead; null while it seems right. */
  readonly doubtedAt: number | null;
}

export interface RetentionRepository {
  /** What is set for each kind, in the unit of its rule. */
  periods(): RetentionPeriods;
  /** The rule of the kind is the caller's to keep. */
  setPeriod(kind: RetentionKind, period: number): void;
  /** Null before retention has run for the first time. */
  clock(): RetentionClock | null;
  setClock(clock: RetentionClock): void;
}

export interface StoredHold extends Hold, HoldTarget {}

export interface HoldRepository {
  /** Set again, it gets the new reason and counts since the first. */
  set(hold: StoredHold): void;
  /** Whether there was one. */
  lift(target: HoldTarget): boolean;
  of(target: HoldTarget): StoredHold | null;
  /** Longest held first. */
  list(): readonly StoredHold[];
}

/** What went, when and why. No names, no IDs, no content. */
export interface DeletionLogRepository {
  /** Notes it with the vault's own time; a `count` of 0 is not noted. */
  add(entry: Omit<DeletionEntry, 'at'>): void;
  /** Newest first. */
  newest(limit: number): readonly DeletionEntry[];
  count(): number;
  /** The times of the oldest entries, oldest first. */
  oldest(limit: number): readonly number[];
  /** Its own retention: entries up to that moment go, which is not an entry itself. */
  forgetUntil(until: number): void;
}

/** One thing that is kept under somebody's identity key; `HeldItem` says what its members mean. */
export interface HeldRow {
  readonly identityKey: string;
  /** The name it is kept under; null where there is none beside it. */
  readonly name: string | null;
  readonly kind: PersonalKind;
  readonly id: string | null;
  readonly title: string | null;
  readonly since: number;
  readonly count: number;
}

export interface HeldRepository {
  /** Oldest first. */
  all(): readonly HeldRow[];
  /**
   * Erases what is named of one person: their contact; of meetings that they were there, what they wrote, and their name as
   * host; what they filled in at doors; tracks with their keys; requests. Noted in the deletion log. As after every erasure, nothing of it is in the database, its
   * log or its backups any more; the files are the caller's to delete. Holds are the caller's to respect.
   */
  erase(what: {
    readonly identityKey: string;
    readonly contact: boolean;
    readonly meetingIds: readonly string[];
    /** Of whose registrations. */
    readonly registeredIn: readonly string[];
    readonly trackIds: readonly string[];
    readonly requestIds: readonly string[];
  }): void;
}

/** A request about somebody's data. Its `document` is main/privacy's; it may name the person. */
export interface StoredRequest {
  readonly id: string;
  /** Of the person who asks, or of the host who is asked; null when a person who asks is not known here. */
  readonly identityKey: string | null;
  readonly name: string;
  /** When it came, or was made. Milliseconds since 1970. */
  readonly at: number;
  /** Null while it is open. */
  readonly closedAt: number | null;
  readonly document: string;
}

/** Requests that came, or those that were made here: one repository each. */
export interface RequestRepository<Request extends StoredRequest = StoredRequest> {
  /** Adds a request or replaces the one with its ID. */
  put(request: Request): void;
  get(id: string): Request | null;
  /** Oldest first. */
  list(): readonly Request[];
  /** Deletes these because their time is up, and notes how many in the deletion log. Unknown ones are passed over. */
  expire(ids: readonly string[]): void;
}

export type StoredOwnRequest = StoredRequest & { readonly identityKey: string };

/** Who does not want to be recorded, summarised or written to, without saying who that is. It outlives an erasure. */
export interface ObjectionRepository {
  /** Adds an entry; somebody who is on that list already under all that is given stays as they are. */
  add(objection: {
    readonly kind: ObjectionKind;
    readonly reason: ObjectionReason;
    readonly addedAt: number;
    readonly who: Objector;
  }): void;
  /** Whether there was one. Afterwards its marks are in no file of the vault. */
  remove(id: string): boolean;
  /** Newest first. */
  list(): readonly Objection[];
  /** The entries that somebody is found in, by any of what is given. Oldest first. */
  of(who: Objector): readonly Objection[];
  covers(who: Objector, kind: ObjectionKind): boolean;
}

/**
 * Whose data may only be stored (Art. 18 GDPR). The vault itself refuses to delete or cut it; `held.erase`, when the person
 * asks, and their withdrawals go through. What is not to be shown is for whoever shows it.
 */
export interface RestrictionRepository {
  /** Of a person who is among the contacts. Set again, it has the new ground and counts since the first. */
  set(restriction: { readonly identityKey: string; readonly ground: RestrictionGround; readonly since: number }): void;
  /** Whether there was one. */
  lift(identityKey: string): boolean;
  of(identityKey: string): Restriction | null;
  /** Everybody's whose data is restricted. */
  keys(): ReadonlySet<string>;
  /** Whether something of such a person is in this recording, or in this meeting. */
  inside(target: HoldTarget): boolean;
}

/** What people had put right, or said beside it (Art. 16 GDPR). It goes with the contact, or with the line it is about. */
export interface RectificationRepository {
  /** Changes the name of a contact, in the lists of meetings and of who registered; what is signed keeps its name, and this stands beside it. */
  correctName(correction: { readonly identityKey: string; readonly name: string; readonly at: number }): void;
  correctionOf(identityKey: string): NameCorrection | null;
  /** Of a person who is among the contacts. */
  addStatement(statement: Statement, identityKey: string): void;
  /** Whether there was one. Afterwards it is in no file of the vault. */
  removeStatement(id: string): boolean;
  /** Oldest first. */
  statementsOf(identityKey: string): readonly Statement[];
  /** Those on lines of the chat of one meeting, oldest first. */
  statementsOn(meetingId: string): readonly Statement[];
}

/** The place in a running meeting, to come back to after a crash. Its inside is main/sessions'. */
export interface KeptSeatRepository {
  get(): string | null;
  set(document: string): void;
  clear(): void;
}

/** What was done with data at this installation. No names, no IDs, no content. */
export interface AuditLogRepository {
  /** Notes it with the vault's own time. */
  add(action: AuditAction): void;
  /** Newest first. */
  newest(limit: number): readonly AuditEntry[];
  count(): number;
  /** Compares every entry with its hash; null when all are there and as they were written. */
  verify(): AuditFinding | null;
  /** Its own retention: the oldest entries up to that moment go. */
  forgetUntil(until: number): void;
}

/** Impact assessments, one version for each day on which it was saved. */
export interface AssessmentRepository {
  /** Replaces the version of the same day. */
  put(version: StoredAssessment): void;
  /** Newest first. */
  list(): readonly StoredAssessment[];
}

/** Personal data breaches, each with what was written down about it. */
export interface IncidentRepository {
  add(id: string, incident: Incident, recordedAt: number): void;
  /** Replaces what is written; one that is not here is passed over. */
  save(id: string, incident: Incident): void;
  /** `at`: null opens it again. */
  close(id: string, at: number | null): void;
  get(id: string): StoredIncident | null;
  /** The one that was noticed last first. */
  list(): readonly StoredIncident[];
  /** Deletes these, from backups too, and notes how many in the deletion log. */
  delete(ids: readonly string[], why: DeletionReason): void;
}

/** That something was erased, without saying what: see erasedMarks.ts. */
export interface ErasedMark {
  readonly mark: string;
  readonly at: number;
}

/** Who does not want what, and whose data may only be stored. */
export interface Refusals {
  /** Hexadecimal: what the marks of objections are made with. */
  readonly salt: string;
  readonly objections: readonly {
    readonly id: string;
    readonly kind: string;
    readonly reason: string;
    readonly addedAt: number;
  }[];
  readonly objectionMarks: readonly { readonly id: string; readonly mark: string }[];
  readonly restrictions: readonly { readonly identityKey: string; readonly ground: string; readonly since: number }[];
}

/** What is known of backups that were saved to files. */
export interface SavedBackupRepository {
  /** Null when none ever was. */
  lastSavedAt(): number | null;
  /** Notes that one was saved; from now on erasures leave marks. */
  note(at: number): void;
  /** What there is to save. */
  counts(): { readonly meetings: number; readonly recordings: number; readonly people: number };
  marks(): readonly ErasedMark[];
  addMarks(marks: readonly ErasedMark[]): void;
  refusals(): Refusals;
  /** Adds those that are not known: a later no wins over an older backup. */
  addRefusals(refusals: Refusals): void;
  /** Their own retention. */
  forgetMarksUntil(until: number): void;
}

/** An open vault. Every method throws DomainError('vault/locked') once it is closed. */
/** What is set about the team's own STUN and TURN servers. */
interface StoredIceSettings {
  /** In the form of `formatIceServer`. */
  readonly servers: readonly string[];
  /** Empty: none. It stays inside main. */
  readonly secret: string;
}

export interface IceSettingsRepository {
  get(): StoredIceSettings;
  save(settings: StoredIceSettings): void;
}

/** Argon2id of the code that opens a locked app, with what it was made with. */
interface StoredLockCode {
  readonly kdf: KdfParameters;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

export interface LockCodeRepository {
  get(): StoredLockCode | null;
  /** Null: there is none any more. */
  save(code: StoredLockCode | null): void;
}

/** That somebody in a meeting hosted here has read a version of the notice. */
export interface StoredAcknowledgement {
  readonly meetingId: string;
  readonly identityKey: string;
  /** Of the version. */
  readonly number: number;
  readonly acknowledgedAt: number;
}

export interface NoticeRepository {
  /** The version that says this. Facts that were never told before make a new one, with the next number, since now. */
  versionOf(facts: NoticeFacts): ToldNotice;
  /** All that were ever told, the newest first. */
  versions(): readonly ToldNotice[];
  /** The meeting's entry must be there; with it, this goes. Noted again, the first time counts. */
  acknowledge(meetingId: string, identityKey: string, number: number, at: number): void;
  /** Oldest first. */
  acknowledgementsIn(meetingId: string): readonly StoredAcknowledgement[];
  /** Oldest first. */
  acknowledgementsOf(identityKey: string): readonly StoredAcknowledgement[];
  /** What the person here has read of a host last; null when nothing, or when the contact is gone. */
  readOf(hostKey: string): ReadNotice | null;
  /** Takes the place of what was read of this host before. Without a contact nothing is kept. */
  read(hostKey: string, notice: ToldNotice, readAt: number): void;
}

export interface Vault {
  readonly profile: ProfileRepository;
  readonly people: PeopleRepository;
  readonly keptSeat: KeptSeatRepository;
  readonly notices: NoticeRepository;
  readonly meetings: MeetingRepository;
  readonly chat: ChatRepository;
  readonly receipts: ReceiptRepository;
  readonly confirmations: ConfirmationRepository;
  readonly recordings: RecordingRepository;
  readonly registrations: RegistrationRepository;
  readonly retention: RetentionRepository;
  readonly holds: HoldRepository;
  readonly deletionLog: DeletionLogRepository;
  readonly iceSettings: IceSettingsRepository;
  readonly held: HeldRepository;
  readonly objections: ObjectionRepository;
  readonly restrictions: RestrictionRepository;
  readonly rectifications: RectificationRepository;
  readonly auditLog: AuditLogRepository;
  readonly savedBackup: SavedBackupRepository;
  /** What others asked of this installation's owner. */
  readonly personRequests: RequestRepository;
  /** What this installation's owner asked of others. */
  readonly ownRequests: RequestRepository<StoredOwnRequest>;
  readonly incidents: IncidentRepository;
  readonly lockCode: LockCodeRepository;
  readonly assessments: AssessmentRepository;
  /** Folder for sealed files; exists. */
  readonly recordingsFolder: string;
  close(): void;
}
