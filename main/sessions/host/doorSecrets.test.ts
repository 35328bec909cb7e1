import { afterEach, describe, expect, it } from 'vitest';
import { limits } from '../../../common/meeting/limits';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, type Person } from '../testing/person';
import { RawGuest } from '../testing/rawGuest';

afterEach(disposePeople);

/** Frames with what is random taken out of them, so that two of them can be compared byte for byte. */
function bytes(guest: RawGuest, host: Person): string[] {
  const own = [host.meeting().meetingId, host.vault.profile.identity().publicKey];
  return guest.frames.map((frame) =>
    own
      .reduce((text, random) => text.replaceAll(random, '…'), frame)
      .replaceAll(/"(nonce|signature)":"[\w-]+"/g, '"$1":"…"')
      .replaceAll(/"expiresAt":\d+/g, '"expiresAt":0')
      .replaceAll(/"notice":\{([^{}]*)\}/g, (_all, facts: string) => {
        notices.add(facts);
        return '"notice":{…}';
      }),
  );
}

/** The facts of the privacy notice that were told, over all tests: they come from the settings, not from the meeting. */
const notices = new Set<string>();

const welcome =
  '{"type":"welcome","version":3,"meetingId":"…","nonce":"…","hostName":"Helga","hostKey":"…","notice":{…},"noticeVersion":{"number":1,"since":0},' +
  '"plan":null,"passcodeNeeded":PASSCODE,"expiresAt":0,"signature":"…"}';
const refused = (reason: string) => `{"type":"refused","reason":"${reason}","version":3}`;

interface Meeting {
  readonly host: Person;
  /** How far somebody comes, and what they have been told by then. */
  readonly stages: Readonly<Record<string, (guest: RawGuest) => Promise<void>>>;
}

async function meeting(people: readonly string[], passcode: string | null): Promise<Meeting> {
  const host = await hosted();
  for (const name of people) await joined(host, createPerson(name));
  if (people.length > 0)
    host.service.setCoHost({ participantId: host.participantNamed(people[0] ?? ''), coHost: true });
  host.service.setPasscode({ passcode });
  const told = (guest: RawGuest, count: number) => eventually(() => guest.frames.length === count);
  const knocking = async (guest: RawGuest) => {
    await guest.hello();
    guest.knock('Outsider', { passcode });
    await told(guest, 2);
  };
  return {
    host,
    stages: {
      'before hello': async () => {},
      'after a wrong code': async (guest) => {
        guest.sendHello({ secret: '00000000' });
        await told(guest, 1);
      },
      'after the welcome': async (guest) => void (await guest.hello()),
      'after a wrong passcode': async (guest) => {
        await guest.hello();
        guest.knock('Outsider', { passcode: 'wrong one' });
        await told(guest, 2);
      },
      waiting: knocking,
      denied: async (guest) => {
        await knocking(guest);
        host.service.deny({ knockId: host.meeting().lobby.at(-1)?.knockId ?? '' });
        await told(guest, 3);
      },
      locked: async (guest) => {
        host.service.setLocked({ locked: true });
        guest.sendHello();
        await told(guest, 1);
        host.service.setLocked({ locked: false });
      },
    },
  };
}

describe('who is not admitted', () => {
  const expected: Record<string, (passcode: boolean) => string[]> = {
    'before hello': () => [],
    'after a wrong code': () => [refused('code-wrong')],
    'after the welcome': (passcode) => [welcome.replace('PASSCODE', String(passcode))],
    'after a wrong passcode': (passcode) => [
      welcome.replace('PASSCODE', String(passcode)),
      passcode ? '{"type":"passcodeRefused","reason":"wrong"}' : '{"type":"waiting"}',
    ],
    waiting: (passcode) => [welcome.replace('PASSCODE', String(passcode)), '{"type":"waiting"}'],
    denied: (passcode) => [welcome.replace('PASSCODE', String(passcode)), '{"type":"waiting"}', refused('denied')],
    locked: () => [refused('locked')],
  };

  it.each([
    ['an empty room', [], null],
    ['a room with people', ['Anna', 'Ben'], null],
    ['a room with people and a passcode', ['Anna', 'Ben'], 'Apfelbaum 42'],
  ] as const)('is told these bytes of %s at every stage, and no others', async (_what, people, passcode) => {
    const { host, stages } = await meeting(people, passcode);
    expect(Object.keys(stages)).toEqual(Object.keys(expected));
    for (const [stage, reach] of Object.entries(stages)) {
      const guest = await RawGuest.connect(host);
      await reach(guest);
      // What happens inside meanwhile is no concern of the door.
      if (people.length > 0) host.service.muteAll();
      host.service.setMedia({ microphone: true, camera: false });
      expect([stage, bytes(guest, host)]).toEqual([stage, expected[stage]?.(passcode !== null)]);
      guest.socket.terminate();
      await eventually(() => host.meeting().lobby.length === 0);
    }
  });

  it('learns that the room is full only after everything else was right', async () => {
    const { host } = await meeting(
      Array.from({ length: limits.participants - 1 }, (_, index) => `P${index}`),
      'Apfel 1',
    );
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock('Outsider', { passcode: 'wrong one' });
    await eventually(() => guest.frames.length === 2);
    guest.knock('Outsider', { passcode: 'Apfel 1' });
    await eventually(() => guest.closed);
    expect(bytes(guest, host)).toEqual([
      welcome.replace('PASSCODE', 'true'),
      '{"type":"passcodeRefused","reason":"wrong"}',
      refused('full'),
    ]);
  });

  it('learns no more by having been inside: who was removed gets the same as anybody who is denied', async () => {
    const { host } = await meeting(['Anna'], null);
    const removed = await RawGuest.admitted(host, 'Mallory');
    host.service.remove({ participantId: removed.selfId });
    await eventually(() => removed.closed);
    expect(removed.frames.at(-1)).toBe('{"type":"removed"}');
    const back = await RawGuest.connect(host);
    back.sendHello({ secret: removed.secret });
    await eventually(() => back.closed);
    expect(back.frames).toEqual([refused('denied')]);
    expect(inviteOf(host).link).not.toContain(removed.secret);
  });

  it('was told the same notice every time', () => {
    expect(notices.size).toBe(1);
  });
});
