import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryVault } from '../testing/memoryVault';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, knocked } from '../testing/person';

afterEach(disposePeople);

describe('a known name with another key (R18)', () => {
  it('is warned of at the door, inside for everybody who knows it, and no more once it is accepted', async () => {
    const host = await hosted();
    const [anna, ben] = [createPerson('Anna'), createPerson('Ben')];
    await joined(host, anna);
    await joined(host, ben);
    await eventually(() => ben.meeting().participants.length === 3);
    anna.service.leave();
    await eventually(() => ben.meeting().participants.length === 2);

    const impostor = createPerson('ANNA');
    const knockId = await knocked(host, impostor);
    expect(host.meeting().lobby[0]).toMatchObject({
      ...{ knownAs: null, verifiedAt: null },
      earlierKey: { name: 'Anna', wasVerified: false },
    });
    host.service.admit({ knockId });
    await impostor.until('meeting');
    for (const person of [host, ben]) {
      await eventually(() => person.meeting().participants.length === 3);
      const { trust } = person.meeting();
      const warned = trust.filter(({ earlierKey }) => earlierKey !== null);
      expect(warned.map(({ participantId }) => participantId)).toEqual([person.participantNamed('ANNA')]);
    }
    // Who is new here knows nobody, and so misses nobody.
    expect(impostor.meeting().trust.every(({ earlierKey }) => earlierKey === null)).toBe(true);

    // It has been met now, and the warning stays all the same: until the person here says that they know.
    impostor.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
    await joined(host, impostor);
    const participantId = host.participantNamed('ANNA');
    const standing = () => host.meeting().trust.find((one) => one.participantId === participantId);
    expect(standing()?.earlierKey).toMatchObject({ name: 'Anna' });
    host.service.verificationAccept({ participantId });
    expect(standing()).toMatchObject({ earlierKey: null, verifiedAt: null });
    impostor.service.leave();
    await eventually(() => host.meeting().participants.length === 2);
    await knocked(host, impostor);
    expect(host.meeting().lobby[0]).toMatchObject({ knownAs: 'ANNA', earlierKey: null });
  });

  it('is warned of before one knocks, when it is the host’s', async () => {
    const memory = createMemoryVault('Anna');
    const anna = createPerson('Anna', { memory });
    memory.people.met({ identityKey: 'K'.repeat(43), name: 'Helga', at: 5 });
    memory.people.verify({ identityKey: 'K'.repeat(43), name: 'Helga', at: 6 });
    const host = await hosted();
    await anna.service.openLink({ link: inviteOf(host).link });
    const { invitation } = await anna.until('preview');
    expect(invitation).toMatchObject({ knownAs: null, earlierKey: { name: 'Helga', lastMetAt: 6, wasVerified: true } });
  });

  it('keeps nobody out when the vault cannot be read', async () => {
    let isLocked = false;
    const memory = createMemoryVault('Helga');
    const { list } = memory.people;
    Object.assign(memory.people, {
      list: () => {
        if (isLocked) throw new Error('locked');
        return list();
      },
    });
    const host = await hosted({ memory });
    isLocked = true;
    const anna = createPerson('Anna');
    await joined(host, anna);
    expect(host.meeting().trust[0]).toMatchObject({ verifiedAt: null, earlierKey: null });
    expect(host.reported.length).toBeGreaterThan(0);
  });
});
