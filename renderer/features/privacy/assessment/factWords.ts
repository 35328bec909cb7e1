import type { TFunction } from 'i18next';

/** What each setting is called; what is asked at the door is one, whatever it consists of. */
const names = {
  'notice.controllerName': 'assessment.fact.controllerName',
  'notice.controllerContact': 'assessment.fact.controllerContact',
  'notice.officerContact': 'assessment.fact.officerContact',
  'notice.chatRetentionDays': 'assessment.fact.chatDays',
  'notice.recordingRetentionDays': 'assessment.fact.recordingDays',
  'notice.relay': 'assessment.fact.relay',
  'notice.iceServers': 'assessment.fact.iceServers',
  'notice.employees': 'assessment.fact.employees',
  'notice.registration': 'assessment.fact.registration',
  'retention.recording': 'assessment.fact.recordingDays',
  'retention.chat': 'assessment.fact.chatDays',
  'retention.registration': 'assessment.fact.registrationDays',
  'retention.receipt': 'assessment.fact.receiptYears',
  'retention.contact': 'assessment.fact.contactDays',
  'retention.request': 'assessment.fact.requestYears',
  'retention.incident': 'assessment.fact.incidentYears',
  'retention.log': 'assessment.fact.logDays',
  protection: 'assessment.fact.protection',
  locksAfter: 'assessment.fact.locksAfter',
  hasBackup: 'assessment.fact.hasBackup',
  'held.people': 'assessment.fact.people',
  'held.recordings': 'assessment.fact.recordings',
} as const;

/** A setting that is also part of the notice is told once. */
const toldTwice = new Set(['notice.chatRetentionDays', 'notice.recordingRetentionDays']);

/** Whether a path is to be shown at all. */
export function isTold(path: string): boolean {
  return !toldTwice.has(path);
}

/** The name of a setting by its path; one that this version does not know is called by the path. */
export function factName(path: string, t: TFunction): string {
  if (Object.hasOwn(names, path)) return t(names[path as keyof typeof names]);
  if (path.startsWith('notice.registration')) return t('assessment.fact.registration');
  return t('assessment.fact.other', { path });
}

/** What is set, in words. `json`: null where there was nothing of the kind. */
export function factText(json: string | null, t: TFunction): string {
  if (json === null) return t('assessment.valueNone');
  return valueText(JSON.parse(json), t);
}

function valueText(value: unknown, t: TFunction): string {
  if (value === null || value === '') return t('assessment.valueNone');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (value === 'passphrase' || value === 'keychain') return t(`records.${value}`);
  if (Array.isArray(value)) {
    return value.length === 0 ? t('assessment.valueNone') : value.map((one) => valueText(one, t)).join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
