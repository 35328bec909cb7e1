import { z } from 'zod';
import {
  decisionsSchema,
  kindSchema,
  kindsSchema,
  mediaKindSchema,
  policySchema,
  recordingKinds,
  retentionDaysSchema,
  withdrawalScopeSchema,
  type RecordingState,
} from '../consent/models';
import type { ChainCheck } from '../consent/chainCheck';
import { mediaContactsSchema, type ContactList } from '../contacts';
import type { AnyLetterOutcome, WithdrawalNews } from '../consent/letters';
import type { OwnConsent } from '../consent/ownConsent';
import {
  iceServerSchema,
  iceServersSchema,
  turnSecretSchema,
  type IceSettings,
  type PreparedServer,
} from '../meeting/iceServers';
import { lockCodeLength, type LockReport, type LockState } from '../lock';
import { limits } from '../meeting/limits';
import {
  chatTextSchema,
  contactSchema,
  hashSchema,
  idSchema,
  languageSchema,
  mediaStateSchema,
  nameSchema,
  passcodeSchema,
  purposeSchema,
  titleSchema,
  type ChatHit,
  type ChatMessage,
  type MeetingSummary,
} from '../meeting/models';
import {
  registrationAnswersSchema,
  registrationFormSchema,
  type MeetingRegistrations,
  type RegistrationForm,
} from '../meeting/registration';
import type { ReturnableMeeting, SessionState } from '../meeting/sessionState';
import { preferencesSchema, type Preferences } from '../preferences';
import { assessmentSchema, type AssessmentOverview } from '../privacy/assessment';
import type { AuditLog } from '../privacy/auditLog';
import { caseDocuments, documentContentSchema, documentFormats, privacyDocuments } from '../privacy/documentContent';
import type { ToldNotice } from '../privacy/notice';
import type { PrivacyFacts } from '../privacy/facts';
import type { ErasurePreview, SignedPersonErasure } from '../privacy/erasure';
import { personSchema, type HeldPerson } from '../privacy/heldData';
import {
  newObjectionSchema,
  objectionKinds,
  objectionKindSchema,
  objectorSchema,
  type Objection,
} from '../privacy/objections';
import {
  addStatementSchema,
  correctNameSchema,
  liftRestrictionSchema,
  restrictSchema,
  statementSchema,
  type PersonStanding,
} from '../privacy/personStanding';
import {
  addRequestSchema,
  closeRequestSchema,
  extendRequestSchema,
  makeRequestSchema,
  noteRequestSchema,
  type LoggedRequest,
  type OwnRequest,
  type RequestableHost,
} from '../privacy/requestLog';
import {
  incidentMeasureSchema,
  incidentRefSchema,
  incidentSchema,
  newIncidentSchema,
  type IncidentMeasure,
  type StoredIncident,
} from '../privacy/incident';
import type { BackupPreview, SavedBackup, WipePreview } from '../backup';
import { signalDataSchema } from '../protocol/bodies';
import { carriedTextSchema } from '../protocol/carried';
import { holdReasonSchema } from '../hold';
import { cutRangeSchema, type PreparedCut } from '../recording/cuts';
import type { RecordingDetail, RecordingSummary } from '../recording/models';
import { holdTargetSchema, retentionPeriodSchema, type RetentionOverview } from '../retention';
import type { Profile, VaultState } from '../vaultState';
import { command } from './contract';

const none = z.undefined();
const passphrase = z.string().max(1_000);
const bytes = z.instanceof(Uint8Array).refine((value) => value.byteLength <= limits.chunkBytes);
const mimeType = z.string().regex(/^(audio|video)\/webm(;\s*codecs="?[a-z0-9.,]{1,40}"?)?$/);

/** Hides this computer's address from the others in this meeting; absent: as it is set in the preferences. */
const relayOnly = z.boolean().optional();
/**
 * The person knows that the host will see this computer's address. Without it `join/address-shown` is answered, and nothing
 * sent, where the address is to be hidden and the host can be reached in no other way.
 */
const direct = z.boolean().optional();

/** `despiteObjection`: the sender knows that this person does not want to be written to; without it that is an error. */
const proofWish = z.object({
  ...{ recordingId: idSchema, participantId: idSchema, language: languageSchema },
  despiteObjection: z.literal(true).optional(),
});

