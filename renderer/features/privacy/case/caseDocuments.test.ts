import { describe, expect, it } from 'vitest';
import { assessedRisks, emptyAssessment, type Assessment } from '../../../../common/privacy/assessment';
import { documentContentSchema, type DocumentContent } from '../../../../common/privacy/documentContent';
import { factLines } from '../../../../common/privacy/factLines';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { incidentKinds, newIncident, type Incident, type StoredIncident } from '../../../../common/privacy/incident';
import { createI18n } from '../../../i18n/createI18n';
import { assessmentDocument, thresholdDocument } from '../assessment/assessmentDocuments';
import { factName } from '../assessment/factWords';
import { affectedDocument, incidentDocument, notificationDocument, plainText } from '../incidents/incidentDocuments';

const hour = 3_600_000;
const noticedAt = Date.UTC(2026, 10, 20, 9, 30);
const facts = {
  notice: {
    ...{ controllerName: 'Kanzlei Weber', controllerContact: 'datenschutz@kanzlei.example' },
    ...{ chatRetentionDays: 30, recordingRetentionDays: 14, relay: null, iceServers: [] },
    ...{ officerContact: '', employees: false, registration: null },
  },
  retention: { recording: 14, chat: 30, registration: 30, receipt: 3, contact: 365, request: 3, log: 365, incident: 5 },
  protection: 'passphrase',
  noticeVersion: { number: 1, since: noticedAt },
  locksAfter: 15,
  backedUpAt: null,
  leftRegistration: null,
} satisfies PrivacyFacts;
const textOf = (content: DocumentContent) => JSON.stringify(content);
const noWords = /\{\{|undefined|NaN|(?:incidents|assessment|records|privacy|notice)\.[a-z]/u;

const whole: Incident = {
  ...newIncident({ kind: 'recipient', noticedAt, what: 'WHAT' }),
  ...{ happenedAt: noticedAt - hour, consequences: 'CONSEQUENCES', remedies: 'REMEDIES', risk: 'high' },
  riskReason: 'RISKREASON',
  affected: {
    ...{ device: false, meetingIds: [], recordingIds: [], people: 17, kinds: { chat: 23, contact: 19 } },
    ...{ other: 'OTHER', sensitive: true },
  },
  authority: {
    ...{ decision: 'notify', reason: '', sentAt: noticedAt + 80 * hour, lateReason: 'LATEREASON' },
    reference: 'REFERENCE',
  },
  people: { decision: 'no', ground: 'effort', reason: 'PEOPLEREASON', toldAt: null },
  supplements: [{ at: noticedAt + 90 * hour, text: 'SUPPLEMENT' }],
};

describe.each(['de', 'en'] as const)('R24, R25: the documents of a case in %s', (language) => {
  const { t } = createI18n(language);
  const options = (incident: Incident) => {
    const stored: StoredIncident = { id: 'x', recordedAt: noticedAt, closedAt: null, incident };
    return { stored, facts, t, at: (moment: number) => `<${moment}>`, now: noticedAt + 100 * hour };
  };

  it.each(incidentKinds)('are whole for an incident of kind %s, from its first note on', (kind) => {
    for (const make of [notificationDocument, incidentDocument, affectedDocument]) {
      for (const incident of [newIncident({ kind, noticedAt, what: 'WHAT' }), { ...whole, kind }]) {
        const content = make(options(incident));
        expect(documentContentSchema.parse(content)).toEqual(content);
        expect(textOf(content)).not.toMatch(noWords);
      }
    }
  });

  it('the notification says all that Art. 33 (3) asks for, and why it is late', () => {
    const text = textOf(notificationDocument(options(whole)));
    const asked = [
      'WHAT',
      '17',
      '23',
      '42',
      'OTHER',
      'CONSEQUENCES',
      'REMEDIES',
      'LATEREASON',
      'SUPPLEMENT',
      'REFERENCE',
    ];
    for (const part of [...asked, 'Kanzlei Weber', 'datenschutz@kanzlei.example', `<${noticedAt}>`]) {
      expect(text).toContain(part);
    }
    expect(text).toContain(t('incidents.doc.full'));
    expect(textOf(notificationDocument(options({ ...whole, consequences: '' })))).toContain(t('incidents.doc.first'));
    const inTime = { ...whole, authority: { ...whole.authority, sentAt: noticedAt + hour } };
    expect(textOf(notificationDocument(options(inTime)))).not.toContain('LATEREASON');
  });

  it('the documentation says what was decided and why', () => {
    const text = textOf(incidentDocument(options(whole)));
    for (const part of ['RISKREASON', 'PEOPLEREASON', 'LATEREASON', t('incidents.ground.effort')]) {
      expect(text).toContain(part);
    }
    expect(text).toContain(t('incidents.doc.tooLate', { at: `<${noticedAt + 80 * hour}>` }));
  });

  it('the letter to those concerned is plain and tells nothing of what is internal', () => {
    const text = plainText(affectedDocument(options(whole)));
    for (const part of ['WHAT', 'CONSEQUENCES', 'REMEDIES', 'Kanzlei Weber']) expect(text).toContain(part);
    for (const part of ['RISKREASON', 'PEOPLEREASON', 'LATEREASON', 'REFERENCE', '(23)', '(19)']) {
      expect(text).not.toContain(part);
    }
  });

  const level = { likelihood: 3, severity: 3 };
  const assessed: Assessment = {
    ...emptyAssessment,
    ...{ answers: { sensitive: true }, decision: 'needed', decisionReason: 'DECISION', purposes: 'PURPOSES' },
    ...{ necessity: 'NECESSITY', others: 'OTHERS', officer: 'OFFICER', views: 'VIEWS', result: 'consult' },
    resultReason: 'RESULT',
    risks: Object.fromEntries(
      assessedRisks.map((risk) => [risk, { before: level, after: level, note: `NOTE ${risk}` }]),
    ),
  };
  const lines = factLines(facts, { people: 4, recordings: 2 });
  const assessment = (given: Assessment, now = lines) => ({
    assessment: given,
    lines: now,
    t,
    date: 'today',
    activities: [],
  });

  it('an assessment is whole, empty and filled in, and fits what main takes', () => {
    for (const make of [thresholdDocument, assessmentDocument]) {
      for (const given of [emptyAssessment, assessed]) {
        const content = make(assessment(given));
        expect(documentContentSchema.parse(content)).toEqual(content);
        expect(textOf(content)).not.toMatch(noWords);
      }
    }
    const text = textOf(assessmentDocument(assessment(assessed)));
    for (const part of ['DECISION', 'PURPOSES', 'NECESSITY', 'OTHERS', 'OFFICER', 'VIEWS', 'RESULT', 'NOTE loss']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain(t('assessment.doc.gaps'));
    expect(textOf(assessmentDocument(assessment(emptyAssessment)))).toContain(t('assessment.doc.gaps'));
  });

  it('Art. 33 (3) (b), 34 (2), 35 (2): each names the data protection officer where one is designated', () => {
    const officer = 'Oskar Schutz, dsb@kanzlei.example';
    const named = { ...facts, notice: { ...facts.notice, officerContact: officer } };
    const line = t('notice.officer', { officer });
    for (const make of [notificationDocument, incidentDocument, affectedDocument]) {
      expect(textOf(make(options(whole)))).not.toContain(officer);
      expect(textOf(make({ ...options(whole), facts: named }))).toContain(line);
    }
    expect(textOf(notificationDocument(options(whole)))).toContain(t('incidents.doc.officer'));
    expect(textOf(notificationDocument({ ...options(whole), facts: named }))).not.toContain(t('incidents.doc.officer'));
    for (const make of [thresholdDocument, assessmentDocument]) {
      const now = factLines(named, { people: 4, recordings: 2 });
      expect(make(assessment(assessed, now)).blocks).toContainEqual({ type: 'text', text: line });
      expect(textOf(make(assessment(assessed)))).not.toContain(line.slice(0, line.indexOf(officer)));
    }
  });

  it('a setting that changes is seen in it', () => {
    const now = factLines({ ...facts, protection: 'keychain' }, { people: 4, recordings: 2 });
    expect(textOf(assessmentDocument(assessment(assessed, now)))).not.toBe(
      textOf(assessmentDocument(assessment(assessed))),
    );
  });

  it('every setting has a name', () => {
    const unnamed = Object.keys(lines).filter((path) => factName(path, t) === t('assessment.fact.other', { path }));
    expect(unnamed).toEqual([]);
  });
});
