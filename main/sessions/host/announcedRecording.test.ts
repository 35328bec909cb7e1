import { afterEach, describe, expect, it } from 'vitest';
import type { ConsentRequest } from '../../../common/consent/models';
import { asksAsPlanned, type RecordingPlan } from '../../../common/consent/plan';
import type { MeetingChannel } from '../../../common/meeting/meetingChannel';
import { createPerson, disposePeople, eventually, inviteOf, knockOf } from '../testing/person';
import { RawGuest } from '../testing/rawGuest';
import { shownNotice } from '../testing/shownNotice';

afterEach(disposePeople);

const plan: RecordingPlan = {
  purpose: 'Minutes',
  retentionDays: 14,
  terms: {
    kinds: ['audio', 'video'],
    policy: 'those-who-agree',
    template: null,
    answerSeconds: 120,
    clipRetentionDays: null,
    pauseForDecliners: false,
  },
};

const request: ConsentRequest = {
  recordingId: 'R'.repeat(22),
  meetingId: 'M'.repeat(22),
  controllerName: 'Helga',
  controllerContact: '',
  controllerKey: 'K'.repeat(43),
  purpose: plan.purpose,
  retentionDays: plan.retentionDays,
  requestedAt: 1,
  terms: plan.terms,
};

async function announced() {
  const host = createPerson('Helga');
  await host.service.create({ title: 'Budget', name: 'Helga' }, plan);
  const channels: MeetingChannel[] = [];
  const feature = {
    handleMeetingStarted: (channel: MeetingChannel) => void channels.push(channel),
    handleMeetingEnded: () => undefined,
  };
  return { host, anna: createPerson('Anna', { features: [feature] }), channels };
}

describe('a recording that is announced with the invite', () => {
  it('is shown before anybody knocks; what was chosen waits for exactly that request', async () => {
    const { host, anna, channels } = await announced();
    await anna.service.openLink({ link: inviteOf(host).link });
    expect((await anna.until('preview')).invitation.plan).toEqual(plan);
    const beforehand = { audio: true, video: false };
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de', beforehand });
    host.service.admit({ knockId: await eventually(() => knockOf(host, anna)) });
    await anna.until('meeting');
    const [channel] = channels;
    expect(channel?.chosenBeforehand(request)).toEqual(beforehand);
    expect(channel?.chosenBeforehand({ ...request, purpose: 'Advertising' })).toBeNull();
    expect(host.meeting().plan).toEqual(plan);
  });

  it('was chosen by nobody who knocked without choosing', async () => {
    const { host, anna, channels } = await announced();
    await anna.service.openLink({ link: inviteOf(host).link });
    anna.service.knock({ notice: shownNotice(anna.service), name: 'Anna', language: 'de' });
    host.service.admit({ knockId: await eventually(() => knockOf(host, anna)) });
    await anna.until('meeting');
    expect(channels[0]?.chosenBeforehand(request)).toBeNull();
  });

  it('is signed with the rest of the welcome', async () => {
    const { host } = await announced();
    const guest = await RawGuest.connect(host);
    const { plan: told, signature, version: _version, type: _type, ...facts } = await guest.hello();
    const { verifySignature } = await import('../identity');
    const signed = { ...facts, certificate: guest.fingerprint };
    expect(verifySignature(facts.hostKey, 'welcome', { ...signed, plan: told }, signature)).toBe(true);
    expect(verifySignature(facts.hostKey, 'welcome', { ...signed, plan: null }, signature)).toBe(false);
  });

  it.each<[string, Partial<RecordingPlan['terms']> & { purpose?: string; retentionDays?: number }]>([
    ['purpose', { purpose: 'Else' }],
    ['retention', { retentionDays: 15 }],
    ['kinds', { kinds: ['audio'] }],
    ['policy', { policy: 'everybody' }],
    ['template', { template: { id: 'minutes', version: 1, hash: 'A'.repeat(43) } }],
    ['clips', { clipRetentionDays: 90 }],
    ['pause', { pauseForDecliners: true }],
  ])('is another one when it differs in: %s', (_, { purpose, retentionDays, ...terms }) => {
    expect(asksAsPlanned(plan, request)).toBe(true);
    const other = {
      ...request,
      purpose: purpose ?? request.purpose,
      retentionDays: retentionDays ?? request.retentionDays,
      terms: { ...plan.terms, ...terms },
    };
    expect(asksAsPlanned(plan, other)).toBe(false);
  });
});
