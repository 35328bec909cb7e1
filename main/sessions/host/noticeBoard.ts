import type { Participant } from '../../../common/meeting/models';
import type { MeetingNotice, ToldNotice } from '../../../common/privacy/notice';
import type { SessionEnvironment } from '../sessionEnvironment';

/**
 * What everybody in a meeting hosted here is told of their data, and who has said that they have read it. It is noted in
 * the vault; one that fails keeps no meeting from going on.
 */
export class NoticeBoard {
  readonly #meetingId: string;
  readonly #environment: SessionEnvironment;
  #told: ToldNotice;
  /** Identity keys of those who have read what is told now. */
  #readers: ReadonlySet<string>;

  constructor(meetingId: string, told: ToldNotice, environment: SessionEnvironment) {
    this.#meetingId = meetingId;
    this.#environment = environment;
    this.#told = told;
    this.#readers = this.#noted();
  }

  get told(): ToldNotice {
    return this.#told;
  }

  /** Whether that is another notice than before. */
  change(told: ToldNotice): boolean {
    if (told.hash === this.#told.hash) return false;
    this.#told = told;
    this.#readers = this.#noted();
    return true;
  }

  /** Whether it was the present one that was read; another changes nothing. */
  acknowledge(identityKey: string, hash: string): boolean {
    if (hash !== this.#told.hash) return false;
    const { vault, clock } = this.#environment;
    this.#readers = new Set([...this.#readers, identityKey]);
    this.#attempt(() => vault().notices.acknowledge(this.#meetingId, identityKey, this.#told.version.number, clock()));
    return true;
  }

  state(participants: readonly Participant[]): MeetingNotice {
    const missing = participants.filter((one) => one.role !== 'host' && !this.#readers.has(one.identityKey));
    return { ...this.#told, acknowledged: true, before: null, missing: missing.map(({ id }) => id) };
  }

  /** By a process before this one too. */
  #noted(): ReadonlySet<string> {
    const { number } = this.#told.version;
    const noted = this.#attempt(() => this.#environment.vault().notices.acknowledgementsIn(this.#meetingId)) ?? [];
    return new Set(noted.filter((one) => one.number === number).map(({ identityKey }) => identityKey));
  }

  #attempt<Value>(work: () => Value): Value | null {
    try {
      return work();
    } catch (error) {
      this.#environment.report(error);
      return null;
    }
  }
}
