import {
  bodySchema,
  envelopeSchema,
  headerSchema,
  signalDataSchema,
  type SignalData,
} from '../../../common/protocol/bodies';
import { carriedSchema } from '../../../common/protocol/carried';
import {
  guestMessageSchema,
  helloVersionSchema,
  hostMessageSchema,
  hostVersionSchema,
} from '../../../common/protocol/messages';
import type { Participant } from '../../../common/meeting/models';
import { readFingerprint } from '../../../common/verification/fingerprint';
import { candidateAddresses } from '../../../main/sessions/candidates';
import { createEnvelopeChecker } from '../../../main/sessions/envelopes';
import { relayedSignal } from '../../../main/sessions/ice/relayedSignal';
import { verifySignature } from '../../../main/sessions/identity';
import { Broken, schemaTarget, textTarget, type Target } from '../target';

/** What main does with every signal, in whichever direction. */
function handleSignal(signal: SignalData): void {
  if (candidateAddresses(signal).length > 64) throw new Broken('more addresses than there may be');
  if (signal.type === 'offer' || signal.type === 'answer') readFingerprint(signal.sdp);
  const relayed = relayedSignal(signal);
  const { success } = signalDataSchema.safeParse(relayed);
  // Putting lines back together may make a description longer than it may be, and then the other end refuses it.
  const isLong = relayed !== null && 'sdp' in relayed && relayed.sdp.length > 60_000;
  if (relayed !== null && !success && !isLong) throw new Broken('what is left for the relay is no signal');
}

const description = [
  'v=0\r\no=- 4611 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0\r\na=candidate:842163049 1 udp 1677729535 192.0.2.4 51472 typ srflx raddr 10.0.0.4 rport 51472',
  `a=ice-ufrag:abcd\r\na=ice-pwd:${'p'.repeat(24)}\r\na=fingerprint:sha-256 ${Array(32).fill('0F').join(':')}\r\na=setup:actpass`,
  `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=fingerprint:sha-256 ${Array(32).fill('0F').join(':')}\r\na=end-of-candidates\r\n`,
].join('\r\n');

/** An envelope from somebody who is known, so that the check goes all the way to the signature. */
function checkEnvelope(envelope: Parameters<ReturnType<typeof createEnvelopeChecker>>[0]): void {
  const { from, meetingId } = envelope.header;
  const sender = { id: from, identityKey: 'A'.repeat(43), role: 'host' } as Participant;
  const check = createEnvelopeChecker(meetingId, verifySignature);
  if (check(envelope, [sender, { ...sender, id: 'other' }]).ok) throw new Broken('a signature was made up');
}

export const protocolTargets: readonly Target[] = [
  schemaTarget({
    name: 'guest message',
    schema: guestMessageSchema,
    handle: (message) => {
      if (message.type === 'envelope') checkEnvelope(message.envelope);
    },
  }),
  schemaTarget({
    name: 'host message',
    schema: hostMessageSchema,
    handle: (message) => {
      if (message.type === 'envelope') checkEnvelope(message.envelope);
    },
  }),
  schemaTarget({ name: 'version of a guest', schema: helloVersionSchema }),
  schemaTarget({ name: 'version of a host', schema: hostVersionSchema }),
  schemaTarget({ name: 'envelope', schema: envelopeSchema, handle: checkEnvelope, cost: 4 }),
  schemaTarget({ name: 'envelope header', schema: headerSchema }),
  schemaTarget({
    name: 'body',
    schema: bodySchema,
    handle: (body) => {
      if (body.type === 'signal') handleSignal(body.signal);
    },
  }),
  schemaTarget({
    name: 'carried envelope',
    schema: carriedSchema,
    handle: ({ envelope }) => checkEnvelope(envelope),
    cost: 4,
  }),
  schemaTarget({ name: 'signal', schema: signalDataSchema, handle: handleSignal }),
  textTarget({
    name: 'session description',
    covers: ['common/verification/fingerprint.ts#readFingerprint'],
    samples: () => description,
    parse: (sdp) => {
      handleSignal({ type: 'offer', sdp });
      return readFingerprint(sdp);
    },
    taken: (fingerprint) => fingerprint !== null,
  }),
];
