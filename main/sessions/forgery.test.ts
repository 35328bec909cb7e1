import { afterEach, describe, expect, it } from 'vitest';
import type { Body, Envelope } from '../../common/protocol/bodies';
import { limits } from '../../common/meeting/limits';
import { createEnvelopeChecker, createEnvelopeSealer } from './envelopes';
import { createSigner, verifySignature } from './identity';
import { RemovedPeople } from './removedPeople';
import { newIdentity } from './testing/memoryVault';
import { createPerson, disposePeople, eventually, hosted, joined, policyWith, type Person } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { createWindowEnd } from './testing/windowEnd';

afterEach(disposePeople);

const chat = (text: string): Body => ({
  type: 'chat',
  id: 'A'.repeat(21) + text.slice(0, 1),
  text,
  sentAt: Date.now(),
});
const id = 'R'.repeat(22);

async function meeting(given: Parameters<typeof hosted>[0] = {}) {
  const host = await hosted(given);
  const anna = createPerson('Anna');
  await joined(host, anna);
  const mallory = await RawGuest.admitted(host, 'Mallory');
  await eventually(() => anna.meeting().participants.length === 3);
  return { host, anna, mallory };
}

/** Sends an honest message and waits until all have it: what came before it has been dealt with then. */
async function settled(mallory: RawGuest, people: readonly Person[], text: string): Promise<void> {
  mallory.sendEnvelope(mallory.envelope(chat(text)));
  for (const person of people) {
    await eventually(() => person.payloads('chat.added').some((one) => one.text === text));
  }
}

