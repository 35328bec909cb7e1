import { describe, expect, it } from 'vitest';
import type { RecordingState } from '../../common/consent/models';
import { commandNames } from '../../common/ipc/names';
import { eventNames } from '../../common/ipc/events';
import type { MeetingState, SessionState } from '../../common/meeting/sessionState';
import type { CommandHandlers } from '../ipc/registerCommands';
import type { DocumentPorts } from '../documents/documents';
import { lockedCommands } from './lockedCommands';
import { lockedDialogs } from './lockedDialogs';
import { lockedEvent } from './lockedEvents';
import { lockedMedia } from './lockedMedia';
import { hiddenRecording, hiddenSession } from './lockedView';

/** Stands for everything that says something: none of it may be left. */
const secret = 'GEHEIM';
const notice = {
  controllerName: secret,
  controllerContact: secret,
  officerContact: secret,
  chatRetentionDays: 14,
  recordingRetentionDays: 14,
  relay: `${secret}:1`,
  iceServers: [secret],
  employees: true,
  registration: { purpose: secret } as never,
};
const standing = { knownAs: secret, verifiedAt: 1, earlierKey: { name: secret, lastMetAt: 1, wasVerified: true } };
const invitation = {
  ...{ hostName: secret, hostKey: secret, notice, plan: null, ...standing },
  ...{ passcodeNeeded: true, expiresAt: 1, addressShown: true },
  ...{ noticeVersion: { number: 2, since: 1 }, noticeHash: secret, noticeKnown: 1, noticeRenewed: true },
  noticeBefore: { facts: notice, version: { number: 1, since: 1 } },
};
const meeting: MeetingState = {
  meetingId: 'meeting-id',
  title: secret,
  role: 'host',
  selfId: 'self-id',
  startedAt: 1,
  invite: { link: secret, meetingId: secret, code: secret, addresses: [secret], relayAddress: secret, expiresAt: 1 },
  locked: true,
  passcode: secret,
  nearby: null,
  plan: { purpose: secret } as never,
  participants: [
    {
      ...{ id: 'self-id', name: secret, identityKey: secret, role: 'host', joinedAt: 1 },
      ...{ media: { microphone: true, camera: false }, presence: 'here', returns: 0 },
    },
  ],
  lobby: [{ knockId: 'knock-id', name: secret, identityKey: secret, at: 1, ...standing }],
  notice: {
    ...{ facts: notice, version: { number: 2, since: 1 }, hash: secret, acknowledged: false },
    before: { facts: notice, version: { number: 1, since: 1 } },
    missing: [secret],
  },
  atDoor: { 'knock-id': [{ value: secret } as never] },
  connections: [{ peerId: 'peer-id', generation: 3, initiator: true }],
  hostLink: 'connected',
  trust: [
    {
      ...{ participantId: 'peer-id', securedGeneration: 3, isBroken: false, verifiedAt: 1, differs: true },
      ...{
        earlierKey: standing.earlierKey,
        isAsking: true,
        code: { phase: 'ready', code: { digits: secret } as never },
      },
    },
  ],
  ice: { servers: [{ urls: 'turn:192.0.2.1' }], relayOnly: true, hasRelay: true, notFound: [] },
};
const recording: RecordingState = {
  request: {
    ...{ recordingId: 'recording-id', meetingId: 'meeting-id', controllerName: secret, controllerContact: secret },
    ...{ controllerKey: secret, purpose: secret, retentionDays: 14, requestedAt: 1 },
    terms: {
      ...{ kinds: ['audio', 'clip'], policy: 'everybody', answerSeconds: 60, clipRetentionDays: 1 },
      ...{ template: { id: secret, version: 1, hash: secret }, pauseForDecliners: true },
    },
  },
  startedAt: 1,
  consents: [{ participantId: 'self-id', audio: 'yes' }],
  recordable: ['audio'],
  clips: [],
  objected: [secret],
  asked: true,
  given: null,
  beforehand: { audio: true },
  answerBy: 5,
  trouble: null,
};
const sessions: readonly SessionState[] = [
  { phase: 'idle' },
  { phase: 'connecting' },
  { phase: 'preview', invitation, passcodeRefused: null },
  { phase: 'waiting', invitation, name: secret, told: [{ value: secret } as never] },
  { phase: 'meeting', meeting },
  { phase: 'ended', reason: 'left', title: secret, durationMs: 1 },
  { phase: 'failed', code: 'join/denied' },
];

describe('R20: what the window of a locked app gets', () => {
  it.each(sessions)('says nothing of a session: $phase', (state) => {
    const hidden = hiddenSession(state);
    expect(hidden.phase).toBe(state.phase);
    expect(JSON.stringify(hidden)).not.toContain(secret);
  });

  it('is all that keeps the media going', () => {
    const hidden = hiddenSession({ phase: 'meeting', meeting });
    if (hidden.phase !== 'meeting') throw new Error('not a meeting');
    const { meetingId, selfId, connections, ice, role } = meeting;
    expect(hidden.meeting).toMatchObject({ meetingId, selfId, connections, ice, role });
    expect(hidden.meeting.participants).toMatchObject([{ id: 'self-id', media: { microphone: true }, returns: 0 }]);
    expect(hidden.meeting.trust).toMatchObject([{ participantId: 'peer-id', securedGeneration: 3 }]);
  });

  it('says of a recording whose it is, and not what for', () => {
    const hidden = hiddenRecording(recording);
    expect(JSON.stringify(hidden)).not.toContain(secret);
    expect(hidden).toMatchObject({ consents: recording.consents, recordable: ['audio'], asked: true });
    expect(hidden?.request.terms).toMatchObject({
      kinds: ['audio', 'clip'],
      policy: 'everybody',
      pauseForDecliners: true,
    });
    expect(hiddenRecording(null)).toBeNull();
  });

  it('is no event but those the media need, and these without words', () => {
    const some = (name: string) => (name === 'recording.changed' ? recording : { phase: 'idle' }) as never;
    const told = eventNames.filter((name) => lockedEvent(name, some(name)) !== null);
    expect([...told].sort()).toEqual(
      [
        ...['lock.changed', 'mesh.carry', 'mesh.signal', 'network.changed', 'preferences.changed'],
        ...['recording.changed', 'session.changed', 'session.muteRequested', 'vault.changed'],
      ].sort(),
    );
    expect(lockedEvent('chat.added', { text: secret } as never)).toBeNull();
    expect(lockedEvent('session.muteRequested', { byName: secret })).toEqual({ payload: { byName: '' } });
    expect(JSON.stringify(lockedEvent('session.changed', { phase: 'meeting', meeting }))).not.toContain(secret);
    expect(JSON.stringify(lockedEvent('recording.changed', recording))).not.toContain(secret);
    expect(lockedEvent('recording.changed', null)).toEqual({ payload: null });
  });
});

