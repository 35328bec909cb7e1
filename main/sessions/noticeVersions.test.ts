import { afterEach, describe, expect, it } from 'vitest';
import type { NoticeFacts } from '../../common/meeting/models';
import { createSigner } from './identity';
import { Web } from './testing/dataChannels';
import { createMemoryVault, newIdentity } from './testing/memoryVault';
import {
  createPerson,
  disposePeople,
  eventually,
  hosted,
  inviteOf,
  joined,
  knocked,
  knockOf,
  type Person,
} from './testing/person';
import { RawGuest } from './testing/rawGuest';
import { RawHost } from './testing/rawHost';
import { shownNotice } from './testing/shownNotice';

afterEach(disposePeople);

/** A host whose settings the test changes. */
async function settingsOf() {
  const set = { chat: 30, recording: 14, employees: false };
  const host = await hosted({
    retention: () => ({
      ...{ chatRetentionDays: set.chat, recordingRetentionDays: set.recording },
      registrationRetentionDays: 30,
    }),
    employees: () => set.employees,
  });
  const change = (values: Partial<typeof set>) => {
    Object.assign(set, values);
    host.service.handleSettingsChanged();
  };
  return { host, change };
}

function invitationOf(person: Person) {
  const state = person.service.state();
  if (state.phase !== 'preview') throw new Error(`${person.name} is in phase ${state.phase}`);
  return state.invitation;
}

async function atDoor(host: Person, name = 'Anna', given = {}) {
  const guest = createPerson(name, given);
  await guest.service.openLink({ link: inviteOf(host).link });
  return guest;
}

const knock = (person: Person, notice = shownNotice(person.service)) =>
  person.service.knock({ name: person.name, language: 'de', notice });

const acknowledgements = (host: Person) =>
  host.vault.notices.acknowledgementsIn(host.meeting().meetingId).map(({ number }) => number);

describe('R24: the version of a notice', () => {
  it('is another when a setting changes what is told, and the same when it is told again', async () => {
    const { host, change } = await settingsOf();
    expect(host.service.toldNotice().version.number).toBe(1);
    change({});
    expect(host.vault.notices.versions()).toHaveLength(1);
    change({ recording: 7 });
    expect(host.service.toldNotice().version.number).toBe(2);
    change({ recording: 14 });
    expect(host.service.toldNotice().version.number).toBe(1);
    expect(host.vault.notices.versions().map(({ facts }) => facts.recordingRetentionDays)).toEqual([7, 14]);
  });

  it('is told at the door with what has changed since it was read, and asked for again', async () => {
    const { host, change } = await settingsOf();
    const memory = createMemoryVault('Anna');
    const first = await atDoor(host, 'Anna', { memory });
    expect(invitationOf(first)).toMatchObject({ noticeVersion: { number: 1 }, noticeKnown: null, noticeBefore: null });
    knock(first);
    host.service.admit({ knockId: await eventually(() => knockOf(host, first)) });
    await first.until('meeting');
    first.service.leave();
    await eventually(() => host.meeting().participants.length === 1);

    const again = await atDoor(host, 'Anna', { memory });
    expect(invitationOf(again).noticeKnown).toEqual(expect.any(Number));
    expect(invitationOf(again).noticeBefore).toBeNull();
    again.service.leave();

    change({ recording: 90 });
    const later = await atDoor(host, 'Anna', { memory });
    expect(invitationOf(later)).toMatchObject({
      noticeKnown: null,
      noticeVersion: { number: 2 },
      notice: { recordingRetentionDays: 90 },
      noticeBefore: { version: { number: 1 }, facts: { recordingRetentionDays: 14 } },
    });
  });

  it('that was read is not remembered of a host who did not let one in', async () => {
    const { host } = await settingsOf();
    const anna = await atDoor(host);
    knock(anna);
    host.service.deny({ knockId: await eventually(() => knockOf(host, anna)) });
    await anna.until('failed');
    expect(anna.vault.notices.readOf(host.vault.profile.identity().publicKey)).toBeNull();
    expect(acknowledgements(host)).toEqual([]);
  });

  it('another than the one on the screen can not be acknowledged by the window', async () => {
    const { host } = await settingsOf();
    const anna = await atDoor(host);
    expect(() => knock(anna, 'N'.repeat(43))).toThrow('session/notice-changed');
    expect(host.meeting().lobby).toEqual([]);
    knock(anna);
    await eventually(() => knockOf(host, anna));
  });
});

