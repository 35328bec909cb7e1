import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodySchema } from '../../common/protocol/bodies';
import { guestMessageSchema, hostMessageSchema, type GuestMessage } from '../../common/protocol/messages';
import { spyOnDeliveries, type Deliveries } from './testing/deliveries';
import { disposePeople, eventually, type Person } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { freshId, sampleBodies, sampleGuestMessages, sampleHostMessages } from './testing/samples';
import { insiderNames, insiders, scene, seen } from './testing/scene';

/** Every message there is, of guests and of hosts, said to a host at every stage. */
let deliveries: Deliveries;
beforeEach(() => {
  deliveries = spyOnDeliveries();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await disposePeople();
});

const bodyTypes = bodySchema.options.map((option) => option.shape.type.value);
const guestMessageTypes = guestMessageSchema.options.map((option) => option.shape.type.value);
const hostMessageTypes = hostMessageSchema.options.map((option) => option.shape.type.value);

describe('at the door', () => {
  const stages = ['before hello', 'before knocking', 'waiting'] as const;
  /** What may be said when. Everything else ends the connection, and nothing has happened. */
  const door: Record<GuestMessage['type'], readonly (typeof stages)[number][]> = {
    hello: ['before hello'],
    knock: ['before knocking'],
    // Only by whoever came with a token.
    resume: [],
    withdrawal: ['before knocking', 'waiting'],
    envelope: [],
    personRequest: ['before knocking', 'waiting'],
    personRequestWithdrawal: ['before knocking', 'waiting'],
    personRequestTold: ['before knocking', 'waiting'],
    leave: ['before knocking', 'waiting'],
  };

  async function outsider(host: Person, stage: (typeof stages)[number]): Promise<RawGuest> {
    const guest = await RawGuest.connect(host);
    if (stage === 'before hello') return guest;
    await guest.hello();
    if (stage === 'before knocking') return guest;
    guest.knock('Outsider');
    await guest.next('waiting');
    return guest;
  }

  it('has a sample and a place for every message there is', () => {
    expect(Object.keys(door).sort()).toEqual([...guestMessageTypes].sort());
    expect(Object.keys(sampleGuestMessages).sort()).toEqual([...guestMessageTypes].sort());
    expect(Object.keys(sampleHostMessages).sort()).toEqual([...hostMessageTypes].sort());
    // What is refused must be refused for who says it, not for being misspelt.
    const cast = {
      meetingId: freshId(),
      hostId: freshId(),
      guestId: freshId(),
      guestKey: 'G'.repeat(43),
      knockId: freshId(),
    };
    for (const type of guestMessageTypes) guestMessageSchema.parse(sampleGuestMessages[type](cast));
    for (const type of hostMessageTypes) hostMessageSchema.parse(sampleHostMessages[type](cast));
    for (const type of bodyTypes) bodySchema.parse(sampleBodies[type](cast));
  });

  it.each(stages)('%s: every message of a guest, every body, every message of a host', async (stage) => {
    const scenery = await scene();
    const { host, cast } = scenery;
    const before = seen(scenery);
    const out = async (message: unknown, what: string, answer: readonly string[]) => {
      const guest = await outsider(host, stage);
      const heard = guest.received.length;
      guest.send(message);
      await eventually(() => guest.closed);
      const words = guest.received.slice(heard).map((one) => (one.type === 'refused' ? one.reason : one.type));
      expect([what, words]).toEqual([what, answer]);
    };
    for (const type of guestMessageTypes) {
      if (type === 'leave' && door.leave.includes(stage)) await out(sampleGuestMessages[type](cast), type, []);
      else if (!door[type].includes(stage)) await out(sampleGuestMessages[type](cast), type, ['protocol']);
    }
    for (const type of bodyTypes) {
      const guest = await outsider(host, stage);
      // As itself, and in the name of everybody who is inside.
      for (const from of [guest.signer.publicKey.slice(0, 22), cast.hostId, cast.guestId]) {
        const envelope = guest.envelope(sampleBodies[type](cast), { from, to: cast.hostId });
        await out({ type: 'envelope', envelope }, type, ['protocol']);
      }
      guest.socket.terminate();
    }
    for (const type of hostMessageTypes) {
      // An envelope is one in both directions, and was tried.
      if (type !== 'envelope') await out(sampleHostMessages[type](cast), type, ['protocol']);
    }
    await eventually(() => host.meeting().lobby.length === 0);
    expect(deliveries.mock.calls).toEqual([]);
    expect(seen(scenery)).toEqual(before);
  });

  it('and inside: every message out of turn ends the connection of who sends it, whatever the role', async () => {
    const scenery = await scene();
    const { host, guest, coHost, cast } = scenery;
    for (const role of insiderNames) {
      const inTurn = new Set<string>([
        ...['envelope', 'leave'],
        ...['personRequest', 'personRequestWithdrawal', 'personRequestTold'],
      ]);
      const outOfTurn = [
        ...guestMessageTypes.map((type) => [type, sampleGuestMessages[type](cast)] as const),
        ...hostMessageTypes.map((type) => [type, sampleHostMessages[type](cast)] as const),
      ].filter(([type]) => !inTurn.has(type));
      for (const [type, message] of outOfTurn) {
        const actor = await RawGuest.admitted(host, 'Mallory');
        await insiders[role](scenery, actor);
        const before = seen(scenery);
        actor.send(message);
        await eventually(() => actor.closed);
        expect([role, type, actor.find('refused')?.reason]).toEqual([role, type, 'protocol']);
        await eventually(() => host.meeting().participants.length === 3);
        expect(seen(scenery)).not.toEqual(before);
      }
    }
    expect(host.meeting().locked).toBe(false);
    expect([guest, coHost].map((person) => person.service.state().phase)).toEqual(['meeting', 'meeting']);
  });
});
