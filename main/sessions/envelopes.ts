import type { Signer, VerifySignature } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import { headerSchema, hostOnlyBodies, type Body, type BodyType, type Envelope } from '../../common/protocol/bodies';
import { RemovedPeople } from './removedPeople';
import { Sequences } from './sequences';

/** A process that returns to its meeting numbers its envelopes above all of those before it. */
const envelopesPerProcess = 2 ** 32;

/**
 * Makes this participant's envelopes for one meeting; each has a higher sequence number than the one before. `returns`:
 * how often this participant has come back with a new process.
 */
export function createEnvelopeSealer(
  signer: Signer,
  meetingId: string,
  from: string,
  returns = 0,
): (to: string | null, body: Body) => Envelope {
  let sequence = returns * envelopesPerProcess;
  return (to, body) => {
    sequence += 1;
    // What is signed is what the other end sees after parsing: trimmed, and without anything the schema does not know.
    const header = headerSchema.parse({ meetingId, from, to, sequence, body });
    return { header, signature: signer.sign('envelope', header) };
  };
}

/** Why an envelope was not let through. All but `addressee-gone` mean that somebody sent what an honest client cannot. */
type EnvelopeRefusal =
  | 'meeting'
  | 'removed'
  | 'sender'
  | 'addressee'
  | 'addressee-gone'
  | 'not-host'
  | 'not-co-host'
  | 'sequence'
  | 'signature';

export type EnvelopeCheck =
  { readonly ok: true; readonly from: Participant } | { readonly ok: false; readonly reason: EnvelopeRefusal };

/** Bodies that concern nobody but the host. */
const bodiesToHost: ReadonlySet<BodyType> = new Set([
  'moderate',
  'noticeAcknowledged',
  'consentAnswer',
  'consentWithdrawal',
] as const);
/** Bodies that make sense between exactly two participants. */
const addressedBodies: ReadonlySet<BodyType> = new Set([
  ...bodiesToHost,
  ...(['signal', 'reconnect', 'muteRequest', 'takeOver', 'stillHost'] as const),
  ...(['verifyAsk', 'verifyCommit', 'verifyNonce', 'verifyReveal'] as const),
]);

/**
 * Checks the envelopes of one meeting: right meeting, sender in the roster and never removed, allowed to send this body,
 * addressee another participant and the right one, a sequence number that was not taken before and in order where that
 * matters (see Sequences), and the sender's signature. An envelope that is refused leaves no trace. Never throws.
 */
export function createEnvelopeChecker(
  meetingId: string,
  verify: VerifySignature,
  removed: RemovedPeople = new RemovedPeople(),
  sequences = new Sequences(),
): (envelope: Envelope, participants: readonly Participant[]) => EnvelopeCheck {
  const refuse = (reason: EnvelopeRefusal): EnvelopeCheck => ({ ok: false, reason });
  return ({ header, signature }, participants) => {
    if (header.meetingId !== meetingId) return refuse('meeting');
    if (removed.hasId(header.from)) return refuse('removed');
    const from = participants.find((one) => one.id === header.from);
    if (from === undefined) return refuse('sender');
    if (removed.hasKey(from.identityKey)) return refuse('removed');
    if (header.to === null ? addressedBodies.has(header.body.type) : header.to === header.from) {
      return refuse('addressee');
    }
    if (hostOnlyBodies.has(header.body.type) && from.role !== 'host') return refuse('not-host');
    const isCoHosts = header.body.type === 'takeOver' || header.body.type === 'stillHost';
    if (isCoHosts && from.role === 'guest') return refuse('not-co-host');
    if (header.body.type === 'moderate' && from.role !== 'co-host') return refuse('not-co-host');
    const to = participants.find((one) => one.id === header.to);
    if (to !== undefined && to.role !== 'host' && bodiesToHost.has(header.body.type)) return refuse('addressee');
    if (!sequences.isNew(header.from, header.sequence, header.body.type)) return refuse('sequence');
    if (!verify(from.identityKey, 'envelope', header, signature)) return refuse('signature');
    sequences.take(header.from, header.sequence, header.body.type);
    if (header.to !== null && to === undefined) return refuse('addressee-gone');
    return { ok: true, from };
  };
}