describe('R10, R24: a knock', () => {
  it('that acknowledges another notice than the present one is answered with that, and does not count', async () => {
    const { host, change } = await settingsOf();
    const guest = await RawGuest.connect(host);
    await guest.hello();
    change({ recording: 7 });
    const pushed = await guest.next('notice');
    expect(pushed).toMatchObject({ noticeVersion: { number: 2 }, notice: { recordingRetentionDays: 7 } });
    // Correctly signed, over the notice of the welcome.
    guest.knock('Mallory');
    await eventually(() => guest.received.filter(({ type }) => type === 'notice').length === 2);
    expect(host.meeting().lobby).toEqual([]);
    expect(guest.find('waiting')).toBeUndefined();
  });

  it('whose acknowledgement was changed on its way ends the connection', async () => {
    const { host } = await settingsOf();
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock('Mallory', { notice: 'N'.repeat(43) });
    expect(await guest.next('refused')).toMatchObject({ reason: 'protocol' });
    expect(host.meeting().lobby).toEqual([]);
  });

  it('without one ends the connection', async () => {
    const { host } = await settingsOf();
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock('Mallory', { notice: undefined });
    expect(await guest.next('refused')).toMatchObject({ reason: 'protocol' });
  });

  it('is taken back when the notice changes while one waits, and a new one counts', async () => {
    const { host, change } = await settingsOf();
    const anna = createPerson('Anna');
    await knocked(host, anna);
    change({ employees: true });
    await eventually(() => host.meeting().lobby.length === 0);
    await anna.until('preview');
    expect(invitationOf(anna)).toMatchObject({
      noticeRenewed: true,
      noticeKnown: null,
      notice: { employees: true },
      noticeBefore: { facts: { employees: false } },
    });
    knock(anna);
    host.service.admit({ knockId: await eventually(() => knockOf(host, anna)) });
    await anna.until('meeting');
    expect(acknowledgements(host)).toEqual([2]);
    expect(anna.meeting().notice).toMatchObject({ acknowledged: true, version: { number: 2 } });
    expect(anna.vault.notices.readOf(host.vault.profile.identity().publicKey)?.version.number).toBe(2);
  });
});

