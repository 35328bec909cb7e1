import { afterEach, describe, expect, test } from 'vitest';
import type { RegistrationForm } from '../../../common/meeting/registration';
import { createPerson, disposePeople, eventually, inviteOf, joined, type Person } from '../testing/person';
import { RawGuest } from '../testing/rawGuest';
import { shownNotice } from '../testing/shownNotice';

afterEach(disposePeople);

const form: RegistrationForm = {
  purpose: 'I send everybody the minutes.',
  fields: [
    { id: 'email', question: null, required: true },
    { id: 'phone', question: null, required: false },
    { id: 'question1', question: 'Do you need an interpreter?', required: false },
  ],
};
const email = 'gesa@kanzlei.example';

async function hostAsking(registration: RegistrationForm | null = form): Promise<Person> {
  const host = createPerson('Helga');
  await host.service.create({ title: 'Budget', name: 'Helga', registration });
  return host;
}

async function atDoor(host: Person, name: string, registration: unknown): Promise<RawGuest> {
  const guest = await RawGuest.connect(host);
  await guest.hello();
  guest.knock(name, {}, registration);
  return guest;
}

const knockOf = (host: Person, name: string) =>
  eventually(() => {
    const knock = host.meeting().lobby.find((one) => one.name === name);
    if (knock === undefined) throw new Error(`${name} is not at the door`);
    return knock.knockId;
  });