/** What the host chooses when starting a recording. With a `templateId` the library's text counts as the purpose. */
const recordingTerms = {
  purpose: purposeSchema,
  templateId: z.string().max(40).nullable(),
  retentionDays: retentionDaysSchema,
  kinds: kindsSchema,
  policy: policySchema,
  answerSeconds: z.number().int().min(limits.answerSeconds.min).max(limits.answerSeconds.max),
  clipRetentionDays: retentionDaysSchema.nullable(),
  pauseForDecliners: z.boolean(),
};

/**
 * The typed IPC map, the only list of what the renderer may ask of main. The preload API, the registration in main and
 * `window.konklave` derive from it. Each name is a capability; nothing generic, no path, no SQL.
 */
export const commands = {
  'vault.state': command<VaultState>()(none),
  /** `passphrase` is null exactly when the operating system's keychain keeps the key. */
  'vault.create': command<void>()(
    z.object({
      name: nameSchema,
      contact: contactSchema,
      passphrase: passphrase.nullable(),
    }),
  ),
  'vault.unlock': command<void>()(z.object({ passphrase })),
  'vault.restore': command<void>()(z.object({ backupId: z.string().max(100) })),
  'lock.state': command<LockState>()(none),
  /** Refused (`lock/nothing-opens`) where nothing could open it again. */
  'lock.now': command<void>()(none),
  /** `secret`: the passphrase, or the code. */
  'lock.unlock': command<LockReport>()(z.object({ secret: passphrase })),
  /** Where the keychain keeps the vault's key. `current`: what opens the app now, if anything does; `code` null: none any more. */
  'lock.setCode': command<void>()(
    z.object({ current: passphrase.nullable(), code: z.string().max(lockCodeLength.max).nullable() }),
  ),
  /** Puts the vault's key behind a passphrase, or into the keychain (null). `current` as above. */
  'lock.protect': command<void>()(z.object({ current: passphrase.nullable(), passphrase: passphrase.nullable() })),
  'profile.get': command<Profile>()(none),
  'profile.save': command<void>()(
    z.object({ name: nameSchema, contact: contactSchema, officerContact: contactSchema }),
  ),

  'preferences.get': command<Preferences>()(none),
  'preferences.set': command<Preferences>()(preferencesSchema.partial()),

  /** The invite link the app was opened with, once; null when there is none. */
  'app.takeLink': command<string | null>()(none),
  'app.copyText': command<void>()(z.object({ text: z.string().max(500_000) })),

  /** The team's own STUN and TURN servers, for meetings hosted here. */
  'ice.settings': command<IceSettings>()(none),
  /** `secret`: null leaves the one that is stored. */
  'ice.save': command<void>()(z.object({ servers: iceServersSchema, secret: turnSecretSchema.nullable() })),
  /** Addresses and short-lived credentials to try a server out with; `secret` as above. */
  'ice.prepare': command<PreparedServer>()(z.object({ server: iceServerSchema, secret: turnSecretSchema.nullable() })),

  'session.state': command<SessionState>()(none),
  /** `recording`: what the host means to record, announced with the invite. */
  'session.create': command<void>()(
    z.object({
      title: titleSchema,
      name: nameSchema,
      recording: z
        .object({ ...recordingTerms, language: languageSchema })
        .nullable()
        .default(null),
      /** What guests must know besides the link. */
      passcode: passcodeSchema.nullable().default(null),
      /** Whether the meeting shows itself in the local network from the start. */
      nearby: z.boolean().default(false),
      /** What is asked for at the door; kept, and offered for the next meeting. */
      registration: registrationFormSchema.nullable().default(null),
      relayOnly,
    }),
  ),
  /**
   * Reaches the host named by a link. A link that cannot be one (`invite/…`) is refused at once and changes nothing;
   * otherwise ends in phase `preview` or `failed`, or `idle` when given up; resolves when it does.
   */
  'session.openLink': command<void>()(z.object({ link: z.string().max(4_000), direct })),
  /** The same, typed by hand; case, spaces and dashes do not matter. */
  'session.openCode': command<void>()(
    z.object({
      /** The nine digits of `Invite.meetingId`. */
      meetingId: z.string().max(100),
      code: z.string().max(100),
      address: z.string().max(300),
      direct,
    }),
  ),
  /** `beforehand`: what this person chose about the recording that was announced; it is confirmed inside. */
  'session.knock': command<void>()(
    z.object({
      name: nameSchema,
      language: languageSchema,
      /** `Invitation.noticeHash` of the notice that was on the screen; refused (`session/notice-changed`) when it is not the one told. */
      notice: hashSchema,
      beforehand: decisionsSchema.nullable().default(null),
      passcode: z.string().max(limits.passcodeLength.max).nullable().default(null),
      /** What the notice's `registration` asks for; `join/registration-incomplete` when something required is missing. */
      registration: registrationAnswersSchema.default({}),
      relayOnly,
    }),
  ),
  /** The person has read `MeetingState.notice`, which has this hash. */
  'session.acknowledgeNotice': command<void>()(z.object({ notice: hashSchema })),
  /** These six: the host, and co-hosts as `moderationRefusal` allows. */
  'session.admit': command<void>()(z.object({ knockId: idSchema })),
  'session.deny': command<void>()(z.object({ knockId: idSchema })),
  'session.remove': command<void>()(z.object({ participantId: idSchema })),
  'session.mute': command<void>()(z.object({ participantId: idSchema })),
  'session.muteAll': command<void>()(none),
  'session.setLocked': command<void>()(z.object({ locked: z.boolean() })),
  /** Host only; null: none is needed. Concerns who knocks from now on. */
  'session.setPasscode': command<void>()(z.object({ passcode: passcodeSchema.nullable() })),
  /** Host only: makes a participant co-host, or takes it back. */
  'session.setCoHost': command<void>()(z.object({ participantId: idSchema, coHost: z.boolean() })),
  'session.setMedia': command<void>()(mediaStateSchema),
  /** Host only: shows the meeting in the local network, or takes that back. */
  'session.setNearby': command<void>()(z.object({ visible: z.boolean() })),
  /** Leaves (guest), ends for all (host), or gives up connecting, preview or waiting. */
  'session.leave': command<void>()(none),
  /** A co-host's, while the host cannot be reached: from now on the meeting is hosted here. */
  'session.takeOver': command<void>()(none),
  /** The host's: from now on this co-host hosts the meeting. `leave`: oneself leaves as soon as that is so. */
  'session.handOver': command<void>()(z.object({ participantId: idSchema, leave: z.boolean().default(false) })),
  /** The meeting one was in when the app ended without leaving it; null when there is none. */
  'session.returnable': command<ReturnableMeeting | null>()(none),
  'session.comeBack': command<void>()(none),
  'session.stayAway': command<void>()(none),
  /** From `ended` or `failed` back to `idle`. */
  'session.dismiss': command<void>()(none),

  /** Asks the local network for meetings until `nearby.stop`; they come as `nearby.changed`. Nothing is sent before. */
  'nearby.look': command<void>()(none),
  'nearby.stop': command<void>()(none),

  'mesh.signal': command<void>()(
    z.object({
      peerId: idSchema,
      generation: z.number().int().nonnegative(),
      signal: signalDataSchema,
    }),
  ),
  /** What came over the data channel of a peer. */
  'mesh.carried': command<void>()(z.object({ peerId: idSchema, text: carriedTextSchema })),
  'mesh.failed': command<void>()(z.object({ peerId: idSchema, generation: z.number().int().nonnegative() })),

  /** Every address the app has had to do with since it was started. */
  'contacts.list': command<ContactList>()(none),
  /** Whom a peer connection of this window has reached: for that list, and nothing else. */
  'contacts.media': command<void>()(mediaContactsSchema),

  /**
   * The certificates (DER) of the other end of a connection that is up. main compares them with the one that was signed; it
   * then shows in `MeetingState.trust`. Other certificates end the connection for good.
   */
  'mesh.secured': command<void>()(
    z.object({
      peerId: idSchema,
      generation: z.number().int().nonnegative(),
      certificates: z.array(z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= 16_384)).max(16),
    }),
  ),

  /** Agrees with somebody's installation on a short code to compare; the code comes in `MeetingState.trust`. */
  'verification.start': command<void>()(z.object({ participantId: idSchema })),
  /** Both see the same. `digits`: what was on the screen; refused (`verification/no-code`) when it is not the code any more. */
  'verification.confirm': command<void>()(
    z.object({ participantId: idSchema, digits: z.string().regex(/^[0-9]{6}$/) }),
  ),
  /** They see different codes: somebody is in between. */
  'verification.differ': command<void>()(z.object({ participantId: idSchema })),
  /** Takes back that codes were compared. */
  'verification.revoke': command<void>()(z.object({ participantId: idSchema })),
  /** The person here knows why this name comes with a new key. */
  'verification.accept': command<void>()(z.object({ participantId: idSchema })),

  'chat.send': command<ChatMessage>()(z.object({ text: chatTextSchema })),
  'chat.history': command<readonly ChatMessage[]>()(z.object({ meetingId: idSchema })),
  'chat.search': command<readonly ChatHit[]>()(z.object({ query: z.string().max(200) })),
  'meetings.recent': command<readonly MeetingSummary[]>()(none),
  'meetings.delete': command<void>()(z.object({ meetingId: idSchema })),

  'recording.state': command<RecordingState | null>()(none),
  /** Host only. `own`: what the host agrees to have recorded of themself. */
  'recording.start': command<void>()(
    z.object({
      ...recordingTerms,
      own: decisionsSchema,
      language: languageSchema,
    }),
  ),
  'recording.stop': command<void>()(none),
  /** Host only: who in the meeting has objected to being recorded, by ID; empty for a guest. */
  'recording.objecting': command<readonly string[]>()(none),
  'consent.noticeText': command<string>()(z.object({ recordingId: idSchema, language: languageSchema })),
  'consent.answer': command<void>()(
    z.object({
      recordingId: idSchema,
      decisions: decisionsSchema,
      language: languageSchema,
    }),
  ),
  /** In a meeting or outside of one: what cannot be delivered now is when both meet next. */
  'consent.withdraw': command<void>()(
    z.object({
      recordingId: idSchema,
      kinds: z.array(kindSchema).min(1).max(recordingKinds.length),
      scope: withdrawalScopeSchema,
    }),
  ),
  /** Everything this installation ever agreed to or declined, newest first. */
  'consents.list': command<readonly OwnConsent[]>()(none),

  /**
   * What was taken back from a recording of somebody else's and is not confirmed, as a file (null when the person cancels)
   * or as the text of an e-mail on the clipboard.
   */
  'letters.saveWithdrawal': command<{ fileName: string } | null>()(
    z.object({ recordingId: idSchema, language: languageSchema }),
  ),
  'letters.copyWithdrawal': command<void>()(z.object({ recordingId: idSchema, language: languageSchema })),
  /** The erasure proofs of one person in one recording, the same two ways. */
  'letters.saveProof': command<{ fileName: string } | null>()(proofWish),
  'letters.copyProof': command<void>()(proofWish),
  /** Asks which file to read in; null when the person cancels. The renderer never learns the path. */
  'letters.readFile': command<readonly AnyLetterOutcome[] | null>()(z.object({ language: languageSchema })),
  /** The same with the text of a file or of an e-mail; what is too large is said in words. */
  'letters.readText': command<readonly AnyLetterOutcome[]>()(
    z.object({ text: z.string().max(16 * limits.chunkBytes) }),
  ),
  /** What others took back from recordings of this installation since the host last looked. */
  'letters.news': command<readonly WithdrawalNews[]>()(none),
  'letters.newsSeen': command<void>()(none),

  /** Saves a receipt as a file; null when the person cancels. */
  'receipts.save': command<{ fileName: string } | null>()(
    z.object({
      recordingId: idSchema,
      participantId: idSchema,
      format: z.enum(['dpv', 'kantara']),
      language: languageSchema,
    }),
  ),
  /** Saves the receipts of everybody who was asked in one recording into a folder; null when the person cancels. */
  'receipts.saveAll': command<{ folderName: string; count: number } | null>()(
    z.object({ recordingId: idSchema, language: languageSchema }),
  ),
  /** Compares all receipts with their chain. */
  'receipts.check': command<ChainCheck>()(none),
  /** What the check at the opening of the vault found, or a later one; null before. */
  'receipts.lastCheck': command<ChainCheck | null>()(none),

  /** Host only: opens a sealed file for one stretch of one person's media; refused without that person's standing yes. */
  'recording.openTrack': command<{ trackId: string }>()(
    z.object({
      recordingId: idSchema,
      participantId: idSchema,
      kind: mediaKindSchema,
      mimeType,
    }),
  ),
  'recording.appendTrack': command<void>()(z.object({ trackId: idSchema, bytes })),
  'recording.closeTrack': command<void>()(z.object({ trackId: idSchema })),

  'recordings.list': command<readonly RecordingSummary[]>()(none),
  'recordings.get': command<RecordingDetail>()(z.object({ recordingId: idSchema })),
  /** Takes a recovered recording into the library. */
  'recordings.keep': command<void>()(z.object({ recordingId: idSchema })),
  'recordings.delete': command<void>()(z.object({ recordingId: idSchema })),
  /** Works out what cutting this range would leave, and destroys nothing; null when it was given up. Replaces one before. */
  'recordings.prepareCut': command<PreparedCut | null>()(cutRangeSchema),
  /** Destroys the range of a prepared cut for everybody. */
  'recordings.cut': command<void>()(z.object({ cutId: idSchema })),
  'recordings.abandonCut': command<void>()(z.object({ recordingId: idSchema })),

  /** What was asked for at the door last; null before the first time. */
  'registrations.lastForm': command<RegistrationForm | null>()(none),
  'registrations.ofMeeting': command<MeetingRegistrations>()(z.object({ meetingId: idSchema })),
  /** What people filled in for one meeting as a table for spreadsheets; null when the person cancels. */
  'registrations.save': command<{ fileName: string } | null>()(
    z.object({ meetingId: idSchema, language: languageSchema }),
  ),

  /** What is kept, how long, and when it goes. */
  'retention.overview': command<RetentionOverview>()(none),
  /** For what is yet to come: what is here keeps the date that was promised. */
  'retention.setPeriod': command<void>()(retentionPeriodSchema),
  /** Puts a recording or a meeting on hold: neither retention nor anybody by hand deletes it. Withdrawals still do. */
  'retention.hold': command<void>()(holdTargetSchema.extend({ reason: holdReasonSchema })),
  'retention.lift': command<void>()(holdTargetSchema),

  /** Everybody this installation holds something about, and what. */
  'privacy.people': command<readonly HeldPerson[]>()(none),
  /** Everything about a person as an archive; null when the person cancels. Its progress is an event. */
  'privacy.saveAccess': command<{ fileName: string } | null>()(personSchema.extend({ language: languageSchema })),
  'privacy.cancelAccess': command<void>()(none),
  /** What was done here, and whether the log of it is as it was written. */
  'privacy.auditLog': command<AuditLog>()(none),
  /** What is really set and switched on. */
  'privacy.facts': command<PrivacyFacts>()(none),
  /** Every version of the notice that people were told, the newest first. */
  'privacy.noticeVersions': command<readonly ToldNotice[]>()(none),
  /** A document about data protection as a file; null when the person cancels. */
  'privacy.saveDocument': command<{ fileName: string } | null>()(
    z.object({
      document: z.enum([...privacyDocuments, ...caseDocuments]),
      content: documentContentSchema,
      format: z.enum(documentFormats),
      language: languageSchema,
    }),
  ),
  /** What erasing somebody would do. `keepProofs`: the proofs of consent stay until their time is up. */
  'privacy.previewErasure': command<ErasurePreview>()(personSchema.extend({ keepProofs: z.boolean() })),
  /** `objections`: lists that the person is put on, so that it is remembered without them. */
  'privacy.erase': command<SignedPersonErasure>()(
    personSchema.extend({
      keepProofs: z.boolean(),
      objections: z.array(objectionKindSchema).max(objectionKinds.length).optional(),
    }),
  ),
  /** Of the last erasure; null when the person cancels. */
  'privacy.saveErasureProof': command<{ fileName: string } | null>()(z.object({ language: languageSchema })),

  /** What somebody has had put right, restricted and refused. */
  'rights.of': command<PersonStanding>()(personSchema),
  /** From now on their data is only stored (Art. 18 GDPR): not shown, played, exported, cut, nor deleted unless they ask. */
  'rights.restrict': command<void>()(restrictSchema),
  'rights.liftRestriction': command<void>()(liftRestrictionSchema),
  'rights.correctName': command<void>()(correctNameSchema),
  'rights.addStatement': command<void>()(addStatementSchema),
  'rights.removeStatement': command<void>()(statementSchema),
  /** Who does not want what: when and why, never who. Newest first. */
  'rights.objections': command<readonly Objection[]>()(none),
  /** The entries that somebody is found in. */
  'rights.findObjections': command<readonly Objection[]>()(objectorSchema),
  'rights.object': command<void>()(newObjectionSchema),
  'rights.removeObjection': command<void>()(z.object({ id: idSchema })),
  /** Impact assessments (Art. 35 GDPR), and what is set now. */
  'assessments.overview': command<AssessmentOverview>()(none),
  /** With what is set now, as the version of today. */
  'assessments.save': command<void>()(assessmentSchema),
  /** Personal data breaches (Art. 33, 34 GDPR), the one that was noticed last first. */
  'incidents.list': command<readonly StoredIncident[]>()(none),
  /** What a part of this vault holds, and about whom. */
  'incidents.measure': command<IncidentMeasure>()(incidentMeasureSchema),
  'incidents.record': command<{ incidentId: string }>()(newIncidentSchema),
  /** Refuses `incident/times` where dates contradict each other, and `incident/closed`. */
  'incidents.save': command<void>()(incidentRefSchema.extend({ incident: incidentSchema })),
  /** Refuses `incident/gaps` while something is missing that the documentation needs. */
  'incidents.close': command<void>()(incidentRefSchema),
  'incidents.reopen': command<void>()(incidentRefSchema),
  'incidents.delete': command<void>()(incidentRefSchema),

  /** What people asked about their data: see `LoggedRequest`. */
  'requests.list': command<readonly LoggedRequest[]>()(none),
  /** Enters what came by e-mail or by word. */
  'requests.add': command<void>()(addRequestSchema),
  'requests.note': command<void>()(noteRequestSchema),
  /** Two more months, once (Art. 12 (3) GDPR). */
  'requests.extend': command<void>()(extendRequestSchema),
  'requests.close': command<void>()(closeRequestSchema),
  /** What one asked of others, newest first. */
  'requests.own': command<readonly OwnRequest[]>()(none),
  'requests.hosts': command<readonly RequestableHost[]>()(none),
  /** Signed, and delivered when both meet next. */
  'requests.make': command<void>()(makeRequestSchema),
  'requests.withdraw': command<void>()(z.object({ requestId: idSchema })),
  /**
   * A request of one's own that waits, or what was said to somebody's request, as a file (null when the person cancels) or as
   * the text of an e-mail on the clipboard.
   */
  'requests.saveLetter': command<{ fileName: string } | null>()(
    z.object({ requestId: idSchema, language: languageSchema }),
  ),
  'requests.copyLetter': command<void>()(z.object({ requestId: idSchema, language: languageSchema })),
  /** The person has read what was said last. */
  'requests.seen': command<void>()(z.object({ requestId: idSchema })),
  /** Saves everything into one encrypted file; null when the person cancels. Its progress is an event. */
  'backup.save': command<SavedBackup | null>()(z.object({ passphrase, language: languageSchema })),
  /** Gives up what is being saved, looked at or restored. */
  'backup.cancel': command<void>()(none),
  'backup.lastSaved': command<{ at: number | null }>()(none),
  /** Asks which backup to restore; null when the person cancels. The renderer never learns the path. */
  'backup.choose': command<{ fileName: string } | null>()(z.object({ language: languageSchema })),
  /** Opens the backup that was chosen, and changes nothing; null when it was given up. */
  'backup.preview': command<BackupPreview | null>()(z.object({ passphrase })),
  /** Puts the backup that was looked at in the place of what is here; `passphrase` as in `vault.create`. Null when it was given up. */
  'backup.restore': command<{ erasedAgain: number | null; keptIn: string | null } | null>()(
    z.object({ passphrase: passphrase.nullable() }),
  ),
  /** Forgets which backup was chosen. */
  'backup.forget': command<void>()(none),

  /** What deleting everything on this machine would take. */
  'wipe.preview': command<WipePreview>()(none),
  /** Deletes it, and starts the app anew. `typed`: the word of that language. */
  'wipe.run': command<void>()(z.object({ typed: z.string().max(100), language: languageSchema })),

  /** Asks where to save; null when the person cancels. The renderer never learns the path. */
  'export.begin': command<{ exportId: string } | null>()(z.object({ recordingId: idSchema, language: languageSchema })),
  'export.write': command<void>()(
    z.object({
      exportId: idSchema,
      position: z.number().int().nonnegative(),
      bytes: z.instanceof(Uint8Array).refine((value) => value.byteLength <= 64 * limits.chunkBytes),
    }),
  ),
  /** Renames the finished file into place and returns its file name. */
  'export.finish': command<{ fileName: string; bytes: number }>()(z.object({ exportId: idSchema })),
  'export.cancel': command<void>()(z.object({ exportId: idSchema })),
  'export.reveal': command<void>()(z.object({ exportId: idSchema })),
} as const;

export type CommandName = keyof typeof commands;
export type CommandRequest<Name extends CommandName> = z.input<(typeof commands)[Name]['request']>;
export type CommandInput<Name extends CommandName> = z.output<(typeof commands)[Name]['request']>;
export type CommandResponse<Name extends CommandName> = (typeof commands)[Name] extends { response?: infer Response }
  ? Exclude<Response, undefined>
  : never;
