import type { RequestLetterPort } from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';

/** For tests in which nobody asks about their data. */
export const noRequestLetters = (): RequestLetterPort => ({
  take: () => {
    throw new DomainError('letter/not-for-here');
  },
});
