import { describe, expect, it } from 'vitest';
import { documentContentSchema, type DocumentContent } from '../../../../common/privacy/documentContent';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { createI18n } from '../../../i18n/createI18n';
import { noticeTexts } from '../../notice/noticeTexts';
import { measures } from './measures';
import { noticeDocument } from './noticeDocument';
import { recordOfProcessing } from './recordOfProcessing';
import { worksAgreement } from './worksAgreement';

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
    registration: null,
  },
  noticeVersion: { number: 3, since: 0 },
  retention: { recording: 14, chat: 30, registration: 30, receipt: 3, contact: 365, request: 3, log: 365, incident: 5 },
  protection: 'passphrase',
  locksAfter: 15,
  backedUpAt: null,
  leftRegistration: null,
};
const makers = {
  notice: (now: PrivacyFacts, t: ReturnType<typeof words>) => noticeDocument(now.notice, t, 'today', 3),
  texts: (now: PrivacyFacts, t: ReturnType<typeof words>) =>
    noticeTexts({ facts: now.notice, version: now.noticeVersion }, t, words, 'version 3'),
  record: (now: PrivacyFacts, t: ReturnType<typeof words>) => recordOfProcessing(now, t, 'today'),
  measures: (now: PrivacyFacts, t: ReturnType<typeof words>) => measures(now, t, 'today', null),
  agreement: (now: PrivacyFacts, t: ReturnType<typeof words>) => worksAgreement(now, t, 'today'),
} as const;
type Name = keyof typeof makers;
const names = Object.keys(makers) as Name[];

function words(language: 'de' | 'en') {
  return createI18n(language).t;
}
const textOf = (content: DocumentContent) => JSON.stringify(content);
const tablesOf = ({ blocks }: DocumentContent) =>
  blocks.flatMap((block) => (block.type === 'table' ? [block.rows] : []));

describe.each(['de', 'en'] as const)('R24: the documents in %s', (language) => {
  const t = words(language);

  it.each(names)('%s is whole: every word is there, and it fits what main takes', (name) => {
    const content = makers[name](facts, t);
    expect(documentContentSchema.parse(content)).toEqual(content);
    expect(textOf(content)).not.toMatch(/\{\{|undefined|(?:records|notices?|retention)\.[a-z]/u);
  });

  it.each([
    [
      'the controller',
      { notice: { ...facts.notice, controllerContact: 'new@kanzlei.example' } },
      ['notice', 'record', 'texts'],
    ],
    [
      'the data protection officer',
      { notice: { ...facts.notice, officerContact: 'Oskar Schutz, dsb@kanzlei.example' } },
      ['notice', 'record'],
    ],
    [
      'how long chat is kept',
      { notice: { ...facts.notice, chatRetentionDays: 7 }, retention: { ...facts.retention, chat: 7 } },
      ['notice', 'record', 'measures', 'agreement', 'texts'],
    ],
    [
      'how long recordings are kept',
      { notice: { ...facts.notice, recordingRetentionDays: 90 }, retention: { ...facts.retention, recording: 90 } },
      ['notice', 'record', 'measures', 'agreement', 'texts'],
    ],
    ['how long proofs are kept', { retention: { ...facts.retention, receipt: 5 } }, ['record', 'agreement']],
    ['how long requests are kept', { retention: { ...facts.retention, request: 5 } }, ['record']],
    ['how long contacts are kept', { retention: { ...facts.retention, contact: 30 } }, ['record', 'measures']],
    ['how long the log is kept', { retention: { ...facts.retention, log: 90 } }, ['record']],
    ['how long breaches are documented', { retention: { ...facts.retention, incident: 10 } }, ['record']],
    [
      'a relay',
      { notice: { ...facts.notice, relay: 'relay.kanzlei.example:4433' } },
      ['notice', 'record', 'measures', 'texts'],
    ],
    [
      'a TURN server',
      { notice: { ...facts.notice, iceServers: ['turn:turn.kanzlei.example:3478'] } },
      ['notice', 'record', 'measures', 'texts'],
    ],
    ['that people who work here take part', { notice: { ...facts.notice, employees: true } }, ['notice', 'texts']],
    [
      'what is asked for at the door',
      {
        notice: {
          ...facts.notice,
          registration: {
            purpose: 'Minutes.',
            fields: [{ id: 'email', question: null, required: true }],
            retentionDays: 30,
          },
        },
      },
      ['notice', 'record', 'measures'],
    ],
    ['what keeps the key', { protection: 'keychain' }, ['measures']],
  ] satisfies [string, Partial<PrivacyFacts>, Name[]][])(
    '%s changes exactly the documents that speak of it',
    (_, change, changed) => {
      const now: PrivacyFacts = { ...facts, ...change };
      const others = names.filter((name) => textOf(makers[name](now, t)) !== textOf(makers[name](facts, t)));
      expect(others.sort()).toEqual([...changed].sort());
    },
  );

  it('Art. 13 (1) (b), 30 (1) (a): notice and record name the data protection officer, and do not ask to add them', () => {
    const officer = 'Oskar Schutz, dsb@kanzlei.example';
    const now: PrivacyFacts = { ...facts, notice: { ...facts.notice, officerContact: officer } };
    expect(makers.notice(now, t).blocks).toContainEqual({ type: 'text', text: t('notice.officer', { officer }) });
    const row = [t('notices.fact.officerContact'), officer];
    expect(tablesOf(makers.record(now, t)).flat()).toContainEqual(row);
    expect(tablesOf(makers.record(facts, t)).flat()).not.toContainEqual(expect.arrayContaining([row[0]]));
    expect(textOf(makers.record(facts, t))).toContain(t('records.ownPart'));
    expect(textOf(makers.record(now, t))).not.toContain(t('records.ownPart'));
  });
});
