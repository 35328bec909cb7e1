import { localDay, urgencyOf, type Urgency } from '../../../common/privacy/deadline';
import type { StoredRequest } from '../../vault/repositories';
import { receivedRequest } from './requestRecords';

const hour = 60 * 60 * 1000;

export interface RequestRemindersOptions {
  /** What came; throws when the vault is locked. */
  readonly requests: () => readonly StoredRequest[];
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
  /** One is newly soon due, or overdue. */
  readonly remind: () => void;
  /** Every hour: what is shown of the time that is left may be another. */
  readonly tick: () => void;
  readonly log: { error(message: string, thrown?: unknown): void };
}

/**
 * Brings open requests to mind when they are due within a week, within two days, and when they are overdue: once each while
 * the app runs, when the vault is opened and every hour.
 */
export class RequestReminders {
  readonly #options: RequestRemindersOptions;
  readonly #reminded = new Map<string, Urgency>();
  #cancel: (() => void) | null = null;

  constructor(options: RequestRemindersOptions) {
    this.#options = options;
  }

  /** Looks now and every hour until `stop`. Never throws. */
  start(): void {
    this.stop();
    this.#look();
    this.#schedule();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#reminded.clear();
  }

  #schedule(): void {
    this.#cancel = this.#options.after(hour, () => {
      this.#schedule();
      this.#look();
      this.#options.tick();
    });
  }

  #look(): void {
    const { requests, now, remind, log } = this.#options;
    try {
      const today = localDay(now());
      const due = requests()
        .filter(({ closedAt }) => closedAt === null)
        .map(receivedRequest)
        .map(({ id, dueOn }) => ({ id, urgency: urgencyOf(dueOn, today) }))
        .filter(({ urgency }) => urgency !== 'later');
      const isNew = due.some(({ id, urgency }) => this.#reminded.get(id) !== urgency);
      for (const { id, urgency } of due) this.#reminded.set(id, urgency);
      if (isNew) remind();
    } catch (error) {
      log.error('what is due to be answered could not be found', error);
    }
  }
}
