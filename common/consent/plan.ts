import { z } from 'zod';
import { purposeSchema } from '../meeting/models';
import { consentTermsSchema, retentionDaysSchema, termsOf, type ConsentRequest } from './models';

/**
 * A recording that the host announces with the invite, so that people can decide before the meeting. Part of the signed
 * welcome; nothing is recorded because of it.
 */
export const recordingPlanSchema = z.object({
  purpose: purposeSchema,
  retentionDays: retentionDaysSchema,
  terms: consentTermsSchema,
});
export type RecordingPlan = z.infer<typeof recordingPlanSchema>;

/** Whether a request asks for what was announced, and for nothing else. */
export function asksAsPlanned(plan: RecordingPlan, request: ConsentRequest): boolean {
  const [planned, asked] = [plan.terms, termsOf(request)];
  return (
    plan.purpose === request.purpose &&
    plan.retentionDays === request.retentionDays &&
    planned.kinds.join() === asked.kinds.join() &&
    planned.policy === asked.policy &&
    planned.template?.hash === asked.template?.hash &&
    planned.clipRetentionDays === asked.clipRetentionDays &&
    planned.pauseForDecliners === asked.pauseForDecliners
  );
}
