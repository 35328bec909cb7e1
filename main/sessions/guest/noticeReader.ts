import type { NoticeFacts, NoticeVersion } from '../../../common/meeting/models';
import type { MeetingNotice, NoticeBefore, ReadNotice, ToldNotice } from '../../../common/privacy/notice';
import { documentHash } from '../../vault/documentHash';
import type { SessionEnvironment } from '../sessionEnvironment';

/** The notice as a host tells it; by which hash it is acknowledged is found here, never told. */
export function toldNotice(told: { readonly notice: NoticeFacts; readonly noticeVersion: NoticeVersion }): ToldNotice {
  return { facts: told.notice, version: told.noticeVersion, hash: documentHash(told.notice) };
}

/**
 * What this person is told in a meeting that somebody else hosts, and whether they have read it. The last one of each host
 * is kept with the contact, so that it need not be read again, and what is another now can be said.
 */
export class NoticeReader {
  readonly #environment: SessionEnvironment;
  #hostKey = '';
  #told: ToldNotice | null = null;
  #before: NoticeBefore | null = null;
  #acknowledged = false;
  /** What the host knows to have been read. */
  #confirmed = '';

  constructor(environment: SessionEnvironment) {
    this.#environment = environment;
  }

  /** What this person has read of a host before; null as well when the vault cannot say. */
  static earlier({ vault, report }: SessionEnvironment, hostKey: string): ReadNotice | null {
    try {
      return vault().notices.readOf(hostKey);
    } catch (error) {
      report(error);
      return null;
    }
  }

  /**
   * This is what is told now, by whom. Returns the hash to tell the host when the person here has read just this before and
   * the host may not know.
   */
  handle(hostKey: string, told: ToldNotice): string | null {
    if (this.#hostKey !== hostKey || this.#told?.hash !== told.hash) {
      const earlier = NoticeReader.earlier(this.#environment, hostKey);
      // Compared is with what was read last, not with what was shown meanwhile and not read.
      const before = this.#acknowledged ? this.#told : this.#before;
      this.#acknowledged = earlier?.hash === told.hash;
      this.#before = this.#acknowledged ? null : (before ?? earlier);
    }
    this.#hostKey = hostKey;
    this.#told = told;
    if (!this.#acknowledged || this.#confirmed === `${hostKey} ${told.hash}`) return null;
    this.#confirmed = `${hostKey} ${told.hash}`;
    return told.hash;
  }

  /** The person has read it, and the host was told with the knock. It is kept with `keep`, once the host is a contact. */
  handleKnocked(hostKey: string, told: ToldNotice): void {
    this.#hostKey = hostKey;
    this.#told = told;
    this.#confirmed = `${hostKey} ${told.hash}`;
    this.#acknowledged = true;
  }

  /** The person has read what has this hash; false when that is not what is told now. */
  acknowledge(hash: string): boolean {
    if (this.#told?.hash !== hash) return false;
    this.#confirmed = `${this.#hostKey} ${hash}`;
    this.#acknowledged = true;
    this.#before = null;
    this.keep();
    return true;
  }

  /** Throws before anything was told: there is no meeting then. */
  state(): MeetingNotice {
    if (this.#told === null) throw new Error('nothing was told yet');
    return { ...this.#told, acknowledged: this.#acknowledged, before: this.#before, missing: [] };
  }

  /** Notes in the vault what has been read. */
  keep(): void {
    const { vault, clock, report } = this.#environment;
    try {
      if (this.#told !== null && this.#acknowledged) vault().notices.read(this.#hostKey, this.#told, clock());
    } catch (error) {
      report(error);
    }
  }
}
