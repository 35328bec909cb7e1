import type { Migration } from '../migrate';
import { initial } from './0001-initial';
import { receiptChain } from './0002-receipt-chain';
import { erasureConfirmations } from './0003-erasure-confirmations';
import { consentTerms } from './0004-consent-terms';
import { retention } from './0005-retention';
import { verifiedPeople } from './0006-verified-people';
import { iceSettings } from './0007-ice-settings';
import { auditLog } from './0009-audit-log';
import { personRights } from './0012-person-rights';
import { keptSeat } from './0008-kept-seat';
import { personRequests } from './0010-person-requests';
import { registrations } from './0011-registrations';
import { accountability } from './0013-accountability';
import { lockCode } from './0014-lock-code';
import { notices } from './0015-notices';
import { savedBackup } from './0016-saved-backup';
import { officer } from './0017-officer';
import { receiptTimes } from './0018-receipt-times';

/** Every step in order. */
export const migrations: readonly Migration[] = [
  initial,
  receiptChain,
  erasureConfirmations,
  consentTerms,
  retention,
  verifiedPeople,
  iceSettings,
  keptSeat,
  auditLog,
  personRequests,
  registrations,
  personRights,
  accountability,
  lockCode,
  notices,
  savedBackup,
  officer,
  receiptTimes,
];
