import type { LockMinutes } from '../lock';
import type { NoticeFacts, NoticeVersion } from '../meeting/models';
import type { RegistrationField } from '../meeting/registration';
import type { RetentionPeriods } from '../retention';
import type { VaultProtection } from '../vaultState';

/** What is kept of registrations at the door while nothing is asked for there. */
export interface LeftRegistration {
  readonly purpose: string;
  readonly fields: readonly Pick<RegistrationField, 'id' | 'question'>[];
  /** The longest that was promised, counted from the knock. */
  readonly retentionDays: number;
}

/** What is really set and switched on, from which every document about data protection is made (Art. 13, 30, 32 GDPR). */
export interface PrivacyFacts {
  /** What guests are told before they knock. */
  readonly notice: NoticeFacts;
  readonly noticeVersion: NoticeVersion;
  /** Null while there is a form, and when nothing is kept. */
  readonly leftRegistration: LeftRegistration | null;
  readonly retention: RetentionPeriods;
  /** What keeps the key of the vault. */
  readonly protection: VaultProtection;
  /** After how many minutes without anybody at the computer the app locks; 0: it does not by itself. */
  readonly locksAfter: LockMinutes;
  /** When the newest backup copy was taken, in milliseconds since 1970; null: none yet. */
  readonly backedUpAt: number | null;
}
