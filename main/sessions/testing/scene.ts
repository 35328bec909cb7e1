import { createPerson, eventually, hosted, joined } from './person';
import type { RawGuest } from './rawGuest';
import { freshId, type Cast } from './samples';

/** A meeting of a host, a guest and a co-host, for others to disturb. */
export async function scene() {
  const host = await hosted();
  const guest = createPerson('Gesa');
  const coHost = createPerson('Carla');
  await joined(host, guest);
  await joined(host, coHost);
  host.service.setCoHost({ participantId: host.participantNamed('Carla'), coHost: true });
  await eventually(() => coHost.meeting().role === 'co-host');
  const people = [host, guest, coHost];
  const cast: Cast = {
    meetingId: host.meeting().meetingId,
    hostId: host.meeting().selfId,
    guestId: guest.meeting().selfId,
    guestKey: guest.vault.profile.identity().publicKey,
    knockId: 'K'.repeat(22),
  };
  return { host, guest, coHost, people, cast };
}
export type Scene = Awaited<ReturnType<typeof scene>>;

/** What anybody could see of the meeting, without the people's cameras. */
export function seen({ host, people }: Pick<Scene, 'host' | 'people'>): string {
  const { participants, lobby, locked, passcode, invite } = host.meeting();
  return JSON.stringify([
    participants.map(({ id, role }) => [id, role]),
    lobby.map(({ knockId }) => knockId),
    ...[locked, passcode, invite?.link],
    people.map((person) => [
      person.service.state().phase,
      person.payloads('session.muteRequested').length,
      person.payloads('mesh.signal').length,
    ]),
  ]);
}

/** Says something honest and waits until the host has it: what came before it on this connection has been dealt with. */
export async function settled(actor: RawGuest, { host, people }: Pick<Scene, 'host' | 'people'>): Promise<void> {
  const id = freshId();
  const text = `settled ${id}`;
  actor.sendEnvelope(actor.envelope({ type: 'chat', id, text, sentAt: 1 }));
  for (const person of people.filter((one) => one === host || one.service.state().phase === 'meeting')) {
    await eventually(() => person.payloads('chat.added').some((one) => one.text === text));
  }
}

/** Makes an actor co-host, or takes it back; returns when both sides know. */
export async function promoted(scenery: Scene, actor: RawGuest, coHost: boolean): Promise<void> {
  scenery.host.service.setCoHost({ participantId: actor.selfId, coHost });
  await settled(actor, scenery);
}

/** What has to happen to somebody who was let in, to be in a role. */
export const insiders = {
  guest: async () => {},
  'co-host': (scenery, actor) => promoted(scenery, actor, true),
  'former co-host': async (scenery, actor) => {
    await promoted(scenery, actor, true);
    await promoted(scenery, actor, false);
  },
} satisfies Record<string, (scenery: Scene, actor: RawGuest) => Promise<void>>;
export const insiderNames = Object.keys(insiders) as (keyof typeof insiders)[];