describe('a modified guest', () => {
  it('cannot speak as somebody else, repeat, reorder, or send what only the host may', async () => {
    const { host, anna, mallory } = await meeting();
    const annaId = host.participantNamed('Anna');
    const hostId = host.participantNamed('Helga');
    const signed = (header: Envelope['header']) => ({ header, signature: mallory.signer.sign('envelope', header) });
    await settled(mallory, [host, anna], '1 hello');
    const before = mallory.envelope(chat('2 replayed later'));
    mallory.sendEnvelope(before);
    await settled(mallory, [host, anna], '3 still here');

    const honest = mallory.envelope(chat('x'));
    const forged: Envelope[] = [
      before,
      { ...honest, signature: mallory.signer.sign('knock', honest.header) },
      { ...honest, signature: 'A'.repeat(86) },
      { ...honest, header: { ...honest.header, body: chat('y changed') } },
      signed({ ...honest.header, from: annaId }),
      signed({ ...honest.header, from: hostId }),
      signed({ ...honest.header, from: id }),
      signed({ ...honest.header, meetingId: id }),
      signed({ ...honest.header, sequence: 1 }),
      signed({ ...honest.header, to: mallory.selfId }),
      signed({ ...honest.header, body: { type: 'reconnect', generation: 0 } }),
      mallory.envelope({ type: 'muteRequest', by: mallory.selfId }, { to: annaId }),
      mallory.envelope({ type: 'recordingStopped', recordingId: id }),
      mallory.envelope(
        {
          type: 'erasureProof',
          proof: {
            ...{ recordingId: id, participantId: id, withdrawalHash: 'A'.repeat(43), kinds: ['audio'] },
            ...{ scope: 'everything', erasedAt: 1, tracks: 0, chatLines: 0, exports: [] },
          },
          signature: 'A'.repeat(86),
        },
        { to: annaId },
      ),
      mallory.envelope({ type: 'recordingStatus', recordingId: id, startedAt: 1, consents: [], recordable: [] }),
      mallory.envelope(
        {
          type: 'consentReceipt',
          recordingId: id,
          answerHash: 'A'.repeat(43),
          hostKey: 'A'.repeat(43),
          signature: 'A'.repeat(86),
        },
        { to: annaId },
      ),
      mallory.envelope({
        type: 'consentRequest',
        request: {
          recordingId: id,
          meetingId: mallory.meetingId,
          controllerName: 'Mallory',
          controllerContact: '',
          controllerKey: mallory.signer.publicKey,
          purpose: 'mine',
          retentionDays: 1,
          requestedAt: 1,
        },
      }),
    ];
    for (const envelope of forged) mallory.sendEnvelope(envelope);
    await settled(mallory, [host, anna], '4 still here');

    expect(host.service.droppedEnvelopes()).toBe(forged.length);
    // Nothing of it was passed on.
    expect(anna.service.droppedEnvelopes()).toBe(0);
    expect(anna.payloads('session.muteRequested')).toEqual([]);
    for (const person of [host, anna]) {
      expect(person.payloads('chat.added').map((one) => one.text)).toEqual([
        '1 hello',
        '2 replayed later',
        '3 still here',
        '4 still here',
      ]);
      expect(person.reported).toEqual([]);
    }
  });

  it('cannot speak for a friend either who lends it a signature', async () => {
    const { host, anna, mallory } = await meeting();
    const friend = await RawGuest.admitted(host, 'Friend');
    mallory.sendEnvelope(friend.envelope(chat('1 by proxy')));
    await settled(mallory, [host, anna], '2 hello');
    expect(host.service.droppedEnvelopes()).toBe(1);
    expect(anna.payloads('chat.added')).toHaveLength(1);
  });

  it('cannot replace a message by another of the same ID, or date it years ahead', async () => {
    const { host, anna, mallory } = await meeting();
    const once = anna.service.chatSend({ text: 'mine' });
    await eventually(() => host.payloads('chat.added').length === 1);
    mallory.sendEnvelope(mallory.envelope({ type: 'chat', id: once.id, text: 'not yours', sentAt: Date.now() }));
    mallory.sendEnvelope(mallory.envelope({ type: 'chat', id, text: 'future', sentAt: Date.now() + 1e12 }));
    for (const person of [host, anna]) {
      await eventually(() => person.payloads('chat.added').length === 2);
      const [first, second] = person.payloads('chat.added');
      expect([first?.text, second?.text]).toEqual(['mine', 'future']);
      expect(second?.sentAt).toBeLessThan(Date.now() + 60_000);
    }
  });

  it('may speak to somebody who has just left: it is not held against it', async () => {
    const { host, anna, mallory } = await meeting();
    const annaId = host.participantNamed('Anna');
    anna.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
    const signal = createWindowEnd().offer;
    mallory.sendEnvelope(mallory.envelope({ type: 'signal', generation: 0, signal }, { to: annaId }));
    await settled(mallory, [host], '1 hello');
    expect(host.service.droppedEnvelopes()).toBe(0);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '42'],
    ['an unknown type', { type: 'sudo' }],
    ['a message of the host', { type: 'ended' }],
    ['a second hello', { type: 'hello', version: 1, meeting: id, secret: '00000000' }],
    ['an envelope that is none', { type: 'envelope', envelope: { header: {}, signature: '' } }],
    ['deep nesting', `{"type":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('is sent away for garbage: %s', async (_name, garbage) => {
    const { host, anna, mallory } = await meeting();
    mallory.send(garbage);
    expect((await mallory.next('refused')).reason).toBe('protocol');
    await eventually(() => mallory.closed);
    for (const person of [host, anna]) await eventually(() => person.meeting().participants.length === 2);
  });

  it('is sent away for a binary frame, for one too long, for too many', async () => {
    const host = await hosted({ policy: policyWith({ frames: { burst: 50, perSecond: 0 } }) });
    const binary = await RawGuest.admitted(host, 'Binary');
    binary.socket.send(Buffer.from('{"type":"leave"}'), { binary: true });
    const long = await RawGuest.admitted(host, 'Long');
    long.send(' '.repeat(limits.frameBytes + 1));
    const many = await RawGuest.admitted(host, 'Many');
    for (let count = 0; count < 60; count += 1) many.sendEnvelope(many.envelope(chat('a')));
    const pings = await RawGuest.admitted(host, 'Pings');
    for (let count = 0; count < 60; count += 1) pings.socket.ping();
    const atDoor = await RawGuest.connect(host);
    atDoor.sendHello({ padding: 'x'.repeat(10_000) });
    for (const guest of [binary, long, many, pings, atDoor]) await eventually(() => guest.closed);
    await eventually(() => host.meeting().participants.length === 1);
    for (const guest of [binary, many, pings, atDoor]) expect(guest.find('refused')?.reason).toBe('protocol');
  });

  it('learns nothing before it is admitted, whatever it sends', async () => {
    const { host } = await meeting();
    for (const early of [{ type: 'leave' }, { type: 'knock' }, { type: 'envelope' }]) {
      const guest = await RawGuest.connect(host);
      guest.send(early);
      await eventually(() => guest.closed);
      expect(guest.received.every((one) => one.type === 'refused')).toBe(true);
    }
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock('Curious');
    await guest.next('waiting');
    guest.sendEnvelope(guest.envelope(chat('let me in'), { from: host.participantNamed('Anna') }));
    await eventually(() => guest.closed);
    expect(guest.received.map((one) => one.type)).toEqual(['welcome', 'waiting', 'refused']);
    expect(JSON.stringify(guest.received)).not.toMatch(/Budget|Anna/);
  });
});

describe('a receiver', () => {
  const host = createSigner(newIdentity());
  const guest = createSigner(newIdentity());
  const person = (letter: string, role: 'host' | 'guest', identityKey: string) => ({
    id: letter.repeat(22),
    name: letter,
    identityKey,
    role,
    joinedAt: 0,
    media: { microphone: false, camera: false },
    presence: 'here' as const,
    returns: 0,
  });
  const roster = [person('H', 'host', host.publicKey), person('G', 'guest', guest.publicKey)];
  const meetingId = 'M'.repeat(22);
  const headerOf = (from: string, body: Body, to: string | null = null) => ({ meetingId, from, to, sequence: 1, body });

  it('does not believe the host about what a guest has said', () => {
    const check = createEnvelopeChecker(meetingId, verifySignature);
    const header = headerOf('G'.repeat(22), chat('I agree'));
    expect(check({ header, signature: host.sign('envelope', header) }, roster)).toEqual({
      ok: false,
      reason: 'signature',
    });
    expect(check({ header, signature: guest.sign('envelope', header) }, roster)).toMatchObject({ ok: true });
  });

  it('remembers who was removed, by ID and by key, although a roster lists them', () => {
    const removed = new RemovedPeople();
    const check = createEnvelopeChecker(meetingId, verifySignature, removed);
    const seal = createEnvelopeSealer(guest, meetingId, 'G'.repeat(22));
    const again = createEnvelopeSealer(guest, meetingId, 'g'.repeat(22));
    const back = [...roster, { ...person('g', 'guest', guest.publicKey), id: 'g'.repeat(22) }];
    expect(check(seal(null, chat('1')), roster).ok).toBe(true);
    removed.add({ id: 'G'.repeat(22), identityKey: guest.publicKey });
    expect(check(seal(null, chat('2')), roster)).toEqual({ ok: false, reason: 'removed' });
    // Another installation would not be believed under that ID either, nor this one under another.
    expect(check(seal(null, chat('3')), [person('G', 'guest', host.publicKey)])).toMatchObject({ reason: 'removed' });
    expect(check(again(null, chat('4')), back)).toEqual({ ok: false, reason: 'removed' });
  });

  it('lets a refused envelope leave no trace', () => {
    const check = createEnvelopeChecker(meetingId, verifySignature);
    const seal = createEnvelopeSealer(guest, meetingId, 'G'.repeat(22));
    const [first, second] = [seal(null, chat('1')), seal(null, chat('2'))];
    const header = { ...first.header, sequence: 1_000 };
    expect(check({ header, signature: first.signature }, roster).ok).toBe(false);
    expect(check(first, roster).ok).toBe(true);
    expect(check(second, roster).ok).toBe(true);
    expect(check(first, roster)).toEqual({ ok: false, reason: 'sequence' });
  });
});
