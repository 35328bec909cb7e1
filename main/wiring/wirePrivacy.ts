import { randomBytes } from 'node:crypto';
import type { EventName, Events } from '../../common/ipc/events';
import type { LockMinutes } from '../../common/lock';
import { log } from '../app/log';
import type { DocumentPorts } from '../documents/documents';
import { printToPdf } from '../documents/printToPdf';
import { assessmentCommands } from '../privacy/assessments/assessmentCommands';
import { incidentCommands } from '../privacy/incidents/incidentCommands';
import { PersonRights } from '../privacy/personRights';
import { privacyCommands } from '../privacy/privacyCommands';
import { PrivacyDocuments } from '../privacy/privacyDocuments';
import { privacyFacts } from '../privacy/privacyFacts';
import { receiptCommands } from '../privacy/receipts/receiptCommands';
import { ReceiptExports } from '../privacy/receipts/receiptExports';
import { registrationCommands } from '../privacy/registrations/registrationCommands';
import { RequestReminders } from '../privacy/requests/requestReminders';
import { RequestService } from '../privacy/requests/requestService';
import { retainedKinds } from '../privacy/retainedKinds';
import { RetentionService } from '../privacy/retention';
import { retentionCommands } from '../privacy/retentionCommands';
import { standingCommands } from '../privacy/standingCommands';
import { Standings } from '../privacy/standings';
import type { RecordingService } from '../recording/recordingService';
import { createSigner, randomId, verifySignature } from '../sessions/identity';
import type { SessionService } from '../sessions/sessionService';
import { systemTimers } from '../sessions/timing';
import type { VaultManager } from '../vault/vaultManager';

export interface PrivacyWiring {
  readonly vault: VaultManager;
  readonly vaultFolder: string;
  readonly documents: DocumentPorts;
  readonly sessions: SessionService;
  readonly recordings: RecordingService;
  readonly emit: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
  /** See `PrivacyFacts.locksAfter`. */
  readonly locksAfter: () => LockMinutes;
  /** Says, outside the window, that an answer to somebody is due. */
  readonly remind: () => void;
  /** Name and version, for documents. */
  readonly program: string;
}

/** Constructs and wires data protection. */
export function wirePrivacy({ sessions, recordings, documents, emit, ...wiring }: PrivacyWiring) {
  const vault = () => wiring.vault.vault();
  const now = Date.now;
  const after = (milliseconds: number, work: () => void) => systemTimers.after(milliseconds, work);
  const signer = () => createSigner(vault().profile.identity());
  const keptChanged = () => emit('retention.changed', {});
  const allChanged = () => {
    emit('recordings.changed', {});
    keptChanged();
  };

  const receipts = new ReceiptExports({ vault, now, documents, log });
  const retention = new RetentionService({
    kinds: retainedKinds({
      vault,
      deleteRecording: (recordingId) => recordings.library.eraseExpired(recordingId),
      deleteMeeting: (meetingId) => sessions.meetingsDelete({ meetingId }, 'retention'),
    }),
    ...{ now, after, log },
    clock: {
      get: () => vault().retention.clock(),
      set: (clock) => vault().retention.setClock(clock),
    },
    changed: keptChanged,
  });
  const rights = new PersonRights({
    ...{ vault, signer, now, documents, log },
    runningMeeting: () => {
      const state = sessions.state();
      return state.phase === 'meeting' ? state.meeting.meetingId : null;
    },
    progress: (fraction) => emit('privacy.accessProgress', { fraction }),
    changed: allChanged,
    erased: (signed) => requests.handleErased(signed),
  });
  const requests = new RequestService({
    ...{ vault, signer, now, documents, log },
    verify: verifySignature,
    newId: () => randomId(),
    changed: () => {
      emit('requests.changed', {});
      keptChanged();
      sessions.handleRequestsChanged();
    },
  });
  const reminders = new RequestReminders({
    ...{ now, after, log },
    requests: () => vault().personRequests.list(),
    remind: wiring.remind,
    tick: () => emit('requests.changed', {}),
  });
  const standings = new Standings({
    ...{ vault, now },
    newId: () => randomId(),
    objectionsChanged: () => recordings.handleObjections(),
    restrictionsChanged: () => void recordings.handleRestrictions(),
    changed: allChanged,
  });
  const facts = privacyFacts({
    vault,
    state: () => wiring.vault.state(),
    folder: wiring.vaultFolder,
    notice: () => sessions.toldNotice(),
    locksAfter: wiring.locksAfter,
  });

  return {
    requests,
    commands: {
      ...receiptCommands(receipts),
      ...privacyCommands({
        ...{ rights, vault, facts },
        documents: new PrivacyDocuments({ documents, now, printToPdf, program: wiring.program }),
      }),
      ...assessmentCommands({ vault, facts, now }),
      ...registrationCommands({ vault, documents }),
      ...standingCommands(standings),
      ...requests.commands,
      ...incidentCommands({
        ...{ vault, now },
        random: randomBytes,
        changed: () => {
          emit('incidents.changed', {});
          keptChanged();
        },
      }),
      ...retentionCommands({
        ...{ vault, now },
        resumesAt: () => retention.resumesAt(),
        changed: keptChanged,
        recordingsChanged: () => emit('recordings.changed', {}),
      }),
    },
    handleVaultOpened(): void {
      void retention.start();
      receipts.handleVaultOpened();
      reminders.start();
    },
    handleVaultClosed(): void {
      retention.stop();
      reminders.stop();
      receipts.handleVaultClosed();
      rights.handleVaultClosed();
    },
    /** The app was locked; the vault may stay open for a meeting. */
    handleLocked(): void {
      rights.handleVaultClosed();
    },
  };
}
