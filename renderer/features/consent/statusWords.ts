import type { ConsentStatus } from '../../../common/consent/models';

/** How a kind of one's own stands, and of anybody, in a word. */
export const statusWords = {
  pending: { own: 'consent.statusPending', short: 'consent.shortPending' },
  yes: { own: 'consent.statusYes', short: 'consent.shortYes' },
  no: { own: 'consent.statusNo', short: 'consent.shortNo' },
  stopped: { own: 'consent.statusStopped', short: 'consent.shortStopped' },
  withdrawn: { own: 'consent.statusWithdrawn', short: 'consent.shortWithdrawn' },
} as const satisfies Record<ConsentStatus, { own: string; short: string }>;
