import { z } from 'zod';
import { noteSchema } from './incident';

/** The nine criteria of WP 248 rev. 01, endorsed by the EDPB: two of them, as a rule, ask for an assessment. */
export const wp248Criteria = [
  'evaluation',
  'decisions',
  'monitoring',
  'sensitive',
  'scale',
  'matching',
  'vulnerable',
  'technology',
  'denial',
] as const;

/** Of the list of the German authorities under Art. 35 (4) GDPR (DSK, Muss-Liste): what video meetings can come near to. */
export const listedCriteria = ['secrecy', 'workers', 'media', 'ai', 'biometric'] as const;

/** Art. 35 (3) (c) GDPR; (a) and (b) follow from the others. */
const ownCriteria = ['publicArea'] as const;

export const criteria = [...wp248Criteria, ...listedCriteria, ...ownCriteria] as const;
export type Criterion = (typeof criteria)[number];

/** What can happen to people by meetings and recordings, as far as this program knows of it. */
export const assessedRisks = [
  'lostDevice',
  'wrongPerson',
  'passedOn',
  'pressure',
  'chilling',
  'hostCompromised',
  'impersonation',
  'metadata',
  'keptTooLong',
  'loss',
] as const;
export type AssessedRisk = (typeof assessedRisks)[number];

/** From 1 (negligible) to 4 (great), as in DSK Kurzpapier Nr. 18. */
const gradeSchema = z.number().int().min(1).max(4).nullable();
const levelSchema = z.object({ likelihood: gradeSchema, severity: gradeSchema });
export type GradedLevel = z.infer<typeof levelSchema>;
const judgedRiskSchema = z.object({ before: levelSchema, after: levelSchema, note: noteSchema });
export type JudgedRisk = z.infer<typeof judgedRiskSchema>;

/** What a person decides and writes about the impact of the processing (Art. 35 GDPR). */
export const assessmentSchema = z.object({
  /** Where the person answers otherwise than what is set says, or where nothing says it. */
  answers: z.partialRecord(z.enum(criteria), z.boolean()),
  decision: z.enum(['needed', 'not-needed']).nullable(),
  decisionReason: noteSchema,
  /** What the meetings are for, in the person's own words. */
  purposes: noteSchema,
  /** Why it is necessary and proportionate, besides what the program brings. */
  necessity: noteSchema,
  risks: z.partialRecord(z.enum(assessedRisks), judgedRiskSchema),
  /** Further risks and measures. */
  others: noteSchema,
  /** The advice of the data protection officer (Art. 35 (2)). */
  officer: noteSchema,
  /** The views of those concerned or of their representatives (Art. 35 (9)). */
  views: noteSchema,
  result: z.enum(['acceptable', 'with-measures', 'consult']).nullable(),
  resultReason: noteSchema,
});
export type Assessment = z.infer<typeof assessmentSchema>;

export const emptyAssessment: Assessment = {
  ...{ answers: {}, decision: null, decisionReason: '', purposes: '', necessity: '', risks: {}, others: '' },
  ...{ officer: '', views: '', result: null, resultReason: '' },
};

/** What was set, by its path, as JSON: a form that keeps its meaning whatever is added to the settings later. */
export const factLinesSchema = z.record(z.string().max(200), z.string().max(10_000));
export type FactLines = z.infer<typeof factLinesSchema>;

/** One day's version, with what was set at that time. */
export interface StoredAssessment {
  /** `2026-11-22`, by the clock on the wall. */
  readonly day: string;
  readonly savedAt: number;
  readonly lines: FactLines;
  readonly assessment: Assessment;
}

export interface AssessmentOverview {
  /** What is set now. */
  readonly lines: FactLines;
  /** Newest first. */
  readonly versions: readonly StoredAssessment[];
}
