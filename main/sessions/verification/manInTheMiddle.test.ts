import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Signer } from '../../../common/meeting/meetingChannel';
import type { DesiredConnection } from '../../../common/meeting/sessionState';
import type { Body, Envelope } from '../../../common/protocol/bodies';
import { commitmentText, type CodeSubject } from '../../../common/verification/shortCode';
import type { PeerTrust } from '../../../common/verification/trust';
import { createSigner, randomNonce } from '../identity';
import { newIdentity } from '../testing/memoryVault';
import { createPerson, disposePeople, eventually, type Person } from '../testing/person';
import { LyingHost, type LyingSeat } from '../testing/lyingHost';
import { createWindowEnd, type WindowEnd } from '../testing/windowEnd';

/*
 * A host who wants to sit between two guests. With real sockets, keys and services; only Chromium is played, by certificates
 * and descriptions. What was taken out to see these tests fail, one at a time:
 * - the signature check in envelopes.ts: "a fingerprint that is swapped" and "anything else in an offer" fail;
 * - the sequence check there: "what is repeated" fails;
 * - that a connection takes one description of each end, in boundConnection.ts: "a second description" fails;
 * - the comparison of the commitment in exchange.ts: "a nonce chosen after the other’s" and "passes the messages on" fail;
 * - identity keys and fingerprints in what commitment and code are made of (each alone would do): "passes the messages
 *   on" fails;
 * - that messages about the code carry the generation, in peerVerification.ts: "the code of another connection" fails;
 * - that the digits on the screen have to be those of the code, in peerVerification.ts: "is shown by the code" fails;
 * - the comparison with the real certificate in boundConnection.ts: "a connection that leads elsewhere" fails.
 */

const [annaId, benId] = ['A'.repeat(22), 'B'.repeat(22)] as const;
const hosts: LyingHost[] = [];

afterEach(async () => {
  await disposePeople();
  for (const host of hosts.splice(0)) host.close();
});

interface Scene {
  readonly mallory: LyingHost;
  readonly anna: Person;
  readonly ben: Person;
  readonly toAnna: LyingSeat;
  readonly toBen: LyingSeat;
}

/** Anna, who makes the offer, and Ben, at Mallory's. */
async function atMallorys(keys: { readonly annaForBen?: string; readonly benForAnna?: string } = {}): Promise<Scene> {
  const mallory = await LyingHost.open();
  hosts.push(mallory);
  const [anna, ben] = [createPerson('Anna'), createPerson('Ben')];
  const toAnna = await mallory.seat(anna, annaId);
  const toBen = await mallory.seat(ben, benId);
  const entry = (id: string, name: string, identityKey: string) => ({ id, name, identityKey });
  const real = { anna: entry(annaId, 'Anna', toAnna.identityKey), ben: entry(benId, 'Ben', toBen.identityKey) };
  mallory.tell(toAnna, [real.anna, { ...real.ben, identityKey: keys.benForAnna ?? toBen.identityKey }]);
  mallory.tell(toBen, [{ ...real.anna, identityKey: keys.annaForBen ?? toAnna.identityKey }, real.ben]);
  await Promise.all([anna.until('meeting'), ben.until('meeting')]);
  return { mallory, anna, ben, toAnna, toBen };
}

const received = (person: Person) =>
  person.payloads('mesh.signal').flatMap(({ signal }) => ('sdp' in signal ? [signal.sdp] : []));

function trustOf(person: Person, peerId: string): PeerTrust {
  return person.meeting().trust.find((one) => one.participantId === peerId) ?? expect.fail('nothing known');
}

function linkOf(person: Person, peerId: string): DesiredConnection | undefined {
  return person.meeting().connections.find((one) => one.peerId === peerId);
}

const offerOf = async (seat: LyingSeat, generation = 0) =>
  (await seat.next('signal', (body) => body.generation === generation && body.signal.type === 'offer')).envelope;
const answerOf = async (seat: LyingSeat, generation = 0) =>
  (await seat.next('signal', (body) => body.generation === generation && body.signal.type === 'answer')).envelope;

function withFingerprint(envelope: Envelope, end: WindowEnd): Envelope {
  return JSON.parse(
    JSON.stringify(envelope).replaceAll(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g, end.fingerprint),
  ) as Envelope;
}

function resigned(envelope: Envelope, signer: Signer): Envelope {
  return { header: envelope.header, signature: signer.sign('envelope', envelope.header) };
}

