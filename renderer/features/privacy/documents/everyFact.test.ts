import { describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../../../common/meeting/models';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import type { RetentionKind } from '../../../../common/retention';
import { createI18n } from '../../../i18n/createI18n';
import { noticeTexts } from '../../notice/noticeTexts';
import { measures } from './measures';
import { noticeDocument } from './noticeDocument';
import { recordOfProcessing } from './recordOfProcessing';
import { worksAgreement } from './worksAgreement';

const registration: NonNullable<NoticeFacts['registration']> = {
  purpose: 'To send the minutes',
  fields: [{ id: 'email', question: null, required: false }],
  retentionDays: 30,
};
const facts: PrivacyFacts = {
  notice: {
    controllerName: 'Kanzlei Weber',
    controllerContact: 'datenschutz@kanzlei.example',
    officerContact: '',
    chatRetentionDays: 30,
    recordingRetentionDays: 14,
    relay: null,
    iceServers: [],
    employees: false,
    registration,
  },
  noticeVersion: { number: 3, since: 0 },
  retention: { recording: 14, chat: 30, registration: 30, receipt: 3, contact: 365, request: 3, log: 365, incident: 5 },
  protection: 'passphrase',
  locksAfter: 15,
  backedUpAt: null,
  leftRegistration: null,
};

const documents = ['notice', 'texts', 'record', 'measures', 'agreement'] as const;
type Name = (typeof documents)[number];
type Field =
  `notice.${keyof NoticeFacts}` | `retention.${RetentionKind}` | Exclude<keyof PrivacyFacts, 'notice' | 'retention'>;
interface Change {
  readonly to: unknown;
  readonly changes: readonly Name[];
}

/** Each fact by itself, another value, and what has to say something else then. A new fact that is not here does not compile. */
const changes: Readonly<Record<Field, readonly Change[]>> = {
  'notice.controllerName': [{ to: 'Kanzlei Winter', changes: ['notice', 'texts', 'record', 'agreement'] }],
  'notice.controllerContact': [{ to: 'new@kanzlei.example', changes: ['notice', 'texts', 'record'] }],
  'notice.officerContact': [{ to: 'Oskar, dsb@kanzlei.example', changes: ['notice', 'record'] }],
  'notice.chatRetentionDays': [{ to: 7, changes: ['notice', 'texts'] }],
  'notice.recordingRetentionDays': [{ to: 90, changes: ['notice', 'texts'] }],
  'notice.relay': [{ to: 'relay.kanzlei.example:4433', changes: ['notice', 'texts', 'record', 'measures'] }],
  'notice.iceServers': [{ to: ['turn:turn.kanzlei.example:3478'], changes: ['notice', 'texts', 'record', 'measures'] }],
  'notice.employees': [{ to: true, changes: ['notice', 'texts'] }],
  'notice.registration': [
    { to: null, changes: ['notice', 'record', 'measures'] },
    { to: { ...registration, purpose: 'To invite again' }, changes: ['notice', 'record'] },
    { to: { ...registration, retentionDays: 90 }, changes: ['notice', 'record', 'measures'] },
    {
      to: { ...registration, fields: [{ id: 'phone', question: null, required: false }] },
      changes: ['notice', 'record', 'measures'],
    },
  ],
  'retention.recording': [{ to: 90, changes: ['record', 'measures', 'agreement'] }],
  'retention.chat': [{ to: 7, changes: ['record', 'measures', 'agreement'] }],
  // Told as `notice.registration.retentionDays`, to the guests too.
  'retention.registration': [],
  'retention.receipt': [{ to: 5, changes: ['record', 'agreement'] }],
  'retention.contact': [{ to: 30, changes: ['record', 'measures'] }],
  'retention.request': [{ to: 5, changes: ['record'] }],
  'retention.incident': [{ to: 3, changes: ['record'] }],
  'retention.log': [{ to: 90, changes: ['record'] }],
  leftRegistration: [
    {
      to: { purpose: 'To call back', fields: [{ id: 'phone', question: null }], retentionDays: 60 },
      changes: ['record'],
    },
  ],
  noticeVersion: [{ to: { number: 4, since: 1_700_000_000_000 }, changes: ['notice', 'texts'] }],
  locksAfter: [
    { to: 0, changes: ['measures'] },
    { to: 5, changes: ['measures'] },
  ],
  protection: [{ to: 'keychain', changes: ['measures'] }],
  backedUpAt: [{ to: 1_700_000_000_000, changes: ['measures'] }],
};

describe.each(['de', 'en'] as const)('R24: every fact in %s', (language) => {
  const { t } = createI18n(language);
  const written = (now: PrivacyFacts): Record<Name, string> => ({
    notice: JSON.stringify(noticeDocument(now.notice, t, String(now.noticeVersion.since), now.noticeVersion.number)),
    texts: JSON.stringify(
      noticeTexts({ facts: now.notice, version: now.noticeVersion }, t, (one) => createI18n(one).t, 'the version'),
    ),
    record: JSON.stringify(recordOfProcessing(now, t, 'today')),
    measures: JSON.stringify(measures(now, t, 'today', now.backedUpAt === null ? null : 'then')),
    agreement: JSON.stringify(worksAgreement(now, t, 'today')),
  });
  const cases = Object.entries(changes).flatMap(([field, some]) => some.map((one) => [field, one] as const));

  it.each(cases)('%s changes what speaks of it, and nothing else', (field, { to, changes: expected }) => {
    const before = written(facts);
    const after = written(changed(field, to));
    expect(documents.filter((name) => before[name] !== after[name])).toEqual(
      documents.filter((name) => expected.includes(name)),
    );
  });

  it('each says something in at least one document', () => {
    const silent = Object.entries(changes).filter(([, some]) => some.every((one) => one.changes.length === 0));
    expect(silent.map(([field]) => field)).toEqual(['retention.registration']);
    const fields = Object.entries(facts).flatMap(([key, value]: [string, unknown]) =>
      key === 'notice' || key === 'retention' ? Object.keys(value as object).map((one) => `${key}.${one}`) : [key],
    );
    expect(Object.keys(changes).sort()).toEqual(fields.sort());
  });
});

/** The same facts with one that is another. */
function changed(field: string, to: unknown): PrivacyFacts {
  const [group = '', name] = field.split('.');
  const value = name === undefined ? to : { ...(facts as unknown as Record<string, object>)[group], [name]: to };
  return { ...facts, [group]: value };
}
