import { afterEach, describe, expect, it } from 'vitest';
import type { MeetingChannel } from '../../common/meeting/meetingChannel';
import { createMemoryVault } from './testing/memoryVault';
import { createPerson, disposePeople, eventually, hosted, inviteOf, joined, knocked } from './testing/person';
import { createWindowEnd } from './testing/windowEnd';
import { shownNotice } from './testing/shownNotice';

afterEach(disposePeople);

describe('a meeting of three (R12, R18)', () => {
  it('goes from invite to goodbye', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const ben = createPerson('Ben');
    await joined(host, anna);
    await joined(host, ben);

    for (const person of [host, anna, ben]) {
      await eventually(() => person.meeting().participants.length === 3);
      const { participants, connections } = person.meeting();
      expect(participants.map((one) => one.name)).toEqual(['Helga', 'Anna', 'Ben']);
      // R11: everybody enters with everything off.
      expect(participants.every((one) => !one.media.camera && !one.media.microphone)).toBe(true);
      expect(connections.map((one) => one.generation)).toEqual([0, 0]);
    }
    // Of each pair exactly one initiates.
    for (const [one, other] of [
      [host, anna],
      [host, ben],
      [anna, ben],
    ] as const) {
      const initiates = (self: typeof host, peer: typeof host) =>
        self.meeting().connections.find((link) => link.peerId === self.participantNamed(peer.name))?.initiator;
      expect(initiates(one, other)).toBe(initiates(other, one) === false);
    }
    expect(anna.meeting().invite).toBeNull();
    expect(anna.meeting().title).toBe('Budget');

    const said = anna.service.chatSend({ text: 'Guten Tag' });
    host.service.chatSend({ text: 'Hello' });
    for (const person of [host, anna, ben]) {
      await eventually(() => person.payloads('chat.added').length === 2);
      const { meetingId } = person.meeting();
      const history = person.service.chatHistory({ meetingId });
      expect(history.map((one) => one.text).sort()).toEqual(['Guten Tag', 'Hello']);
      const anna1 = history.find((one) => one.id === said.id);
      expect(anna1?.senderName).toBe('Anna');
      expect(anna1?.mine).toBe(person === anna);
    }

    const { initiator } = anna.meeting().connections.find(({ peerId }) => peerId === anna.participantNamed('Ben'))!;
    const signal = createWindowEnd()[initiator ? 'offer' : 'answer'];
    anna.service.meshSignal({ peerId: anna.participantNamed('Ben'), generation: 0, signal });
    await eventually(() => ben.payloads('mesh.signal').length === 1);
    expect(ben.payloads('mesh.signal')[0]).toEqual({ peerId: ben.participantNamed('Anna'), generation: 0, signal });
    expect(host.payloads('mesh.signal')).toEqual([]);

    ben.service.setMedia({ microphone: true, camera: false });
    for (const person of [host, anna, ben]) {
      await eventually(() => person.meeting().participants[2]?.media.microphone === true);
    }
    host.service.mute({ participantId: host.participantNamed('Ben') });
    await eventually(() => ben.payloads('session.muteRequested').length === 1);
    expect(anna.payloads('session.muteRequested')).toEqual([]);

    anna.service.leave();
    expect(anna.service.state()).toMatchObject({ phase: 'ended', reason: 'left', title: 'Budget' });
    for (const person of [host, ben]) await eventually(() => person.meeting().participants.length === 2);

    host.service.leave();
    expect(host.service.state()).toMatchObject({ phase: 'ended', reason: 'ended-by-me' });
    expect(await ben.until('ended')).toMatchObject({ reason: 'ended-by-host' });

    for (const person of [host, anna, ben]) {
      expect(person.reported).toEqual([]);
      const [meeting] = person.service.meetingsRecent();
      expect(meeting?.endedAt).not.toBeNull();
      expect(meeting?.title).toBe('Budget');
      expect(meeting?.participantNames).not.toContain(person.name);
    }
    expect(ben.service.meetingsRecent()[0]?.participantNames).toEqual(['Helga', 'Anna']);
    ben.service.dismiss();
    expect(ben.service.state()).toEqual({ phase: 'idle' });
  });

  it('can be joined by what was read out over the telephone', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    const invite = inviteOf(host);
    expect(invite.meetingId).toMatch(/^[1-9]\d\d-\d{3}-\d{3}$/);
    await anna.service.openCode({
      meetingId: invite.meetingId.replaceAll('-', ' '),
      code: invite.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l'),
      address: ` ${invite.addresses[0]?.toUpperCase()} `,
    });
    expect(anna.service.state()).toMatchObject({ phase: 'preview', invitation: { hostName: 'Helga', knownAs: null } });
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de' });
    await eventually(() => host.meeting().lobby.length === 1);
    host.service.admit({ knockId: host.meeting().lobby[0]?.knockId ?? '' });
    expect((await anna.until('meeting')).meeting.meetingId).toBe(host.meeting().meetingId);
  });

  it('recognises people who have met before, in both directions', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await joined(host, anna);
    anna.service.leave();
    await eventually(() => host.meeting().participants.length === 1);
    await knocked(host, anna);
    expect(host.meeting().lobby[0]?.knownAs).toBe('Anna');
    expect(anna.service.state()).toMatchObject({ invitation: { knownAs: 'Helga' } });
  });

  it('shows the notice before anybody knocks, and nothing else (R10)', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await anna.service.openLink({ link: inviteOf(host).link });
    const { invitation } = await anna.until('preview');
    expect(invitation.notice).toEqual({
      controllerName: 'Helga',
      controllerContact: 'Helga@example.org',
      officerContact: 'officer of Helga',
      chatRetentionDays: 30,
      recordingRetentionDays: 14,
      relay: null,
      iceServers: [],
      employees: false,
      registration: null,
    });
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de' });
    await eventually(() => host.meeting().lobby.length === 1);
    expect(JSON.stringify(anna.told)).not.toContain('Budget');
    anna.service.leave();
    expect(anna.service.state()).toEqual({ phase: 'idle' });
    await eventually(() => host.meeting().lobby.length === 0);
  });

  it('keeps a guest to one connection: the same installation coming back takes the place of its old one', async () => {
    const host = await hosted();
    const memory = createMemoryVault('Anna');
    const before = createPerson('Anna', { memory });
    await joined(host, before);
    const first = host.participantNamed('Anna');
    const after = createPerson('Anna', { memory });
    await joined(host, after);
    expect(host.meeting().participants.map((one) => one.name)).toEqual(['Helga', 'Anna']);
    expect(host.participantNamed('Anna')).not.toBe(first);
    await before.until('ended');
  });
});

