import { createHash, timingSafeEqual } from 'node:crypto';
import type { PasscodeRefusal } from '../../../common/protocol/messages';
import type { SessionPolicy } from '../policy';
import { createWrongCodes } from '../rendezvous/wrongCodes';
import type { Clock } from '../timing';

/** Everybody together counts as one more source: who comes from many addresses guesses no faster. */
const wholeMeeting = 'meeting';

/**
 * The word that must be known besides the link, told on another way. Kept in memory only; case and spaces do not matter.
 * Wrong ones are counted against their source and against the meeting, which then answer nobody for a while, right
 * ones included, so that a refusal tells nothing.
 */
export class Passcode {
  readonly #bySource;
  readonly #byMeeting;
  #current: string | null;

  constructor(
    policy: Pick<SessionPolicy, 'wrongCodeDelayMs' | 'meetingPasscodeDelayMs'>,
    clock: Clock,
    first: string | null,
  ) {
    this.#bySource = createWrongCodes(policy, clock);
    this.#byMeeting = createWrongCodes({ wrongCodeDelayMs: policy.meetingPasscodeDelayMs }, clock);
    this.#current = first;
  }

  current(): string | null {
    return this.#current;
  }

  /** For whoever knocks from now on; what was counted against the one before is forgotten. */
  set(passcode: string | null): void {
    this.#current = passcode;
    this.forget();
  }

  /** Why somebody with this passcode may not knock, or null. Takes the same time wherever two passcodes differ. */
  check(given: string | null, source: string): PasscodeRefusal | null {
    if (this.#current === null) return null;
    if (given === null) return 'needed';
    if (this.#bySource.isBlocked(source) || this.#byMeeting.isBlocked(wholeMeeting)) return 'blocked';
    if (timingSafeEqual(digest(given), digest(this.#current))) return null;
    this.#bySource.add(source);
    this.#byMeeting.add(wholeMeeting);
    return 'wrong';
  }

  /** Forgets where wrong ones came from. */
  forget(): void {
    this.#bySource.clear();
    this.#byMeeting.clear();
  }
}

function digest(passcode: string): Buffer {
  const said = passcode.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
  return createHash('sha256').update(said).digest();
}