describe('R20: what a locked app does', () => {
  function app(isLocked: () => boolean) {
    const called: string[] = [];
    const handlers = Object.fromEntries(
      commandNames.map((name) => [
        name,
        async () => {
          called.push(name);
          if (name === 'session.state') return { phase: 'meeting', meeting };
          return name === 'recording.state' ? recording : secret;
        },
      ]),
    ) as unknown as CommandHandlers;
    const media = { microphone: true, camera: false };
    const guarded = lockedCommands(handlers, { isLocked, media: () => media });
    const call = (name: string, request: unknown = { microphone: false, camera: false }) =>
      (guarded as unknown as Record<string, (request: unknown) => Promise<unknown>>)[name]!(request).then(
        (value) => ({ value }),
        (error: unknown) => ({ code: (error as { code?: string }).code }),
      );
    return { call, called, media };
  }

  it('is these commands, and refuses every other without running it', async () => {
    const { call, called } = app(() => true);
    const allowed = [
      ...[
        'lock.state',
        'lock.now',
        'lock.unlock',
        'vault.state',
        'preferences.get',
        'session.state',
        'recording.state',
      ],
      ...['session.setMedia', 'session.leave', 'mesh.signal', 'mesh.carried', 'mesh.failed', 'mesh.secured'],
      ...['contacts.media', 'recording.openTrack', 'recording.appendTrack', 'recording.closeTrack'],
    ];
    for (const name of commandNames) {
      const answer = await call(name);
      if (!allowed.includes(name)) expect([name, answer]).toEqual([name, { code: 'app/locked' }]);
    }
    expect([...called].sort()).toEqual([...allowed].sort());
    expect(JSON.stringify([await call('session.state'), await call('recording.state')])).not.toContain(secret);
  });

  it('is nothing less while it is open', async () => {
    const { call, called } = app(() => false);
    for (const name of commandNames) expect(await call(name)).toMatchObject({ value: expect.anything() });
    expect(called).toHaveLength(commandNames.length);
    expect(JSON.stringify(await call('session.state'))).toContain(secret);
  });

  it('keeps back the answer to what was asked before', async () => {
    let locked = false;
    const { call } = app(() => locked);
    const [people, state] = [call('privacy.people'), call('session.state')];
    locked = true;
    expect(await people).toEqual({ code: 'app/locked' });
    expect(JSON.stringify(await state)).not.toContain(secret);
  });

  it('switches microphone and camera off, and neither on', async () => {
    const { call, media } = app(() => true);
    const set = (microphone: boolean, camera: boolean) => call('session.setMedia', { microphone, camera });
    expect(await set(true, false)).toEqual({ value: secret });
    expect(await set(true, true)).toEqual({ code: 'app/locked' });
    expect(await set(false, false)).toEqual({ value: secret });
    media.microphone = false;
    expect(await set(true, false)).toEqual({ code: 'app/locked' });
  });
});

describe('R20: media and dialogs of a locked app', () => {
  it('plays nothing, and what is being played ends in the middle', async () => {
    let locked = false;
    let pulled = 0;
    const respond = lockedMedia(
      async () =>
        new Response(
          new ReadableStream(
            {
              pull: (controller) => {
                pulled += 1;
                controller.enqueue(new Uint8Array([pulled]));
                if (pulled === 3) controller.close();
              },
            },
            { highWaterMark: 0 },
          ),
          { status: 206, headers: { 'Content-Range': 'bytes 0-2/3' } },
        ),
      () => locked,
    );
    const whole = await respond('id', null);
    expect([whole.status, whole.headers.get('Content-Range')]).toEqual([206, 'bytes 0-2/3']);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
    pulled = 0;
    const reader = (await respond('id', null)).body!.getReader();
    expect((await reader.read()).value).toEqual(new Uint8Array([1]));
    locked = true;
    await expect(reader.read()).rejects.toThrow('locked');
    expect((await respond('id', null)).status).toBe(403);
  });

  it('takes a file that was chosen after it was locked for none', async () => {
    let locked = false;
    const chosen = () => Promise.resolve('/some/file');
    const ports: DocumentPorts = {
      chooseTarget: chosen,
      chooseSource: chosen,
      chooseFolder: chosen,
      copyText: () => Promise.resolve(),
    };
    const dialogs = lockedDialogs(ports, () => locked);
    const ask = () =>
      Promise.all([dialogs.chooseTarget('a', 'pdf', 'de'), dialogs.chooseSource('de'), dialogs.chooseFolder('de')]);
    expect(await ask()).toEqual(['/some/file', '/some/file', '/some/file']);
    const open = ask();
    locked = true;
    expect(await open).toEqual([null, null, null]);
  });
});
