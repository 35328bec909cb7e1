import { afterEach, describe, expect, it } from 'vitest';
import { createPerson, disposePeople, eventually, hosted, joined } from './testing/person';

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
});
