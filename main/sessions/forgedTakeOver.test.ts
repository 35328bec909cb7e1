import { afterEach, describe, expect, it } from 'vitest';
import type { Body } from '../../common/protocol/bodies';
import { createPerson, disposePeople, eventually, hosted, joined } from './testing/person';
import { RawGuest } from './testing/rawGuest';

afterEach(disposePeople);

describe('a modified co-host', () => {
  it('can lead nobody away from a host who is there, and cannot depose one who is not alone', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await joined(host, anna);
    const mallory = await RawGuest.admitted(host, 'Mallory');
    await eventually(() => anna.meeting().participants.length === 3);
    const takeOver: Body = {
      type: 'takeOver',
      term: 7,
      door: { addresses: ['127.0.0.1:1'], relay: null, fingerprint: 'A'.repeat(43) },
      token: 'A'.repeat(43),
    };
    const send = (to: string) => mallory.sendEnvelope(mallory.envelope(takeOver, { to }));
    const settled = async (text: string) => {
      mallory.sendEnvelope(mallory.envelope({ type: 'chat', id: text.padEnd(22, 'A'), text, sentAt: Date.now() }));
      for (const one of [host, anna]) {
        await eventually(() => one.payloads('chat.added').some((message) => message.text === text));
      }
    };
    const ids = [anna.meeting().selfId, host.meeting().selfId];

    // As a guest: nobody listens at all.
    for (const id of ids) send(id);
    await settled('guest');
    expect(host.service.droppedEnvelopes()).toBe(2);

    host.service.setCoHost({ participantId: mallory.selfId, coHost: true });
    await eventually(() => anna.meeting().participants.find(({ id }) => id === mallory.selfId)?.role === 'co-host');
    for (const id of ids) send(id);
    // Only the host says that it hands over.
    mallory.sendEnvelope(mallory.envelope({ type: 'handOver', term: 8, to: mallory.selfId }));
    for (const id of ids) send(id);
    await settled('cohost');
    expect(host.meeting().role).toBe('host');
    expect(anna.meeting()).toMatchObject({ role: 'guest', hostLink: 'connected' });
    expect(anna.meeting().participants.find(({ role }) => role === 'host')?.name).toBe('Helga');
    // The host answers that it is there.
    const answers = mallory.received.filter(
      (one) => one.type === 'envelope' && one.envelope.header.body.type === 'stillHost',
    );
    expect(answers.length).toBeGreaterThan(0);
  });
});
