import { afterEach, describe, expect, it } from 'vitest';
import { passcodeSchema } from '../../../common/meeting/models';
import { defaultPolicy } from '../policy';
import { ManualTime } from '../testing/manualTimers';
import { createPerson, disposePeople, eventually, hosted, inviteOf, knocked, knockOf } from '../testing/person';
import { RawGuest } from '../testing/rawGuest';
import { Passcode } from './passcode';
import { shownNotice } from '../testing/shownNotice';

afterEach(disposePeople);

const right = 'Apfelbaum 42';

function passcode(first: string | null = right) {
  const time = new ManualTime(1_000_000);
  return { time, passcode: new Passcode(defaultPolicy, time.clock, first) };
}

describe('a passcode', () => {
  it('is a word of at least four characters that are no spaces', () => {
    for (const text of ['1234', 'Apfelbaum 42', 'Größe', '密码密码'])
      expect(passcodeSchema.safeParse(text).success).toBe(true);
    for (const text of ['', '123', '1 2 3', '    ', 'a\nbcd', 'x'.repeat(61), 1234]) {
      expect(passcodeSchema.safeParse(text).success).toBe(false);
    }
  });

  it('is recognised whatever the case, the spaces and the way its letters are composed', () => {
    const { passcode: door } = passcode('Größe 42');
    for (const given of ['Größe 42', 'GRÖßE42', ' gro\u0308ße 4 2 ', 'GRÖẞE 42'])
      expect(door.check(given, 'a')).toBeNull();
    for (const given of ['Größe 43', 'Größe', 'Grosse 42', '']) expect(door.check(given, given)).toBe('wrong');
    expect(door.check(null, 'a')).toBe('needed');
    expect(passcode(null).passcode.check('anything', 'a')).toBeNull();
  });

  it('blocks a source after five wrong ones, the right one included, longer each time', () => {
    const { time, passcode: door } = passcode();
    for (let count = 0; count < 5; count += 1) expect(door.check('wrong', 'a')).toBe('wrong');
    expect(door.check(right, 'a')).toBe('blocked');
    expect(door.check(right, 'b')).toBeNull();
    time.advance(defaultPolicy.wrongCodeDelayMs(5));
    expect(door.check('wrong', 'a')).toBe('wrong');
    time.advance(defaultPolicy.wrongCodeDelayMs(5));
    expect(door.check(right, 'a')).toBe('blocked');
    time.advance(defaultPolicy.wrongCodeDelayMs(6));
    expect(door.check(right, 'a')).toBeNull();
  });

  it('blocks everybody for a while when wrong ones come from many sources, until the host sets another', () => {
    const { time, passcode: door } = passcode();
    for (let count = 0; count < 20; count += 1) expect(door.check('wrong', `source ${count}`)).toBe('wrong');
    expect(door.check(right, 'honest')).toBe('blocked');
    time.advance(defaultPolicy.meetingPasscodeDelayMs(20));
    expect(door.check(right, 'honest')).toBeNull();
    expect(door.check('wrong', 'another')).toBe('wrong');
    expect(door.check(right, 'honest')).toBe('blocked');
    door.set('Birnbaum');
    expect(door.check(right, 'honest')).toBe('wrong');
    expect(door.check('birnbaum', 'honest')).toBeNull();
  });

  it('allows no more than some 1,500 guesses in the day that an invite lives, from wherever', () => {
    const { time, passcode: door } = passcode();
    let guesses = 0;
    for (let ms = 0; ms < 24 * 60 * 60_000; ms += 1_000) {
      if (door.check('wrong', `source ${ms}`) === 'wrong') guesses += 1;
      time.advance(1_000);
    }
    expect(guesses).toBeLessThan(1_500);
  });
});

describe('the door with a passcode', () => {
  it('says that one is needed, answers a wrong one, and lets the right one knock', async () => {
    const host = await hosted();
    host.service.setPasscode({ passcode: right });
    expect(host.meeting().passcode).toBe(right);
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: inviteOf(host).link });
    expect(anna.service.state()).toMatchObject({ invitation: { passcodeNeeded: true }, passcodeRefused: null });
    for (const [passcodeGiven, reason] of [
      [null, 'needed'],
      ['Birnbaum', 'wrong'],
    ] as const) {
      anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de', passcode: passcodeGiven });
      await eventually(() => {
        const state = anna.service.state();
        return state.phase === 'preview' && state.passcodeRefused === reason;
      });
      expect(host.meeting().lobby).toEqual([]);
    }
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de', passcode: 'apfelbaum42' });
    host.service.admit({ knockId: await eventually(() => knockOf(host, anna)) });
    const { meeting } = await anna.until('meeting');
    // It is not the guests' business what it is, although this one knows.
    expect(meeting.passcode).toBeNull();
  });

  it('that is set, changed or taken away concerns who knocks next, not who waits', async () => {
    const host = await hosted();
    const early = createPerson('Early');
    const atDoor = createPerson('Door');
    await knocked(host, early);
    await atDoor.service.openLink({ link: inviteOf(host).link });
    expect(atDoor.service.state()).toMatchObject({ invitation: { passcodeNeeded: false } });
    host.service.setPasscode({ passcode: right });
    atDoor.service.knock({ notice: shownNotice(atDoor.service), name: 'Door', language: 'de' });
    await eventually(() => {
      const state = atDoor.service.state();
      return state.phase === 'preview' && state.passcodeRefused === 'needed' && state.invitation.passcodeNeeded;
    });
    expect(host.meeting().lobby.map((one) => one.name)).toEqual(['Early']);
    host.service.setPasscode({ passcode: null });
    atDoor.service.knock({
      notice: shownNotice(atDoor.service),
      name: 'Door',
      language: 'de',
      passcode: 'no longer needed',
    });
    await eventually(() => knockOf(host, atDoor));
  });

  it("is the host's alone to set, and counts wrong ones by where they come from", async () => {
    const host = await hosted();
    host.service.setPasscode({ passcode: right });
    for (let count = 0; count < 2; count += 1) {
      const guest = await RawGuest.connect(host);
      await guest.hello();
      for (let tries = 0; tries < 3; tries += 1) {
        const before = guest.received.length;
        guest.knock('Mallory', { passcode: `guess ${tries}` });
        await eventually(() => guest.received.length > before);
      }
      const answers = guest.received.flatMap((one) => (one.type === 'passcodeRefused' ? [one.reason] : []));
      // All connections of this test come from one place.
      expect(answers).toEqual(count === 0 ? ['wrong', 'wrong', 'wrong'] : ['wrong', 'wrong', 'blocked']);
      guest.knock('Mallory', { passcode: right });
      guest.socket.terminate();
    }
    const anna = createPerson('Anna');
    expect(() => anna.service.setPasscode({ passcode: null })).toThrow('session/not-in-meeting');
  });
});
