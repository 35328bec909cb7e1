import { z } from 'zod';
import { publicKeySchema, timestampSchema } from '../../../common/meeting/models';
import { daySchema } from '../../../common/privacy/deadline';
import {
  answerTextSchema,
  extensionReasonSchema,
  requestRightSchema,
  requestStates,
  requestTextSchema,
  signedPersonErasureSchema,
  signedRequestSchema,
  signedRequestStatusSchema,
  signedRequestWithdrawalSchema,
} from '../../../common/privacy/personRequests';
import { identityChecks, requestWays } from '../../../common/privacy/requestLog';
import type { StoredOwnRequest, StoredRequest, Vault } from '../../vault/repositories';

/** What stands in the document of a request that came. */
const receivedSchema = z.object({
  right: requestRightSchema,
  text: requestTextSchema,
  way: z.enum(requestWays),
  check: z.enum(identityChecks),
  notes: requestTextSchema,
  dueOn: daySchema,
  extension: z.object({ reason: extensionReasonSchema, at: timestampSchema }).nullable(),
  state: z.enum(requestStates),
  answer: answerTextSchema,
  erasure: signedPersonErasureSchema.nullable(),
  /** As the person signed it; null: it did not come from an app. */
  signed: signedRequestSchema.nullable(),
  /** What this installation signed about it: the first, which says that it came, and the newest. */
  first: signedRequestStatusSchema.nullable(),
  newest: signedRequestStatusSchema.nullable(),
  /** The revision that the person's app has confirmed; 0: none. */
  told: z.number().int().nonnegative(),
});
export type ReceivedRequest = z.infer<typeof receivedSchema> & Omit<StoredRequest, 'document'>;

/** What stands in the document of a request that was made here. */
const ownSchema = z.object({
  signed: signedRequestSchema,
  withdrawal: signedRequestWithdrawalSchema.nullable(),
  /** What the host said, oldest first. */
  statuses: z.array(signedRequestStatusSchema),
  /** The revision that the person has read; 0: none. */
  seen: z.number().int().nonnegative(),
});
export type MadeRequest = z.infer<typeof ownSchema> & {
  readonly hostKey: string;
  readonly hostName: string;
  readonly closedAt: number | null;
};

export function receivedRequest({ document, ...row }: StoredRequest): ReceivedRequest {
  return { ...receivedSchema.parse(JSON.parse(document)), ...row };
}

export function storedReceived(request: ReceivedRequest): StoredRequest {
  const { id, identityKey, name, at, closedAt } = request;
  return { id, identityKey, name, at, closedAt, document: JSON.stringify(receivedSchema.parse(request)) };
}

export function madeRequest({ document, identityKey, name, closedAt }: StoredOwnRequest): MadeRequest {
  return {
    ...ownSchema.parse(JSON.parse(document)),
    hostKey: publicKeySchema.parse(identityKey),
    hostName: name,
    closedAt,
  };
}

export function storedMade(made: MadeRequest): StoredOwnRequest {
  const { requestId, madeAt } = made.signed.request;
  const document = JSON.stringify(ownSchema.parse(made));
  return {
    id: requestId,
    identityKey: made.hostKey,
    name: made.hostName,
    at: madeAt,
    closedAt: made.closedAt,
    document,
  };
}

/** Whether the person's app is still to be told what was last said; false where there is none. */
export function isUntold({ newest, told }: ReceivedRequest): boolean {
  return newest !== null && told < newest.status.revision;
}

/** Whether a request is not answered yet, or its answer not delivered: until then it cannot be erased. */
export function isRequestPending(vault: Pick<Vault, 'personRequests' | 'ownRequests'>, id: string): boolean {
  const received = vault.personRequests.get(id);
  if (received !== null) return received.closedAt === null || isUntold(receivedRequest(received));
  const own = vault.ownRequests.get(id);
  return own !== null && own.closedAt === null;
}
