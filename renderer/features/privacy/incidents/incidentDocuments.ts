import type { TFunction } from 'i18next';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import type { PrivacyFacts } from '../../../../common/privacy/facts';
import { personalKinds } from '../../../../common/privacy/heldData';
import type { Incident, StoredIncident } from '../../../../common/privacy/incident';
import { gapsOf, notificationDeadline } from '../../../../common/privacy/incidentState';
import { contactOf, officerLine } from '../documents/noticeSections';

export interface IncidentDocumentOptions {
  readonly stored: StoredIncident;
  readonly facts: PrivacyFacts;
  readonly t: TFunction;
  /** A moment in words. */
  readonly at: (moment: number) => string;
  readonly now: number;
}

type Row = [string, string];

/** What the authority is told: everything that Art. 33 (3) GDPR lists, and what is still missing (Art. 33 (4)). */
export function notificationDocument({ stored, facts, t, at, now }: IncidentDocumentOptions): DocumentContent {
  const { incident } = stored;
  const { authority, supplements } = incident;
  const deadline = notificationDeadline(incident);
  const isLate = (authority.sentAt ?? now) > deadline;
  const isWhole = gapsOf(incident).every((gap) => !['consequences', 'remedies', 'risk', 'risk-reason'].includes(gap));
  return {
    title: t('incidents.doc.notificationTitle'),
    lead: t('incidents.doc.notificationLead', { date: at(now) }),
    blocks: [
      { type: 'text', text: t(isWhole ? 'incidents.doc.full' : 'incidents.doc.first') },
      ...(authority.reference === ''
        ? []
        : [{ type: 'text' as const, text: `${t('incidents.doc.reference')}: ${authority.reference}` }]),
      { type: 'heading', text: t('incidents.doc.controller') },
      { type: 'text', text: controllerOf(facts, t) },
      { type: 'text', text: officerLine(facts.notice, t)[0] ?? t('incidents.doc.officer') },
      { type: 'heading', text: t('incidents.doc.nature') },
      table(t, natureRows(incident, t, at)),
      { type: 'heading', text: t('incidents.doc.categories') },
      table(t, categoryRows(incident, t)),
      { type: 'heading', text: t('incidents.doc.consequences') },
      { type: 'text', text: said(incident.consequences, t) },
      { type: 'heading', text: t('incidents.doc.remedies') },
      { type: 'text', text: said(incident.remedies, t) },
      { type: 'text', text: protectionOf(facts, t) },
      { type: 'heading', text: t('incidents.doc.told') },
      { type: 'text', text: toldText(incident, t, at) },
      ...(isLate
        ? ([
            { type: 'heading', text: t('incidents.doc.late') },
            {
              type: 'text',
              text: authority.lateReason || t('incidents.doc.lateNeeded', { at: at(deadline) }),
            },
          ] as const)
        : []),
      ...supplementBlocks(supplements, t, at),
    ],
  };
}

