import type { Signer } from '../../../common/meeting/meetingChannel';
import type { RequestStatus, SignedRequestStatus } from '../../../common/privacy/personRequests';
import { documentHash } from '../../vault/documentHash';
import type { ReceivedRequest } from './requestRecords';

/**
 * The request with a new statement of how it stands, signed by this installation (context `personRequestStatus`). One that
 * did not come from an app has nobody to state it to, and is returned as it is.
 */
export function stated(request: ReceivedRequest, signer: Signer, now: number): ReceivedRequest {
  const { signed, at, dueOn, extension, state, answer, erasure, newest } = request;
  if (signed === null) return request;
  const status: RequestStatus = {
    requestId: request.id,
    requestHash: documentHash(signed.request),
    hostKey: signer.publicKey,
    revision: (newest?.status.revision ?? 0) + 1,
    statedAt: now,
    receivedAt: at,
    dueOn,
    extension: extension?.reason ?? null,
    state,
    answer,
    // What was erased belongs to the answer.
    erasure: state === 'answered' ? erasure : null,
  };
  const statement: SignedRequestStatus = { status, signature: signer.sign('personRequestStatus', status) };
  return { ...request, first: request.first ?? statement, newest: statement };
}
