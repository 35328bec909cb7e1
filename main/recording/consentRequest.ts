import type { ConsentRequest } from '../../common/consent/models';
import type { RecordingPlan } from '../../common/consent/plan';
import { currentTemplates, templateOf, type PurposeTemplate } from '../../common/consent/purposeTemplates';
import { DomainError } from '../../common/errors';
import { limits } from '../../common/meeting/limits';
import type { StartInput } from './consentSide';
import { documentHash, newId } from './documents';
import type { RecordingEnvironment } from './environment';

/** Everything about a recording that people are asked to agree to. */
export type TermsInput = Omit<StartInput, 'own'>;

/** What the host means to ask for. Throws `recording/not-found` for an unknown template. */
export function recordingPlan(input: TermsInput): RecordingPlan {
  const template = input.templateId === null ? null : libraryText(input.templateId);
  return {
    purpose: template?.texts[input.language] ?? input.purpose,
    retentionDays: input.retentionDays,
    terms: {
      kinds: [...input.kinds],
      policy: input.policy,
      template: template && { id: template.id, version: template.version, hash: documentHash(template) },
      answerSeconds: input.answerSeconds,
      clipRetentionDays: input.kinds.includes('clip') ? (input.clipRetentionDays ?? limits.clipRetentionDays) : null,
      pauseForDecliners: input.pauseForDecliners,
    },
  };
}

/** The request for a new recording of this installation's. Throws like `recordingPlan`. */
export function consentRequest(
  environment: Pick<RecordingEnvironment, 'vault' | 'signer' | 'now' | 'random'>,
  meetingId: string,
  input: TermsInput,
): ConsentRequest {
  const profile = environment.vault().profile.get();
  const { purpose, retentionDays, terms } = recordingPlan(input);
  return {
    recordingId: newId(environment.random),
    meetingId,
    controllerName: profile.name,
    controllerContact: profile.contact,
    controllerKey: environment.signer().publicKey,
    purpose,
    retentionDays,
    requestedAt: environment.now(),
    terms,
  };
}

/** Whether a request that names a text of the library means the very text this program knows by that name. */
export function namesKnownText(request: ConsentRequest): boolean {
  const named = request.terms?.template ?? null;
  if (named === null) return true;
  const template = templateOf(request);
  return (
    template !== null &&
    documentHash(template) === named.hash &&
    Object.values(template.texts).includes(request.purpose)
  );
}

function libraryText(id: string): PurposeTemplate {
  const template = currentTemplates().find((one) => one.id === id);
  if (!template) throw new DomainError('recording/not-found');
  return template;
}
