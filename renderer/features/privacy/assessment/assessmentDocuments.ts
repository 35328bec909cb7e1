import type { TFunction } from 'i18next';
import { gapsOfAssessment, riskGrade, riskMeasures } from '../../../../common/privacy/assessedRisks';
import {
  assessedRisks,
  criteria,
  type AssessedRisk,
  type Assessment,
  type Criterion,
  type FactLines,
  type GradedLevel,
} from '../../../../common/privacy/assessment';
import type { DocumentContent } from '../../../../common/privacy/documentContent';
import { factValue } from '../../../../common/privacy/factLines';
import { answerOf, thresholdOf } from '../../../../common/privacy/threshold';
import { limits } from '../../../../common/meeting/limits';
import { factName, factText, isTold } from './factWords';

type Blocks = DocumentContent['blocks'];

export interface AssessmentDocumentOptions {
  readonly assessment: Assessment;
  /** What was set when it was made. */
  readonly lines: FactLines;
  readonly t: TFunction;
  /** Of that day, in words. */
  readonly date: string;
  /** What is processed, from the record of processing; empty for an earlier version, whose settings are listed. */
  readonly activities: Blocks;
}

/** The record of the decision whether an assessment is needed, each criterion with its answer and reason. */
export function thresholdDocument({ assessment, lines, t, date }: AssessmentDocumentOptions): DocumentContent {
  return {
    title: t('assessment.doc.thresholdTitle'),
    lead: t('assessment.doc.lead', { date }),
    blocks: [...controller(lines, t), ...thresholdBlocks(assessment, lines, t), ...settings(lines, t), signed(t)],
  };
}

/** The assessment with all that Art. 35 (7) GDPR asks for. */
export function assessmentDocument(options: AssessmentDocumentOptions): DocumentContent {
  const { assessment, lines, t, date, activities } = options;
  const gaps = gapsOfAssessment(assessment);
  return {
    title: t('assessment.doc.title'),
    lead: t('assessment.doc.lead', { date }),
    blocks: [
      ...controller(lines, t),
      ...(gaps.length === 0
        ? []
        : ([
            { type: 'heading', text: t('assessment.doc.gaps') },
            { type: 'text', text: gaps.map((gap) => `– ${t(`assessment.gap.${gap}`)}`).join('\n') },
          ] as const)),
      { type: 'heading', text: t('assessment.doc.description') },
      { type: 'text', text: `${t('assessment.doc.activities')}: ${said(assessment.purposes, t)}` },
      ...activities,
      ...thresholdBlocks(assessment, lines, t),
      { type: 'heading', text: t('assessment.doc.necessity') },
      {
        type: 'text',
        text: proportionality(lines, t)
          .map((one) => `– ${one}`)
          .join('\n'),
      },
      { type: 'text', text: said(assessment.necessity, t) },
      { type: 'heading', text: t('assessment.doc.risks') },
      { type: 'text', text: t('assessment.doc.scale') },
      {
        type: 'table',
        columns: [
          t('assessment.doc.risk'),
          t('assessment.doc.before'),
          t('assessment.doc.measures'),
          t('assessment.doc.after'),
        ],
        rows: assessedRisks.map((risk) => riskRow(risk, assessment, lines, t)),
      },
      ...optional(t('assessment.others'), assessment.others),
      { type: 'heading', text: t('assessment.doc.consultation') },
      { type: 'text', text: `${t('assessment.doc.officer')}: ${said(assessment.officer, t)}` },
      { type: 'text', text: `${t('assessment.doc.views')}: ${said(assessment.views, t)}` },
      { type: 'heading', text: t('assessment.doc.outcome') },
      {
        type: 'text',
        text: assessment.result === null ? t('assessment.doc.open') : t(`assessment.outcomeIs.${assessment.result}`),
      },
      ...(assessment.resultReason === '' ? [] : [{ type: 'text' as const, text: assessment.resultReason }]),
      ...settings(lines, t),
      signed(t),
    ],
  };
}

/** Why the answer to a criterion is as it is, from what is set. */
export function criterionReason(criterion: Criterion, lines: FactLines, t: TFunction): string {
  return t(`assessment.because.${criterion}`, {
    people: Number(factValue(lines, 'held.people') ?? 0),
    most: limits.participants,
  });
}

/** What the program itself brings for proportionality, as it is set. */
export function proportionality(lines: FactLines, t: TFunction): readonly string[] {
  const days = (path: string) => t('notice.days', { count: Number(factValue(lines, path) ?? 0) });
  const words = { recording: days('retention.recording'), chat: days('retention.chat') };
  return (['yes', 'back', 'short', 'local', 'rights', 'told'] as const).map((one) =>
    t(`assessment.proportion.${one}`, words),
  );
}