describe('features', () => {
  it('hear of the meeting, of people, of messages, and of the end before the connection goes', async () => {
    const log: string[] = [];
    let channel: MeetingChannel | null = null;
    const feature = {
      handleMeetingStarted(started: MeetingChannel) {
        channel = started;
        log.push(`started with ${started.participants().length}`);
        started.onParticipantJoined((one) => log.push(`+${one.name}`));
        started.onParticipantLeft((one) => log.push(`-${one.name}`));
        started.onBody((from, body) => log.push(`${from.name}: ${body.type}`));
        started.onBody(() => {
          throw new Error('a feature that fails');
        });
      },
      handleMeetingEnded() {
        channel?.send(null, { type: 'recordingStopped', recordingId: 'A'.repeat(22) });
        log.push('ended');
      },
    };
    const heard: string[] = [];
    const listener = {
      handleMeetingStarted: (started: MeetingChannel) => void started.onBody((_, body) => heard.push(body.type)),
      handleMeetingEnded: () => {},
    };
    const host = await hosted({ features: [feature] });
    const anna = createPerson('Anna', { features: [listener] });
    await joined(host, anna);
    anna.service.chatSend({ text: 'hi' });
    await eventually(() => log.includes('Anna: chat'));
    host.service.leave();
    await anna.until('ended');
    expect(heard).toEqual(['recordingStopped']);
    expect(log).toEqual(['started with 1', '+Anna', 'Anna: chat', 'ended']);
    expect(host.reported).toHaveLength(1);
  });
});

describe('the wrong moment', () => {
  it('is told by its code', async () => {
    const host = await hosted();
    const anna = createPerson('Anna');
    await expect(host.service.create({ title: 'Two', name: 'Helga' })).rejects.toMatchObject({ code: 'session/busy' });
    expect(() => anna.service.chatSend({ text: 'x' })).toThrow('session/not-in-meeting');
    expect(() => anna.service.setMedia({ microphone: true, camera: true })).toThrow('session/not-in-meeting');
    expect(() => anna.service.knock({ notice: shownNotice(anna.service), name: 'A', language: 'de' })).toThrow(
      'session/not-in-meeting',
    );
    await joined(host, anna);
    expect(() => anna.service.remove({ participantId: anna.participantNamed('Helga') })).toThrow('session/not-host');
    expect(() => anna.service.setLocked({ locked: true })).toThrow('session/not-host');
    expect(() => host.service.mute({ participantId: 'A'.repeat(22) })).toThrow('session/unknown-participant');
    expect(() => host.service.remove({ participantId: host.participantNamed('Helga') })).toThrow(
      'session/unknown-participant',
    );
    const { meetingId } = host.meeting();
    expect(() => host.service.meetingsDelete({ meetingId })).toThrow('session/busy');
    // Answers to people who are gone are not errors.
    host.service.admit({ knockId: 'A'.repeat(22) });
    host.service.deny({ knockId: 'A'.repeat(22) });
  });

  it('leaves nothing behind when given up while it starts', async () => {
    const host = createPerson('Helga');
    const creating = host.service.create({ title: 'Budget', name: 'Helga' });
    expect(host.service.state().phase).toBe('connecting');
    host.service.leave();
    await creating;
    expect(host.service.state()).toEqual({ phase: 'idle' });
    await host.service.create({ title: 'Budget', name: 'Helga' });
    expect(host.service.state().phase).toBe('meeting');
  });
});