describe('a host between two guests, whose keys it has told rightly (R18)', () => {
  it('is found out by a fingerprint that is swapped, signed anew or not; what is left alone arrives', async () => {
    const { mallory, anna, ben, toAnna, toBen } = await atMallorys();
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: createWindowEnd().offer });
    const offer = await offerOf(toAnna);
    const swapped = withFingerprint(offer, createWindowEnd());
    expect(swapped).not.toEqual(offer);
    toBen.pass(swapped);
    toBen.pass(resigned(swapped, mallory.signer));
    toBen.pass(offer);
    await eventually(() => received(ben).length > 0);
    expect(received(ben)).toHaveLength(1);
    expect(received(ben)[0]).toBe(
      (offer.header.body as Extract<Body, { type: 'signal' }> & { signal: { sdp: string } }).signal.sdp,
    );
    expect(ben.service.droppedEnvelopes()).toBe(2);
  });

  it('is found out by anything else in an offer that is changed, also to whom and for which connection', async () => {
    const { anna, ben, toAnna, toBen } = await atMallorys();
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: createWindowEnd().offer });
    const offer = await offerOf(toAnna);
    const { header } = offer;
    const changes: Envelope['header'][] = [
      { ...header, body: { ...header.body, generation: 1 } as Body },
      { ...header, sequence: header.sequence + 5 },
      { ...header, from: 'H'.repeat(22) },
      { ...header, meetingId: 'M'.repeat(22) },
      { ...header, to: 'H'.repeat(22) },
    ];
    for (const changed of changes) toBen.pass({ ...offer, header: changed });
    toBen.pass(offer);
    await eventually(() => received(ben).length === 1);
    expect(ben.service.droppedEnvelopes()).toBe(changes.length);
    expect(linkOf(ben, annaId)?.generation).toBe(0);
  });

  it('cannot bring an offer of an earlier connection, said or held back before, into a later one', async () => {
    const { anna, ben, toAnna, toBen } = await atMallorys();
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: createWindowEnd().offer });
    const first = await offerOf(toAnna);
    anna.service.meshFailed({ peerId: benId, generation: 0 });
    await eventually(() => linkOf(anna, benId)?.generation === 1);
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: createWindowEnd().offer });
    const end = createWindowEnd();
    anna.service.meshSignal({ peerId: benId, generation: 1, signal: end.offer });
    const second = await offerOf(toAnna, 1);
    toBen.pass(second);
    toBen.pass(first);
    toBen.pass(second);
    anna.service.chatSend({ text: 'that was all' });
    toBen.pass((await toAnna.next('chat')).envelope);
    await eventually(() => ben.payloads('chat.added').length === 1);
    expect(received(ben)).toEqual([end.offer.sdp]);
    expect(linkOf(ben, annaId)?.generation).toBe(1);
    // What was repeated; what comes late may have taken a longer way, and does nothing.
    expect(ben.service.droppedEnvelopes()).toBe(1);
  });

  it('gets nothing by what is repeated or turned around: everything counts once', async () => {
    const { anna, ben, toAnna, toBen } = await atMallorys();
    for (const text of ['one', 'two', 'three']) anna.service.chatSend({ text });
    const [one, two, three] = await eventually(() => {
      const said = toAnna.envelopes.filter(({ header }) => header.body.type === 'chat');
      return said.length === 3 && (said as [Envelope, Envelope, Envelope]);
    }).then((said) => said || expect.fail());
    for (const envelope of [two, two, one, three, one, three]) toBen.pass(envelope);
    await eventually(() => ben.service.droppedEnvelopes() === 3);
    expect(ben.payloads('chat.added').map(({ text }) => text)).toEqual(['two', 'one', 'three']);
  });

  it('cannot make somebody take a second description for a connection, or one that names two certificates', async () => {
    const { anna, toAnna } = await atMallorys();
    const [one, other] = [createWindowEnd(), createWindowEnd()];
    const two = { type: 'offer', sdp: `${one.offer.sdp}a=fingerprint:sha-256 ${other.fingerprint}\r\n` } as const;
    // Not even one's own window is believed: what goes out is what is bound.
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: two });
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: one.answer });
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: one.offer });
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: other.offer });
    anna.service.chatSend({ text: 'that was all' });
    await toAnna.next('chat');
    const signals = toAnna.envelopes.filter(({ header }) => header.body.type === 'signal');
    expect(signals.map(({ header }) => header.body)).toEqual([{ type: 'signal', generation: 0, signal: one.offer }]);
  });

  it('has a connection that leads elsewhere cut for good', async () => {
    const { anna, ben, toAnna, toBen } = await atMallorys();
    const [annas, bens] = [createWindowEnd(), createWindowEnd()];
    anna.service.meshSignal({ peerId: benId, generation: 0, signal: annas.offer });
    toBen.pass(await offerOf(toAnna));
    await eventually(() => received(ben).length === 1);
    ben.service.meshSignal({ peerId: annaId, generation: 0, signal: bens.answer });
    toAnna.pass(await answerOf(toBen));
    await eventually(() => received(anna).length === 1);

    const secured = (person: Person, peerId: string, ...certificates: Uint8Array<ArrayBuffer>[]) =>
      person.service.meshSecured({ peerId, generation: 0, certificates });
    expect(trustOf(ben, annaId)).toMatchObject({ securedGeneration: null, isBroken: false });
    secured(ben, annaId, annas.certificate);
    expect(trustOf(ben, annaId)).toMatchObject({ securedGeneration: 0, isBroken: false });
    secured(anna, benId, bens.certificate, createWindowEnd().certificate);
    expect(trustOf(anna, benId)).toMatchObject({ securedGeneration: null, isBroken: true });
    expect(linkOf(anna, benId)).toBeUndefined();
    expect(anna.reported).toHaveLength(1);
    // Nothing makes it good again, and nothing more goes there.
    secured(anna, benId, bens.certificate);
    expect(trustOf(anna, benId).isBroken).toBe(true);
    expect(() => anna.service.verificationStart({ participantId: benId })).toThrow('verification/not-connected');
  });
});