/** What comes out of the check, with the criteria it comes from. */
export function thresholdText(assessment: Assessment, lines: FactLines, t: TFunction): string {
  const { result, met, open } = thresholdOf(assessment, lines);
  const named = (result === 'open' ? open : met).map((one) => t(`assessment.criterion.${one}`)).join('; ');
  return t(`assessment.resultText.${result}`, { criteria: named });
}

/** A risk's likelihood and severity in words. */
export function gradeText(level: GradedLevel | undefined, t: TFunction): string {
  const grade = level === undefined ? null : riskGrade(level);
  return t(`assessment.grade.${grade ?? 'open'}`);
}

function thresholdBlocks(assessment: Assessment, lines: FactLines, t: TFunction): Blocks {
  const { decision, decisionReason } = assessment;
  const answered = (criterion: Criterion) => {
    const answer = answerOf(assessment, criterion, lines);
    return answer === null ? t('assessment.doc.open') : t(answer ? 'common.yes' : 'common.no');
  };
  return [
    { type: 'heading', text: t('assessment.threshold').replace(/^\d+\. /u, '') },
    { type: 'text', text: t('assessment.thresholdText') },
    {
      type: 'table',
      columns: [t('assessment.doc.criterion'), t('assessment.doc.answer'), t('assessment.doc.why')],
      rows: criteria.map((one) => [
        t(`assessment.criterion.${one}`),
        answered(one),
        assessment.answers[one] === undefined
          ? criterionReason(one, lines, t)
          : `${criterionReason(one, lines, t)} (${t('assessment.changedByYou')})`,
      ]),
    },
    { type: 'heading', text: t('assessment.doc.result') },
    {
      type: 'text',
      text: `${t(`assessment.result.${thresholdOf(assessment, lines).result}`)}. ${thresholdText(assessment, lines, t)}`,
    },
    { type: 'heading', text: t('assessment.doc.decision') },
    { type: 'text', text: decision === null ? t('assessment.doc.open') : t(`assessment.decision.${decision}`) },
    { type: 'text', text: `${t('assessment.doc.reason')}: ${said(decisionReason, t)}` },
  ];
}

function riskRow(risk: AssessedRisk, assessment: Assessment, lines: FactLines, t: TFunction): string[] {
  const judged = assessment.risks[risk];
  const grade = (level: GradedLevel | undefined) => {
    if (level === undefined || level.likelihood === null || level.severity === null) return t('assessment.doc.open');
    return t('assessment.doc.grade', {
      likelihood: t(`assessment.likelihoodIs.${level.likelihood as 1 | 2 | 3 | 4}`),
      severity: t(`assessment.severityIs.${level.severity as 1 | 2 | 3 | 4}`),
      grade: gradeText(level, t),
    });
  };
  const measures = riskMeasures(risk, lines).map(
    ({ name, isOn }) =>
      `– ${t(`assessment.measure.${name}`)}: ${t(isOn ? 'assessment.inForce' : 'assessment.notInForce')}`,
  );
  return [
    `${t(`assessment.risk.${risk}`)}\n${t(`assessment.harm.${risk}`)}`,
    grade(judged?.before),
    [...measures, judged?.note ?? ''].filter(Boolean).join('\n'),
    grade(judged?.after),
  ];
}

function controller(lines: FactLines, t: TFunction): Blocks {
  const words = ['notice.controllerName', 'notice.controllerContact'].map((path) => factValue(lines, path));
  const text = words.filter((one) => typeof one === 'string' && one !== '').join(', ');
  const officer = factValue(lines, 'notice.officerContact');
  return [
    ...optionalText(text),
    ...optionalText(typeof officer === 'string' && officer !== '' ? t('notice.officer', { officer }) : ''),
  ];
}

function settings(lines: FactLines, t: TFunction): Blocks {
  const rows = Object.entries(lines)
    .filter(([path]) => isTold(path))
    .map(([path, json]) => [factName(path, t), factText(json, t)]);
  return [
    { type: 'heading', text: t('assessment.doc.settings') },
    { type: 'table', columns: [t('assessment.doc.setting'), t('assessment.doc.value')], rows },
  ];
}

function optionalText(text: string): Blocks {
  return text === '' ? [] : [{ type: 'text', text }];
}

function optional(title: string, text: string): Blocks {
  return text === ''
    ? []
    : [
        { type: 'heading', text: title },
        { type: 'text', text },
      ];
}

function said(text: string, t: TFunction): string {
  return text === '' ? t('assessment.doc.none') : text;
}

function signed(t: TFunction): Blocks[number] {
  return { type: 'text', text: t('assessment.doc.signed') };
}
