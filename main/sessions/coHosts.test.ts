import { afterEach, describe, expect, it } from 'vitest';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, knocked, knockOf } from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { shownNotice } from './testing/shownNotice';

afterEach(disposePeople);

async function meeting() {
  const host = await hosted();
  const anna = createPerson('Anna');
  const ben = createPerson('Ben');
  await joined(host, anna);
  await joined(host, ben);
  return { host, anna, ben, annaId: host.participantNamed('Anna'), benId: host.participantNamed('Ben') };
}

describe('a co-host', () => {
  it('is made and unmade by the host, and everybody sees it', async () => {
    const { host, anna, ben, annaId } = await meeting();
    for (const coHost of [true, false]) {
      const role = coHost ? 'co-host' : 'guest';
      host.service.setCoHost({ participantId: annaId, coHost });
      for (const person of [host, anna, ben]) {
        await eventually(() => person.meeting().participants.find((one) => one.id === annaId)?.role === role);
      }
      expect(anna.meeting().role).toBe(role);
      expect([host.meeting().role, ben.meeting().role]).toEqual(['host', 'guest']);
    }
  });

  it('is made by nobody but the host, and the host is none', async () => {
    const { host, anna, annaId, benId } = await meeting();
    expect(() => anna.service.setCoHost({ participantId: annaId, coHost: true })).toThrow('session/not-host');
    host.service.setCoHost({ participantId: annaId, coHost: true });
    await eventually(() => anna.meeting().role === 'co-host');
    expect(() => anna.service.setCoHost({ participantId: benId, coHost: true })).toThrow('session/not-host');
    expect(() => host.service.setCoHost({ participantId: host.meeting().selfId, coHost: true })).toThrow(
      'session/unknown-participant',
    );
    expect(host.meeting().participants.map((one) => one.role)).toEqual(['host', 'co-host', 'guest']);
  });

  it('answers the door, keeps order, and everybody sees what came of it', async () => {
    const { host, anna, ben, annaId, benId } = await meeting();
    host.service.setCoHost({ participantId: annaId, coHost: true });
    const carla = createPerson('Carla');
    const dan = createPerson('Dan');
    await knocked(host, carla);
    await knocked(host, dan);
    anna.service.admit({ knockId: await eventually(() => knockOf(anna, carla)) });
    await carla.until('meeting');
    anna.service.deny({ knockId: await eventually(() => knockOf(anna, dan)) });
    expect(await dan.until('failed')).toEqual({ phase: 'failed', code: 'join/denied' });
    await eventually(() => anna.meeting().lobby.length === 0);

    anna.service.mute({ participantId: benId });
    await eventually(() => ben.payloads('session.muteRequested').length === 1);
    expect(ben.payloads('session.muteRequested')).toEqual([{ byName: 'Anna' }]);
    anna.service.muteAll();
    await eventually(() => carla.payloads('session.muteRequested').length === 1);
    anna.service.setLocked({ locked: true });
    for (const person of [host, anna, ben, carla]) await eventually(() => person.meeting().locked);

    const before = inviteOf(host).link;
    anna.service.remove({ participantId: benId });
    expect(await ben.until('ended')).toMatchObject({ reason: 'removed' });
    await eventually(() => anna.meeting().invite?.link === inviteOf(host).link && inviteOf(host).link !== before);
    for (const person of [host, anna, carla]) await eventually(() => person.meeting().participants.length === 3);
    expect([host, anna].flatMap((person) => person.payloads('session.muteRequested'))).toEqual([]);
    // Nothing of it was an error to anybody.
    expect([host, anna, carla].flatMap((person) => person.reported)).toEqual([]);
    expect(host.service.droppedEnvelopes()).toBe(0);
  });

  it("touches neither the host nor another co-host nor what is the host's alone, and is told so", async () => {
    const { host, anna, annaId, benId } = await meeting();
    for (const participantId of [annaId, benId]) host.service.setCoHost({ participantId, coHost: true });
    await eventually(() => anna.meeting().participants.every((one) => one.role !== 'guest'));
    for (const participantId of [benId, host.meeting().selfId]) {
      expect(() => anna.service.remove({ participantId })).toThrow('session/not-host');
      expect(() => anna.service.mute({ participantId })).toThrow('session/not-host');
    }
    expect(() => anna.service.setPasscode({ passcode: null })).toThrow('session/not-host');
    expect(() => anna.service.remove({ participantId: 'N'.repeat(22) })).toThrow('session/unknown-participant');
    anna.service.muteAll();
    host.service.muteAll();
    await eventually(() => anna.payloads('session.muteRequested').length === 1);
    expect(anna.payloads('session.muteRequested')).toEqual([{ byName: 'Helga' }]);
    anna.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
  });

  it('cannot admit one more than there are places, and is told so', async () => {
    const { host, anna, annaId } = await meeting();
    host.service.setCoHost({ participantId: annaId, coHost: true });
    const late = createPerson('Late');
    await knocked(host, late);
    const knockId = await eventually(() => knockOf(anna, late));
    for (let count = 0; count < 3; count += 1) await RawGuest.admitted(host, `Guest ${count}`);
    await eventually(() => anna.meeting().participants.length === 6);
    expect(() => anna.service.admit({ knockId })).toThrow('join/full');
    expect(host.meeting().lobby).toHaveLength(1);
  });

  it('alone is told of the lobby, the invite and the passcode, as long as it is one', async () => {
    const { host, anna, annaId } = await meeting();
    host.service.setPasscode({ passcode: 'Apfelbaum 42' });
    const coHost = await RawGuest.connect(host);
    await coHost.hello();
    coHost.knock('Coco', { passcode: 'Apfelbaum 42' });
    host.service.admit({ knockId: await eventually(() => host.meeting().lobby[0]?.knockId ?? (false as never)) });
    coHost.selfId = (await coHost.next('admitted')).selfId;
    const lobbies = () => coHost.received.filter((one) => one.type === 'lobby');
    host.service.setCoHost({ participantId: annaId, coHost: true });
    await eventually(() => anna.meeting().passcode === 'Apfelbaum 42');
    expect(anna.meeting().invite).toEqual(inviteOf(host));
    expect(coHost.frames.join('')).not.toMatch(/Apfelbaum|konklave:/);

    host.service.setCoHost({ participantId: coHost.selfId, coHost: true });
    await eventually(() => lobbies().length === 1);
    host.service.setPasscode({ passcode: null });
    await eventually(() => lobbies().length === 2 && anna.meeting().passcode === null);
    for (const participantId of [coHost.selfId, annaId]) host.service.setCoHost({ participantId, coHost: false });
    await eventually(() => anna.meeting().role === 'guest');
    expect(anna.meeting()).toMatchObject({ invite: null, passcode: null, lobby: [] });
    host.service.setPasscode({ passcode: 'Birnbaum 43' });
    const visitor = createPerson('Visitor');
    await visitor.service.openLink({ link: inviteOf(host).link });
    visitor.service.knock({
      notice: shownNotice(visitor.service),
      name: 'Visitor',
      language: 'en',
      passcode: 'birnbaum43',
    });
    host.service.admit({ knockId: await eventually(() => knockOf(host, visitor)) });
    await eventually(() => anna.meeting().participants.length === 5);
    expect(lobbies()).toHaveLength(2);
    expect(coHost.frames.join('')).not.toMatch(/Birnbaum/);
  });

  it('knows who may not come back, although it came later, and the person stays out', async () => {
    const { host, anna, annaId, ben, benId } = await meeting();
    host.service.remove({ participantId: benId });
    await ben.until('ended');
    const coHost = await RawGuest.admitted(host, 'Coco');
    host.service.setCoHost({ participantId: coHost.selfId, coHost: true });
    expect((await coHost.next('lobby')).removedKeys).toEqual([ben.vault.profile.identity().publicKey]);
    host.service.setCoHost({ participantId: annaId, coHost: true });
    await eventually(() => anna.meeting().invite !== null);
    ben.service.dismiss();
    await ben.service.openLink({ link: anna.meeting().invite?.link ?? '' });
    ben.service.knock({ notice: shownNotice(ben.service), name: 'Somebody else', language: 'de' });
    expect(await ben.until('failed')).toEqual({ phase: 'failed', code: 'join/denied' });
  });
});