/** Mallory tells each of them a key of its own for the other, and leads both connections to itself. */
async function inBetween() {
  const [asAnna, asBen] = [createSigner(newIdentity()), createSigner(newIdentity())];
  const scene = await atMallorys({ annaForBen: asAnna.publicKey, benForAnna: asBen.publicKey });
  const { mallory, anna, ben, toAnna, toBen } = scene;
  const ends = { anna: createWindowEnd(), ben: createWindowEnd(), asAnna: createWindowEnd(), asBen: createWindowEnd() };
  const voices = { asAnna: mallory.voice(annaId, asAnna), asBen: mallory.voice(benId, asBen) };
  anna.service.meshSignal({ peerId: benId, generation: 0, signal: ends.anna.offer });
  await offerOf(toAnna);
  toAnna.pass(voices.asBen(annaId, { type: 'signal', generation: 0, signal: ends.asBen.answer }));
  toBen.pass(voices.asAnna(benId, { type: 'signal', generation: 0, signal: ends.asAnna.offer }));
  await eventually(() => received(anna).length === 1 && received(ben).length === 1);
  ben.service.meshSignal({ peerId: annaId, generation: 0, signal: ends.ben.answer });
  await answerOf(toBen);
  anna.service.meshSecured({ peerId: benId, generation: 0, certificates: [ends.asBen.certificate] });
  ben.service.meshSecured({ peerId: annaId, generation: 0, certificates: [ends.asAnna.certificate] });

  const end = (participantId: string, identityKey: string, { fingerprint }: WindowEnd) => ({
    ...{ participantId, identityKey, fingerprint },
  });
  const subject = (initiator: CodeSubject['initiator'], responder: CodeSubject['responder']): CodeSubject => ({
    ...{ meetingId: mallory.meetingId, generation: 0, initiator, responder },
  });
  /** What Ben's installation commits to and makes its code of. */
  const bensSubject = subject(end(annaId, asAnna.publicKey, ends.asAnna), end(benId, toBen.identityKey, ends.ben));
  return { ...scene, voices, bensSubject };
}

const commitmentOf = (subject: CodeSubject, nonce: string) =>
  createHash('sha256').update(commitmentText(subject, nonce)).digest('base64url');

function codeOf(person: Person, peerId: string): PeerTrust['code'] {
  return trustOf(person, peerId).code;
}

/** Mallory agrees with Anna on a code as Ben would. */
async function settleWithAnna({ anna, toAnna, voices }: Awaited<ReturnType<typeof inBetween>>) {
  anna.service.verificationStart({ participantId: benId });
  await toAnna.next('verifyCommit');
  toAnna.pass(voices.asBen(annaId, { type: 'verifyNonce', generation: 0, nonce: randomNonce() }));
  await eventually(() => codeOf(anna, benId).phase === 'ready');
}