describe('R24: a setting that changes during a meeting', () => {
  it('is told to everybody in it, and the host sees who has not read it', async () => {
    const { host, change } = await settingsOf();
    const [anna, ben] = [createPerson('Anna'), createPerson('Ben')];
    for (const guest of [anna, ben]) await joined(host, guest);
    expect(host.meeting().notice.missing).toEqual([]);
    change({ chat: 7 });
    const ids = [host.participantNamed('Anna'), host.participantNamed('Ben')];
    expect([...host.meeting().notice.missing].sort()).toEqual(ids.sort());
    for (const guest of [anna, ben]) {
      await eventually(() => !guest.meeting().notice.acknowledged);
      expect(guest.meeting().notice).toMatchObject({
        facts: { chatRetentionDays: 7 },
        before: { facts: { chatRetentionDays: 30 } },
      });
    }
    anna.service.acknowledgeNotice({ notice: anna.meeting().notice.hash });
    expect(anna.meeting().notice).toMatchObject({ acknowledged: true, before: null });
    await eventually(() => host.meeting().notice.missing.join() === host.participantNamed('Ben'));
    expect(() => ben.service.acknowledgeNotice({ notice: 'N'.repeat(43) })).toThrow('session/notice-changed');
    // Whoever comes now has read it at the door.
    await joined(host, createPerson('Cleo'));
    expect(host.meeting().notice.missing).toEqual([host.participantNamed('Ben')]);
    expect([...acknowledgements(host)].sort((one, other) => one - other)).toEqual([1, 1, 2, 2]);
  });

  it('back to what was read before is not asked again', async () => {
    const { host, change } = await settingsOf();
    const anna = createPerson('Anna');
    await joined(host, anna);
    change({ recording: 90 });
    await eventually(() => !anna.meeting().notice.acknowledged);
    change({ recording: 14 });
    await eventually(() => anna.meeting().notice.acknowledged);
    expect(anna.meeting().notice.before).toBeNull();
    expect(host.meeting().notice.missing).toEqual([]);
  });

  it('keeps nothing of the meeting longer than was promised when people came', async () => {
    const { host, change } = await settingsOf();
    const anna = createPerson('Anna');
    await joined(host, anna);
    change({ chat: 365, recording: 90 });
    await eventually(() => !anna.meeting().notice.acknowledged);
    expect(anna.meeting().notice.facts).toMatchObject({ chatRetentionDays: 30, recordingRetentionDays: 90 });
  });

  it('is acknowledged by nobody with the hash of another notice, nor by one for another', async () => {
    const { host, change } = await settingsOf();
    const actor = await RawGuest.admitted(host, 'Mallory');
    const anna = createPerson('Anna');
    await joined(host, anna);
    const old = host.meeting().notice.hash;
    change({ recording: 90 });
    const missing = host.meeting().notice.missing;
    expect(missing).toHaveLength(2);
    const { hash } = host.meeting().notice;
    const to = host.meeting().selfId;
    const dropped = host.service.droppedEnvelopes();
    actor.sendEnvelope(actor.envelope({ type: 'noticeAcknowledged', notice: old }, { to }));
    actor.sendEnvelope(
      actor.envelope({ type: 'noticeAcknowledged', notice: hash }, { to, from: host.participantNamed('Anna') }),
    );
    const facts: NoticeFacts = { ...host.meeting().notice.facts, employees: true };
    actor.sendEnvelope(
      actor.envelope({ type: 'noticeChanged', notice: facts, noticeVersion: { number: 9, since: 0 } }),
    );
    await eventually(() => host.service.droppedEnvelopes() - dropped === 2);
    expect(host.meeting().notice.missing).toEqual(missing);
    expect(anna.meeting().notice.facts.employees).toBe(false);
    actor.sendEnvelope(actor.envelope({ type: 'noticeAcknowledged', notice: hash }, { to }));
    await eventually(() => host.meeting().notice.missing.join() === host.participantNamed('Anna'));
  });
});

describe('R10, R24: a notice at the door', () => {
  it('that the host has not signed is not believed', async () => {
    const host = await RawHost.open();
    try {
      const anna = createPerson('Anna');
      await host.bring(anna, 'preview');
      const { notice, noticeVersion } = { notice: invitationOf(anna).notice, noticeVersion: { number: 2, since: 0 } };
      const signature = createSigner(newIdentity()).sign('notice', { notice, noticeVersion });
      host.send({ type: 'notice', notice: { ...notice, employees: true }, noticeVersion, signature });
      expect(await anna.until('failed')).toEqual({ phase: 'failed', code: 'join/protocol' });
    } finally {
      await host.close();
    }
  });
});

describe('R24: another host', () => {
  it('tells its own notice, which everybody is asked to read', async () => {
    const web = new Web();
    const person = (name: string) => web.add((emit) => createPerson(name, { emitToo: emit }));
    const [host, anna, ben] = [person('Helga'), person('Anna'), person('Ben')];
    await host.service.create({ title: 'Budget', name: 'Helga' });
    for (const guest of [anna, ben]) await joined(host, guest);
    host.service.setCoHost({ participantId: host.participantNamed('Anna'), coHost: true });
    await eventually(() => anna.meeting().role === 'co-host');
    host.service.handOver({ participantId: host.participantNamed('Anna') });
    await eventually(() => anna.meeting().role === 'host');
    for (const guest of [ben, host]) {
      await eventually(() => guest.meeting().notice.facts.controllerName === 'Anna');
      expect(guest.meeting().notice).toMatchObject({
        acknowledged: false,
        before: { facts: { controllerName: 'Helga' } },
      });
    }
    await eventually(() => anna.meeting().notice.missing.length === 2);
    ben.service.acknowledgeNotice({ notice: ben.meeting().notice.hash });
    await eventually(() => anna.meeting().notice.missing.length === 1);
  });
});
