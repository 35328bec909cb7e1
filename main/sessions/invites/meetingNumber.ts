import { randomInt } from 'node:crypto';
import { DomainError } from '../../../common/errors';

/**
 * Nine random digits, the first not 0: the meeting as it is read over the telephone. It names, it does not protect;
 * that is what the code is for.
 */
export function randomMeetingNumber(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}

/** `123456789` as `123-456-789`. */
export function formatMeetingNumber(digits: string): string {
  return digits.match(/.{3}/g)?.join('-') ?? '';
}

/** The nine digits of a number typed with spaces, dashes or dots. Throws DomainError('invite/malformed'). */
export function parseMeetingNumber(text: string): string {
  const digits = text.replace(/[\s\p{Pd}.]/gu, '');
  if (!/^[1-9][0-9]{8}$/.test(digits)) throw new DomainError('invite/malformed');
  return digits;
}