describe('a host between two guests, to each of whom it has told a key of its own for the other (R18)', () => {
  it('is shown by the code: each of them agrees with it on one, and the two are not the same', async () => {
    const scene = await inBetween();
    const { anna, ben, toBen, voices, bensSubject } = scene;
    // Everything before looks right to both: they cannot know whose key it is.
    expect(trustOf(anna, benId)).toMatchObject({ securedGeneration: 0, isBroken: false });
    await settleWithAnna(scene);

    const nonce = randomNonce();
    const commitment = commitmentOf(bensSubject, nonce);
    toBen.pass(voices.asAnna(benId, { type: 'verifyCommit', generation: 0, commitment }));
    await toBen.next('verifyNonce');
    expect(trustOf(ben, annaId)).toMatchObject({ isAsking: true });
    toBen.pass(voices.asAnna(benId, { type: 'verifyReveal', generation: 0, nonce }));
    await eventually(() => codeOf(ben, annaId).phase === 'ready');

    const [annas, bens] = [codeOf(anna, benId), codeOf(ben, annaId)];
    expect(annas).not.toEqual(bens);
    // What Ben reads out is not what Anna's app has; and after "they differ" no window can make it verified by guessing.
    const digits = bens.phase === 'ready' ? bens.code.digits : expect.fail();
    if (annas.phase === 'ready' && annas.code.digits !== digits) {
      const confirm = () => anna.service.verificationConfirm({ participantId: benId, digits });
      expect(confirm).toThrow('verification/no-code');
    }
    anna.service.verificationDiffer({ participantId: benId });
    expect(trustOf(anna, benId)).toMatchObject({ differs: true, verifiedAt: null });
  });

  it('gets no further when it passes the messages on: what one has committed to does not fit the other', async () => {
    const { anna, ben, toAnna, toBen, voices } = await inBetween();
    anna.service.verificationStart({ participantId: benId });
    const commit = await toAnna.next('verifyCommit');
    toBen.pass(voices.asAnna(benId, commit.body));
    const answer = await toBen.next('verifyNonce');
    toAnna.pass(voices.asBen(annaId, answer.body));
    const reveal = await toAnna.next('verifyReveal');
    toBen.pass(voices.asAnna(benId, reveal.body));
    await eventually(() => codeOf(ben, annaId).phase === 'failed');
    expect(codeOf(anna, benId).phase).toBe('ready');
  });

  it('cannot use a nonce chosen after the other’s, nor commit a second time', async () => {
    const scene = await inBetween();
    const { ben, toBen, voices, bensSubject } = scene;
    await settleWithAnna(scene);
    const say = (body: Body) => toBen.pass(voices.asAnna(benId, body));
    const commitment = commitmentOf(bensSubject, randomNonce());
    say({ type: 'verifyCommit', generation: 0, commitment });
    await toBen.next('verifyNonce');
    // With Ben's nonce known it would look for one of its own that gives the code Anna sees.
    const wished = randomNonce();
    say({ type: 'verifyCommit', generation: 0, commitment: commitmentOf(bensSubject, wished) });
    await eventually(() => ben.service.droppedEnvelopes() === 1);
    say({ type: 'verifyReveal', generation: 0, nonce: wished });
    await eventually(() => codeOf(ben, annaId).phase === 'failed');
    // It stays so, whatever it says, for as long as this connection lasts.
    say({ type: 'verifyCommit', generation: 0, commitment });
    say({ type: 'verifyReveal', generation: 0, nonce: wished });
    await eventually(() => ben.service.droppedEnvelopes() === 3);
    expect(codeOf(ben, annaId)).toEqual({ phase: 'failed' });
    expect(() => ben.service.verificationConfirm({ participantId: annaId, digits: '000000' })).toThrow(
      'verification/no-code',
    );
    expect(toBen.envelopes.filter(({ header }) => header.body.type === 'verifyNonce')).toHaveLength(1);
  });

  it('cannot ask for the code of another connection than the present one', async () => {
    const { ben, toBen, voices, bensSubject } = await inBetween();
    const commitment = commitmentOf({ ...bensSubject, generation: 1 }, randomNonce());
    for (const generation of [1, 7]) toBen.pass(voices.asAnna(benId, { type: 'verifyCommit', generation, commitment }));
    await eventually(() => ben.service.droppedEnvelopes() === 2);
    expect(codeOf(ben, annaId)).toEqual({ phase: 'none' });
    expect(trustOf(ben, annaId).isAsking).toBe(false);
  });
});