describe('R10, R12: registration at the door', () => {
  test('who knocks is told before what is asked for, why and how long; nothing is asked unless the host chose it', async () => {
    const asking = await RawGuest.connect(await hostAsking());
    expect((await asking.hello()).notice.registration).toEqual({ ...form, retentionDays: 30 });
    const notAsking = await RawGuest.connect(await hostAsking(null));
    expect((await notAsking.hello()).notice.registration).toBeNull();
  });

  test('the host sees the answers at the door, and keeps them once the person is let in', async () => {
    const host = await hostAsking();
    const guest = await atDoor(host, 'Gesa', { email, question1: 'No' });
    const knockId = await knockOf(host, 'Gesa');
    const answers = [
      { id: 'email', question: null, text: email },
      { id: 'question1', question: 'Do you need an interpreter?', text: 'No' },
    ];
    expect(host.meeting().atDoor).toEqual({ [knockId]: answers });
    expect(host.vault.registered).toEqual([]);
    host.service.admit({ knockId });
    await guest.next('admitted');
    expect(host.vault.registered).toMatchObject([
      {
        meetingId: host.meeting().meetingId,
        title: 'Budget',
        name: 'Gesa',
        identityKey: guest.signer.publicKey,
        answers,
      },
    ]);
    expect(host.meeting().atDoor).toEqual({});
  });

  test.each([
    ['nothing', {}],
    ['not what is required', { phone: '+49 30 1234' }],
    ['what cannot be an address', { email: 'gesa at home' }],
    ['what cannot be a number', { email, phone: 'call me' }],
  ])('a knock with %s is refused in words, and nothing of it is kept', async (_what, registration) => {
    const host = await hostAsking();
    const guest = await atDoor(host, 'Gesa', registration);
    expect((await guest.next('refused')).reason).toBe('registration-incomplete');
    await eventually(() => guest.closed);
    expect(host.meeting().lobby).toEqual([]);
    expect(host.meeting().atDoor).toEqual({});
    expect(host.vault.registered).toEqual([]);
  });

  test.each([
    ['too long an answer', { email: `${'a'.repeat(200)}@b.example` }],
    ['a field there is none of', { email, shoeSize: '42' }],
    ['the wrong type', { email: 7 }],
    ['a list', [email]],
    ['nothing at all', null],
    ['an empty answer', { email: ' ' }],
    ['control characters', { email, question1: 'yes\u0007' }],
    ['a line break', { email, question1: 'yes\nno' }],
    ['a text direction override', { email, question1: '\u202Eon' }],
  ])('a forged knock with %s breaks the protocol', async (_what, registration) => {
    const host = await hostAsking();
    const guest = await atDoor(host, 'Gesa', registration);
    expect((await guest.next('refused')).reason).toBe('protocol');
    expect(host.meeting().atDoor).toEqual({});
  });

  test('answers that the person did not sign are refused', async () => {
    const host = await hostAsking();
    const guest = await RawGuest.connect(host);
    await guest.hello();
    guest.knock('Gesa', { registration: { email: 'other@kanzlei.example' } }, { email });
    expect((await guest.next('refused')).reason).toBe('protocol');
  });

  test('what was not asked for is dropped', async () => {
    const host = await hostAsking();
    await atDoor(host, 'Gesa', { email, organisation: 'Kanzlei', role: 'Partner', question2: 'x' });
    const knockId = await knockOf(host, 'Gesa');
    expect(host.meeting().atDoor[knockId]).toEqual([{ id: 'email', question: null, text: email }]);
    const other = await hostAsking(null);
    await atDoor(other, 'Gesa', { email });
    host.service.admit({ knockId });
    other.service.admit({ knockId: await knockOf(other, 'Gesa') });
    await eventually(() => other.meeting().participants.length === 2);
    expect(other.vault.registered).toEqual([]);
  });

  test('of who is refused or gives up nothing is kept', async () => {
    const host = await hostAsking();
    const refused = await atDoor(host, 'Gesa', { email });
    host.service.deny({ knockId: await knockOf(host, 'Gesa') });
    await refused.next('refused');
    const gone = await atDoor(host, 'Ralf', { email });
    await knockOf(host, 'Ralf');
    gone.send({ type: 'leave' });
    await eventually(() => host.meeting().lobby.length === 0);
    expect(host.meeting().atDoor).toEqual({});
    expect(host.vault.registered).toEqual([]);
  });

  test('no other participant is told anything of it, not even a co-host who lets people in', async () => {
    const host = await hostAsking();
    const coHost = await atDoor(host, 'Carla', { email: 'carla@kanzlei.example' });
    host.service.admit({ knockId: await knockOf(host, 'Carla') });
    await coHost.next('roster');
    coHost.selfId = host.participantNamed('Carla');
    host.service.setCoHost({ participantId: coHost.selfId, coHost: true });
    await coHost.next('lobby');
    const bystander = await atDoor(host, 'Bernd', { email: 'bernd@kanzlei.example' });
    host.service.admit({ knockId: await knockOf(host, 'Bernd') });
    const guest = await atDoor(host, 'Gesa', { email, phone: '+49 30 1234567', question1: 'Yes, Polish' });
    const knockId = await knockOf(host, 'Gesa');
    coHost.sendEnvelope(
      coHost.envelope({ type: 'moderate', moderation: { action: 'admit', knockId } }, { to: host.meeting().selfId }),
    );
    await guest.next('roster');
    await eventually(() => bystander.frames.some((frame) => frame.includes('Gesa')));
    await eventually(() => coHost.frames.some((frame) => frame.includes('Gesa')));
    expect(host.vault.registered.map(({ name }) => name)).toEqual(['Carla', 'Bernd', 'Gesa']);
    const heard = [...coHost.frames, ...bystander.frames, ...guest.frames].join('\n');
    for (const secret of ['@kanzlei.example', '1234567', 'Polish']) expect(heard).not.toContain(secret);
  });

  test('a guest’s own app sends nothing that lacks what is required, and only what is asked for', async () => {
    const host = await hostAsking();
    const guest = createPerson('Gesa');
    await guest.service.openLink({ link: inviteOf(host).link });
    const knock = { name: 'Gesa', language: 'en' } as const;
    expect(() =>
      guest.service.knock({ notice: shownNotice(guest.service), ...knock, registration: { phone: '030' } }),
    ).toThrow('join/registration-incomplete');
    expect(guest.service.state().phase).toBe('preview');
    guest.service.knock({
      notice: shownNotice(guest.service),
      ...knock,
      registration: { email, organisation: 'Kanzlei' },
    });
    const knockId = await knockOf(host, 'Gesa');
    expect(host.meeting().atDoor[knockId]).toHaveLength(1);
    expect(guest.vault.told.size).toBe(0);
    host.service.admit({ knockId });
    await guest.until('meeting');
    expect([...guest.vault.told]).toEqual([[host.meeting().meetingId, [{ id: 'email', question: null, text: email }]]]);
    expect(guest.meeting().atDoor).toEqual({});
    expect(guest.vault.registered).toEqual([]);
  });

  test('whoever takes over as host asks for nothing, and gets nothing of what was told before', async () => {
    const host = await hostAsking();
    const [carla, gesa] = [createPerson('Carla'), createPerson('Gesa')];
    // In a meeting of her own she would ask.
    carla.vault.registrations.useForm(form);
    for (const guest of [carla, gesa]) {
      await guest.service.openLink({ link: inviteOf(host).link });
      guest.service.knock({
        notice: shownNotice(guest.service),
        name: guest.name,
        language: 'en',
        registration: { email },
      });
      host.service.admit({ knockId: await knockOf(host, guest.name) });
      await guest.until('meeting');
    }
    host.service.setCoHost({ participantId: host.participantNamed('Carla'), coHost: true });
    await eventually(() => carla.meeting().role === 'co-host');
    host.service.handOver({ participantId: host.participantNamed('Carla') });
    await eventually(() => carla.meeting().role === 'host');
    const late = await RawGuest.connect(carla);
    expect((await late.hello()).notice.registration).toBeNull();
    expect(carla.vault.registered).toEqual([]);
    expect(host.vault.registered).toHaveLength(2);
  });

  test('the form is kept for the next meeting and for the documents, until a meeting without', async () => {
    const host = await hostAsking();
    expect(host.service.noticeFacts().registration).toEqual({ ...form, retentionDays: 30 });
    host.service.leave();
    host.service.dismiss();
    await host.service.create({ title: 'Budget', name: 'Helga' });
    expect(host.service.noticeFacts().registration).toBeNull();
    const guest = createPerson('Gesa');
    await joined(host, guest);
    expect(host.vault.registered).toEqual([]);
  });

  test('a knock that read of other fields is not taken: the notice is told again, and nothing of it is kept', async () => {
    const host = await hostAsking();
    const guest = await RawGuest.connect(host);
    const { notice } = await guest.hello();
    const read = { ...notice, registration: { ...form, fields: form.fields.slice(0, 1), retentionDays: 30 } };
    const index = guest.received.findIndex(({ type }) => type === 'welcome');
    guest.received[index] = { ...(await guest.next('welcome')), notice: read };
    guest.knock('Gesa', {}, { email });
    expect((await guest.next('notice')).notice.registration).toEqual({ ...form, retentionDays: 30 });
    expect(host.meeting().lobby).toEqual([]);
    expect(host.meeting().atDoor).toEqual({});
  });

  test('when another notice undoes a knock, what was filled in goes with it, and comes with the next', async () => {
    const retention = { chatRetentionDays: 30, recordingRetentionDays: 14, registrationRetentionDays: 30 };
    const host = createPerson('Helga', { retention: () => retention });
    await host.service.create({ title: 'Budget', name: 'Helga', registration: form });
    const guest = createPerson('Gesa');
    await guest.service.openLink({ link: inviteOf(host).link });
    const knock = () =>
      guest.service.knock({
        ...{ notice: shownNotice(guest.service), name: 'Gesa', language: 'en', registration: { email } },
      });
    knock();
    await knockOf(host, 'Gesa');
    retention.recordingRetentionDays = 7;
    // Of what was told at the door of this meeting nothing changes by that.
    retention.registrationRetentionDays = 1;
    host.service.handleSettingsChanged();
    expect(host.meeting().lobby).toEqual([]);
    expect(host.meeting().atDoor).toEqual({});
    await guest.until('preview');
    knock();
    host.service.admit({ knockId: await knockOf(host, 'Gesa') });
    await guest.until('meeting');
    expect(host.vault.registered.map(({ deleteAfter, registeredAt }) => deleteAfter - registeredAt)).toEqual([30]);
  });
});
