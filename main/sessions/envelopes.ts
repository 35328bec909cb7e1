import type { Signer, VerifySignature } from '../../common/meeting/meetingChannel';
import type { Participant } from '../../common/meeting/models';
import { headerSchema, hostOnlyBodies, type Body, type Envelope } from '../../common/protocol/bodies';

/** Makes this participant's envelopes for one meeting; each has a higher sequence number than the one before. */
export function createEnvelopeSealer(
  signer: Signer,
  meetingId: string,
  from: string,
): (to: string | null, body: Body) => Envelope {
  let sequence = 0;
  return (to, body) => {
    sequence += 1;
    // What is signed is what the other end sees after parsing: trimmed, and without anything the schema does not know.
    const header = headerSchema.parse({ meetingId, from, to, sequence, body });
    return { header, signature: signer.sign('envelope', header) };
  };
}

/** Why an envelope was not let through. All but `addressee-gone` mean that somebody sent what an honest client cannot. */
type EnvelopeRefusal = 'meeting' | 'sender' | 'addressee' | 'addressee-gone' | 'not-host' | 'sequence' | 'signature';

export type EnvelopeCheck =
  { readonly ok: true; readonly from: Participant } | { readonly ok: false; readonly reason: EnvelopeRefusal };

/** Bodies that make sense between exactly two participants. */
const addressedBodies: ReadonlySet<string> = new Set(['signal', 'reconnect']);

/**
 * Checks the envelopes of one meeting: right meeting, sender in the roster, allowed to send this body, addressee
 * another participant, sequence above every accepted one of this sender, and the sender's signature. Keeps the
 * sequence numbers; an envelope that is refused leaves no trace. Never throws.
 */
export function createEnvelopeChecker(
  meetingId: string,
  verify: VerifySignature,
): (envelope: Envelope, participants: readonly Participant[]) => EnvelopeCheck {
  const sequences = new Map<string, number>();
  const refuse = (reason: EnvelopeRefusal): EnvelopeCheck => ({ ok: false, reason });
  return ({ header, signature }, participants) => {
    if (header.meetingId !== meetingId) return refuse('meeting');
    const from = participants.find((one) => one.id === header.from);
    if (from === undefined) return refuse('sender');
    if (header.to === null ? addressedBodies.has(header.body.type) : header.to === header.from) {
      return refuse('addressee');
    }
    if (hostOnlyBodies.has(header.body.type) && from.role !== 'host') return refuse('not-host');
    if (header.sequence <= (sequences.get(header.from) ?? 0)) return refuse('sequence');
    if (!verify(from.identityKey, 'envelope', header, signature)) return refuse('signature');
    sequences.set(header.from, header.sequence);
    if (header.to !== null && !participants.some((one) => one.id === header.to)) return refuse('addressee-gone');
    return { ok: true, from };
  };
}
