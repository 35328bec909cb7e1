import { assessmentSchema, factLinesSchema, type StoredAssessment } from '../../../common/privacy/assessment';
import type { Database } from '../database';
import type { AssessmentRepository } from '../repositories';

interface Row extends Pick<StoredAssessment, 'day' | 'savedAt'> {
  readonly facts: string;
  readonly document: string;
}

/** Data protection impact assessments in the open database. */
export function createAssessmentRepository(database: Database): AssessmentRepository {
  return {
    put: ({ day, savedAt, lines, assessment }) => {
      database.run(
        `INSERT INTO assessments (day, saved_at, facts, document) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET saved_at = excluded.saved_at, facts = excluded.facts, document = excluded.document`,
        [day, savedAt, JSON.stringify(lines), JSON.stringify(assessment)],
      );
    },
    list: () =>
      database
        .all<Row>('SELECT day, saved_at AS savedAt, facts, document FROM assessments ORDER BY saved_at DESC')
        .map(({ facts, document, ...row }) => ({
          ...row,
          lines: factLinesSchema.parse(JSON.parse(facts)),
          assessment: assessmentSchema.parse(JSON.parse(document)),
        })),
  };
}
