import {
  answersTo,
  registrationProblems,
  type RegisteredAnswer,
  type RegistrationAnswers,
  type RegistrationNotice,
} from '../../../common/meeting/registration';
import type { Participant } from '../../../common/meeting/models';
import type { SessionEnvironment } from '../sessionEnvironment';

export interface RegistrationDeskOptions {
  readonly meetingId: string;
  readonly title: string;
  /** What is asked for at the door; null: nothing. */
  readonly notice: RegistrationNotice | null;
  readonly environment: Pick<SessionEnvironment, 'vault' | 'clock' | 'emit' | 'report'>;
}

/**
 * What people fill in at the door. It is in memory only, and goes with the knock, until somebody lets them in; then it is
 * in the vault of this host. It never becomes part of the roster or the lobby, of which others get copies.
 */
export class RegistrationDesk {
  readonly #options: RegistrationDeskOptions;
  readonly #waiting = new Map<string, { readonly at: number; readonly answers: readonly RegisteredAnswer[] }>();

  constructor(options: RegistrationDeskOptions) {
    this.#options = options;
  }

  /** Takes what came with a knock, without what was not asked for; false when it is not enough. */
  take(knockId: string, given: RegistrationAnswers): boolean {
    const { notice, environment } = this.#options;
    if (notice === null) return true;
    if (registrationProblems(notice, given).length > 0) return false;
    this.#waiting.set(knockId, { at: environment.clock(), answers: answersTo(notice, given) });
    return true;
  }

  /** Refused, given up, or lost: nothing is kept. */
  drop(knockId: string): void {
    this.#waiting.delete(knockId);
  }

  /** Keeps what somebody filled in who is let in. A vault that fails keeps nobody out. */
  admit(knockId: string, { identityKey, name }: Participant): void {
    const { meetingId, title, notice, environment } = this.#options;
    const waiting = this.#waiting.get(knockId);
    this.#waiting.delete(knockId);
    if (notice === null || waiting === undefined || waiting.answers.length === 0) return;
    try {
      environment.vault().registrations.add({
        ...{ meetingId, title, identityKey, name, answers: waiting.answers },
        ...{ registeredAt: waiting.at, retentionDays: notice.retentionDays },
      });
      environment.emit('retention.changed', {});
    } catch (error) {
      environment.report(error);
    }
  }

  /** Of those at the door, by knock; of the others nothing is there any more. */
  atDoor(knockIds: readonly string[]): Readonly<Record<string, readonly RegisteredAnswer[]>> {
    for (const id of this.#waiting.keys()) if (!knockIds.includes(id)) this.#waiting.delete(id);
    return Object.fromEntries([...this.#waiting].map(([id, { answers }]) => [id, answers]));
  }
}
