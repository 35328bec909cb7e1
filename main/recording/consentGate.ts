import { termsOf, type RecordingKind } from '../../common/consent/models';
import { DomainError } from '../../common/errors';
import type { Participant, Role } from '../../common/meeting/models';
import { receiptPermits } from './consentProof';
import { objectsToRecording } from './objectsToRecording';
import type { RunningRecording } from './consentSide';
import type { RecordingEnvironment } from './environment';

export interface GateOptions {
  readonly environment: Pick<RecordingEnvironment, 'vault' | 'verify'>;
  /** The recording that runs now; null when this installation makes none. */
  readonly running: () => RunningRecording | null;
  readonly role: () => Role | null;
}

export interface GateInput {
  readonly recordingId: string;
  readonly participantId: string;
  readonly kind: RecordingKind;
}

interface Admitted {
  readonly running: RunningRecording;
  readonly person: Participant;
}

/** Whether a file may exist for this person and kind. */
export interface ConsentGate {
  /**
   * Throws `recording/not-host`, `recording/not-active`, `session/unknown-participant`, `recording/objected`,
   * `recording/no-consent`. Reads objection and receipt from the vault each time, so that what was true a moment ago does
   * not count.
   */
  check(input: GateInput): Admitted;
}

/** [Note: consent gate] Everything that must hold before a byte of a person reaches the disk. */
export function createConsentGate({ environment, running, role }: GateOptions): ConsentGate {
  return {
    check: ({ recordingId, participantId, kind }) => {
      if (role() !== 'host') throw new DomainError('recording/not-host');
      const now = running();
      if (now?.request.recordingId !== recordingId) throw new DomainError('recording/not-active');
      const person = now.participants().find(({ id }) => id === participantId);
      if (!person) throw new DomainError('session/unknown-participant');
      const { request } = now;
      const vault = environment.vault();
      // Where everybody has to agree, nobody is recorded without the others' yes; a consent clip is the person's own.
      const together = termsOf(request).policy === 'everybody' && kind !== 'clip';
      for (const one of together ? now.participants() : [person]) {
        // Before any yes: an objection holds until it is taken back.
        if (objectsToRecording(vault, one)) throw new DomainError('recording/objected');
        const receipt = vault.receipts.get(recordingId, one.id);
        if (!receiptPermits(receipt, { request, person: one, kind }, environment.verify)) {
          throw new DomainError('recording/no-consent');
        }
      }
      return { running: now, person };
    },
  };
}