/** What is kept for the authority to check (Art. 33 (5) GDPR): facts, effects, remedies, and what was decided and why. */
export function incidentDocument({ stored, facts, t, at, now }: IncidentDocumentOptions): DocumentContent {
  const { incident, recordedAt, closedAt } = stored;
  const { authority, people, risk } = incident;
  const deadline = notificationDeadline(incident);
  const undecided = t('incidents.doc.undecided');
  const decisions: Row[] = [
    [t('incidents.doc.deadline'), at(deadline)],
    [
      t('incidents.doc.authority'),
      authority.decision === null ? undecided : t(`incidents.authorityIs.${authority.decision}`),
    ],
    ...row(t('incidents.doc.authorityReason'), authority.reason),
    ...(authority.sentAt === null
      ? []
      : [
          [
            t('incidents.doc.sent'),
            t(authority.sentAt > deadline ? 'incidents.doc.tooLate' : 'incidents.doc.inTime', {
              at: at(authority.sentAt),
            }),
          ] satisfies Row,
        ]),
    ...row(t('incidents.doc.late'), authority.lateReason),
    ...row(t('incidents.doc.reference'), authority.reference),
    [
      t('incidents.doc.peopleDecision'),
      people.decision === null ? undecided : t(`incidents.peopleIs.${people.decision}`),
    ],
    ...row(
      t('incidents.doc.ground'),
      people.decision !== 'no' || people.ground === null ? '' : t(`incidents.ground.${people.ground}`),
    ),
    ...row(t('incidents.doc.peopleReason'), people.reason, ' '),
    ...row(t('incidents.doc.toldAt'), people.toldAt === null ? '' : at(people.toldAt)),
    [t('incidents.doc.closed'), closedAt === null ? t('incidents.doc.open') : at(closedAt)],
  ];
  return {
    title: t('incidents.doc.incidentTitle'),
    lead: t('incidents.doc.incidentLead', { date: at(now) }),
    blocks: [
      { type: 'text', text: [controllerOf(facts, t), ...officerLine(facts.notice, t)].join('\n') },
      { type: 'heading', text: t('incidents.doc.facts') },
      table(t, [...natureRows(incident, t, at), [t('incidents.doc.recorded'), at(recordedAt)]]),
      { type: 'heading', text: t('incidents.doc.categories') },
      table(t, categoryRows(incident, t)),
      { type: 'heading', text: t('incidents.doc.effects') },
      table(t, [
        [t('incidents.doc.consequences'), said(incident.consequences, t)],
        [t('incidents.doc.risk'), risk === null ? undecided : t(`incidents.riskIs.${risk}`)],
        [t('incidents.doc.riskReason'), said(incident.riskReason, t)],
        [t('incidents.doc.remedies'), said(incident.remedies, t)],
        [t('incidents.doc.protection'), protectionOf(facts, t)],
      ]),
      { type: 'heading', text: t('incidents.doc.decisions') },
      table(t, decisions),
      ...supplementBlocks(incident.supplements, t, at),
    ],
  };
}

/** What those concerned are told, in plain language: everything that Art. 34 (2) GDPR asks for. */
export function affectedDocument({ stored, facts, t, at, now }: IncidentDocumentOptions): DocumentContent {
  const { incident } = stored;
  const { name, contact } = controllerWords(facts, t);
  const part = (title: string, text: string): DocumentContent['blocks'] =>
    text === ''
      ? []
      : [
          { type: 'heading', text: title },
          { type: 'text', text },
        ];
  return {
    title: t('incidents.doc.affectedTitle'),
    lead: t('incidents.doc.affectedLead', { name, date: at(now) }),
    blocks: [
      { type: 'text', text: t('incidents.doc.affectedHello') },
      { type: 'text', text: t('incidents.doc.affectedIntro') },
      ...part(t('incidents.doc.affectedWhat'), incident.what),
      ...part(
        t('incidents.doc.affectedWhich'),
        [kindsOf(incident, t), incident.affected.other].filter(Boolean).join('\n'),
      ),
      ...part(t('incidents.doc.affectedConsequences'), incident.consequences),
      ...part(t('incidents.doc.affectedRemedies'), incident.remedies),
      ...part(t('incidents.doc.affectedAdvice'), t(`incidents.doc.advice.${incident.kind}`)),
      ...part(
        t('incidents.doc.affectedContact'),
        [t('incidents.doc.affectedContactText', { name, contact }), ...officerLine(facts.notice, t)].join('\n'),
      ),
      { type: 'text', text: t('incidents.doc.affectedSorry') },
    ],
  };
}

/** The same as plain text, for an e-mail. */
export function plainText({ title, lead, blocks }: DocumentContent): string {
  const parts = blocks.map((block) => {
    switch (block.type) {
      case 'heading':
        return `${block.text}:`;
      case 'text':
        return `${block.text}\n`;
      case 'table':
        return `${block.rows.map((one) => one.join(': ')).join('\n')}\n`;
    }
  });
  return `${[title, lead, '', ...parts].join('\n').trim()}\n`;
}

