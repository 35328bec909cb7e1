import type { Letter } from '../../../common/consent/letters';

/** Whether this installation wrote a letter itself: to somebody, or as host and person at once. */
export function isOwnWriting(letter: Letter, ownKey: string): boolean {
  switch (letter.type) {
    case 'withdrawal':
      return letter.personKey === ownKey;
    case 'erasure-proof':
      return letter.hostKey === ownKey;
    case 'data-request':
      return letter.request.request.personKey === ownKey;
    case 'data-answer':
      return letter.request.request.hostKey === ownKey;
  }
}
