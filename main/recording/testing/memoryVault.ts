import { DomainError } from '../../../common/errors';
import type { Registration } from '../../../common/meeting/registration';
import type { DeletionEntry } from '../../../common/retention';
import type { Objection } from '../../../common/privacy/objections';
import type { NameCorrection, Restriction } from '../../../common/privacy/personStanding';
import { objectionMarks } from '../../vault/objectionMarks';
import type {
  StoredConfirmation,
  StoredCut,
  StoredHold,
  StoredReceipt,
  StoredRecording,
  StoredTrack,
  Vault,
} from '../../vault/repositories';

export interface MemoryVault extends Vault {
  /** What `eraseTracks` was called with, in order, and whether the files were still there is up to the test. */
  readonly erased: string[];
  /** What people filled in at the door. */
  readonly registered: Registration[];
  /** What the meetings were called, by ID. */
  readonly titles: Map<string, string>;
  locked: boolean;
}

const copy = (bytes: Uint8Array) => Uint8Array.from(bytes);

function unused(): never {
  throw new Error('not part of this test');
}

/** A vault in memory that behaves as main/vault does, as far as recordings need it. */
export function memoryVault(options: {
  readonly recordingsFolder: string;
  readonly name: string;
  readonly publicKey: string;
}): MemoryVault {
  const recordings = new Map<string, StoredRecording>();
  const tracks = new Map<string, StoredTrack>();
  const keys = new Map<string, Uint8Array>();
  const receipts = new Map<string, StoredReceipt>();
  const confirmations = new Map<string, StoredConfirmation>();
  const titles = new Map<string, string>();
  const erased: string[] = [];
  const registered: Registration[] = [];
  const exported: { id: string; at: number }[] = [];
  const cuts: { id: string; cut: StoredCut }[] = [];
  const holds = new Map<string, StoredHold>();
  const deletions: DeletionEntry[] = [];
  const objections = new Map<string, Objection & { readonly marks: readonly string[] }>();
  const restrictions = new Map<string, Restriction>();
  const corrections = new Map<string, NameCorrection>();
  const salt = Buffer.alloc(32, 7);
  const isRestricted = (id: string) =>
    [...tracks.values()].some(
      (track) => track.recordingId === id && track.phase !== 'erased' && restrictions.has(track.identityKey),
    );
  const receiptId = (recordingId: string, participantId: string) => `${recordingId} ${participantId}`;
  const known = (id: string) => {
    const track = tracks.get(id);
    if (!track) throw new DomainError('recording/unknown-track');
    return track;
  };

  const vault: MemoryVault = {
    erased,
    registered,
    titles,
    locked: false,
    recordingsFolder: options.recordingsFolder,
    keptSeat: { get: () => null, set: () => {}, clear: () => {} },
    profile: {
      get: () => ({
        ...{ name: options.name, contact: 'privacy@example.org', officerContact: '', identityKey: options.publicKey },
      }),
      save: unused,
      identity: () => ({ publicKey: options.publicKey, privateKey: Buffer.from(`secret of ${options.name}`) }),
    },
    people: {
      ...{ nameOf: unused, met: unused, list: unused, expire: unused },
      ...{ verify: unused, unverify: unused, accept: unused },
    },
    meetings: {
      start: unused,
      addParticipant: unused,
      end: unused,
      recent: unused,
      hosts: unused,
      shorten: unused,
      titleOf: (meetingId) => titles.get(meetingId) ?? null,
      delete: unused,
    },
    chat: { add: unused, history: unused, search: unused, deleteOf: () => 0 },
    iceSettings: { get: unused, save: unused },
    registrations: {
      ...{
        lastForm: unused,
        formInUse: unused,
        useForm: unused,
        add: unused,
        all: () => registered,
        ofMeeting: unused,
      },
      ...{ expire: unused, give: unused, given: unused },
    },
    assessments: { put: unused, list: unused },
    incidents: { ...{ add: unused, save: unused, close: unused }, ...{ get: unused, list: unused, delete: unused } },
    lockCode: { get: unused, save: unused },
    receipts: {
      put: (receipt) => {
        const id = receiptId(receipt.recordingId, receipt.participantId);
        receipts.set(id, structuredClone({ ...receipt, takenAt: 0, withdrawals: receipts.get(id)?.withdrawals ?? [] }));
      },
      addWithdrawal: (recordingId, participantId, withdrawal, signature) => {
        const id = receiptId(recordingId, participantId);
        const receipt = receipts.get(id);
        if (!receipt) throw new DomainError('recording/not-found');
        receipts.set(id, { ...receipt, withdrawals: [...receipt.withdrawals, { withdrawal, signature }] });
      },
      get: (recordingId, participantId) => structuredClone(receipts.get(receiptId(recordingId, participantId)) ?? null),
      ofRecording: (recordingId) => [...receipts.values()].filter((receipt) => receipt.recordingId === recordingId),
      all: () => [...receipts.values()],
      expire: unused,
      verifyChain: unused,
      chainLength: unused,
    },
    confirmations: {
      add: (confirmation) => {
        const { withdrawalSignature } = confirmation;
        if (!confirmations.has(withdrawalSignature)) confirmations.set(withdrawalSignature, confirmation);
      },
      of: (withdrawalSignature) => confirmations.get(withdrawalSignature) ?? null,
    },
    recordings: {
      create: (recording) => void recordings.set(recording.id, recording),
      update: (id, change) => {
        const before = recordings.get(id);
        if (!before) throw new DomainError('recording/not-found');
        recordings.set(id, { ...before, ...change });
      },
      get: (id) => recordings.get(id) ?? null,
      list: () => [...recordings.values()].reverse(),
      delete: (id, why = 'by-hand') => {
        if (holds.has(`recording ${id}`)) throw new DomainError('retention/held');
        if (isRestricted(id)) throw new DomainError('privacy/restricted');
        deletions.push({ kind: 'recording', why, at: 0, count: 1 });
        for (const track of tracks.values()) {
          if (track.recordingId !== id) continue;
          tracks.delete(track.id);
          keys.delete(track.id);
        }
        recordings.delete(id);
      },
      addTrack: (track, key) => {
        if (!recordings.has(track.recordingId)) throw new DomainError('recording/not-found');
        tracks.set(track.id, track);
        keys.set(track.id, copy(key));
      },
      updateTrack: (id, change) => {
        const before = known(id);
        const phase = before.phase === 'erased' ? 'erased' : (change.phase ?? before.phase);
        tracks.set(id, { ...before, ...change, phase });
      },
      track: (id) => tracks.get(id) ?? null,
      tracks: (recordingId) => [...tracks.values()].filter((track) => track.recordingId === recordingId),
      trackKey: (id) => {
        const key = keys.get(id);
        return key ? copy(key) : null;
      },
      replaceTrackFile: (id, file, key) => {
        const before = known(id);
        if (before.phase === 'erased') throw new DomainError('recording/erased');
        tracks.set(id, { ...before, ...file, phase: 'final' });
        keys.set(id, copy(key));
      },
      expireTracks: (id, what) => {
        if (holds.has(`recording ${id}`)) throw new DomainError('retention/held');
        const due = [...tracks.values()].filter(
          (track) =>
            track.recordingId === id &&
            track.phase !== 'erased' &&
            (track.kind === 'clip') === (what === 'clips') &&
            !restrictions.has(track.identityKey),
        );
        for (const track of due) {
          tracks.set(track.id, { ...track, phase: 'erased' });
          keys.delete(track.id);
        }
        if (what === 'rest') cuts.splice(0, cuts.length, ...cuts.filter((one) => one.id !== id));
        deletions.push({ kind: 'track', why: 'retention', at: 0, count: due.length });
      },
      addExport: (id, at) => void exported.push({ id, at }),
      exportsOf: (id) => exported.filter((one) => one.id === id).map(({ at }) => at),
      cut: (id, cut, cutTracks) => {
        if (holds.has(`recording ${id}`)) throw new DomainError('retention/held');
        if (isRestricted(id)) throw new DomainError('privacy/restricted');
        if (!recordings.has(id)) throw new DomainError('recording/not-found');
        for (const { track } of cutTracks) {
          const now = tracks.get(track.id);
          if (!now || now.phase === 'erased' || now.fileName !== track.fileName) {
            throw new DomainError('recording/changed');
          }
        }
        for (const { track, left } of cutTracks) {
          tracks.delete(track.id);
          keys.delete(track.id);
          for (const part of left) {
            tracks.set(part.track.id, part.track);
            keys.set(part.track.id, copy(part.key));
          }
        }
        cuts.push({ id, cut });
        deletions.push({ kind: 'track', why: 'cut', at: 0, count: cutTracks.length });
      },
      cutsOf: (id) => cuts.filter((one) => one.id === id).map(({ cut }) => cut),
      eraseTracks: (ids) => {
        for (const id of ids) {
          erased.push(id);
          keys.delete(id);
          const track = tracks.get(id);
          if (track) tracks.set(id, { ...track, phase: 'erased' });
        }
      },
    },
    retention: { periods: unused, setPeriod: unused, clock: unused, setClock: unused },
    holds: {
      set: (hold) => void holds.set(`${hold.kind} ${hold.id}`, hold),
      lift: ({ kind, id }) => holds.delete(`${kind} ${id}`),
      of: ({ kind, id }) => holds.get(`${kind} ${id}`) ?? null,
      list: () => [...holds.values()],
    },
    personRequests: { put: unused, get: unused, list: unused, expire: unused },
    ownRequests: { put: unused, get: unused, list: unused, expire: unused },
    held: { all: unused, erase: unused },
    objections: {
      add: ({ kind, reason, addedAt, who }) => {
        const id = `${objections.size}`.padStart(22, '0');
        objections.set(id, { id, kind, reason, addedAt, marks: objectionMarks(salt, who) });
      },
      remove: (id) => objections.delete(id),
      list: () => [...objections.values()].reverse(),
      of: (who) => {
        const marks = objectionMarks(salt, who);
        return [...objections.values()].filter((one) => one.marks.some((mark) => marks.includes(mark)));
      },
      covers: (who, kind) => vault.objections.of(who).some((one) => one.kind === kind),
    },
    restrictions: {
      set: ({ identityKey, ground, since }) => void restrictions.set(identityKey, { ground, since }),
      lift: (identityKey) => restrictions.delete(identityKey),
      of: (identityKey) => restrictions.get(identityKey) ?? null,
      keys: () => new Set(restrictions.keys()),
      inside: ({ id }) => isRestricted(id),
    },
    rectifications: {
      correctName: ({ identityKey, name, at }) => void corrections.set(identityKey, { name, correctedAt: at }),
      correctionOf: (identityKey) => corrections.get(identityKey) ?? null,
      ...{ addStatement: unused, removeStatement: unused, statementsOf: unused, statementsOn: () => [] },
    },
    notices: {
      ...{ versionOf: unused, versions: unused, acknowledge: unused, readOf: unused, read: unused },
      ...{ acknowledgementsIn: unused, acknowledgementsOf: unused },
    },
    savedBackup: {
      lastSavedAt: unused,
      note: unused,
      counts: unused,
      marks: unused,
      addMarks: unused,
      refusals: unused,
      addRefusals: unused,
      forgetMarksUntil: unused,
    },
    auditLog: { add: unused, newest: unused, count: unused, verify: unused, forgetUntil: unused },
    deletionLog: {
      add: (entry) => void deletions.push({ ...entry, at: 0 }),
      newest: (limit) => [...deletions].reverse().slice(0, limit),
      count: () => deletions.length,
      oldest: unused,
      forgetUntil: unused,
    },
    close: unused,
  };
  return vault;
}