/** Which kinds of data, without numbers, as a list in a sentence. */
function kindsOf({ affected }: Incident, t: TFunction): string {
  return personalKinds
    .filter((kind) => (affected.kinds[kind] ?? 0) > 0)
    .map((kind) => t(`privacy.kind.${kind}`))
    .join(', ');
}

function controllerWords({ notice }: PrivacyFacts, t: TFunction) {
  return { name: notice.controllerName, contact: contactOf(notice, t) };
}

function controllerOf(facts: PrivacyFacts, t: TFunction): string {
  return t('incidents.doc.controllerText', controllerWords(facts, t));
}

function protectionOf({ protection }: PrivacyFacts, t: TFunction): string {
  return t('incidents.doc.protectionText', { key: t(`records.${protection}`) });
}

function natureRows(
  { kind, what, goals, noticedAt, happenedAt }: Incident,
  t: TFunction,
  at: (moment: number) => string,
): Row[] {
  return [
    [t('incidents.doc.kind'), t(`incidents.kind.${kind}`)],
    [t('incidents.what'), what],
    [t('incidents.doc.goals'), said(goals.map((goal) => t(`incidents.goal.${goal}`)).join(', '), t)],
    [t('incidents.doc.happened'), happenedAt === null ? t('incidents.doc.unknown') : at(happenedAt)],
    [t('incidents.doc.noticed'), at(noticedAt)],
  ];
}

function categoryRows({ affected }: Incident, t: TFunction): Row[] {
  const { people, kinds, other, sensitive } = affected;
  const records = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const counted = personalKinds.flatMap((kind) => {
    const count = kinds[kind] ?? 0;
    return count === 0 ? [] : [`${t(`privacy.kind.${kind}`)} (${count})`];
  });
  return [
    [t('incidents.doc.groups'), t('incidents.doc.groupsText')],
    [t('incidents.doc.people'), String(people)],
    [t('incidents.doc.kinds'), said(counted.join(', '), t)],
    [t('incidents.doc.records'), String(records)],
    [
      t('incidents.doc.sensitive'),
      sensitive === null ? t('incidents.unclear') : t(sensitive ? 'common.yes' : 'common.no'),
    ],
    ...row(t('incidents.doc.other'), other),
  ];
}

function toldText({ people }: Incident, t: TFunction, at: (moment: number) => string): string {
  if (people.decision === null) return t('incidents.doc.undecided');
  const ground = people.decision === 'no' && people.ground !== null ? t(`incidents.ground.${people.ground}`) : '';
  const when = people.toldAt === null ? '' : t('incidents.doc.on', { at: at(people.toldAt) });
  return [t(`incidents.peopleIs.${people.decision}`), ground, when, people.reason].filter(Boolean).join('\n');
}

function supplementBlocks(
  supplements: Incident['supplements'],
  t: TFunction,
  at: (moment: number) => string,
): DocumentContent['blocks'] {
  if (supplements.length === 0) return [];
  return [
    { type: 'heading', text: t('incidents.doc.supplements') },
    ...supplements.map((one) => ({
      type: 'text' as const,
      text: t('incidents.supplementAt', { at: at(one.at), text: one.text }),
    })),
  ];
}

function table(t: TFunction, rows: Row[]): DocumentContent['blocks'][number] {
  return { type: 'table', columns: [t('incidents.doc.point'), t('incidents.doc.value')], rows };
}

function said(text: string, t: TFunction): string {
  return text === '' ? t('incidents.doc.none') : text;
}

/** Nothing for an empty text. `suffix` tells rows of the same name apart for the list that shows them. */
function row(name: string, text: string, suffix = ''): Row[] {
  return text === '' ? [] : [[`${name}${suffix}`, text]];
}
