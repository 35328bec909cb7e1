import { bodySchema, type Body } from '../../../common/protocol/bodies';
import {
  registrationAnswersSchema,
  type RegistrationAnswers,
  type RegistrationForm,
} from '../../../common/meeting/registration';
import { guestMessageSchema, hostMessageSchema, protocolVersion } from '../../../common/protocol/messages';
import { encodeBase32 } from '../../../main/sessions/invites/base32';
import { buildInviteLink, parseInviteLink } from '../../../main/sessions/invites/link';
import { mutateValue } from '../generate/mutate';
import { Random } from '../generate/random';
import { valueOf } from '../generate/valueOf';
import { fingerprint, FakeWebSocket, installation, meetingId, nonce, someone } from '../sessionRig';
import type { Target } from '../target';
import { documentHash } from '../../../main/vault/documentHash';
import { shownNotice } from '../../../main/sessions/testing/shownNotice';

const secret = encodeBase32(Buffer.alloc(5, 3));
const [host, anna, ben] = [someone('H', 'host'), someone('A', 'co-host'), someone('B', 'guest')];
/** The installation of the rig, as the host would list it. */
const self = { participant: { ...someone('\u0001', 'guest').participant, id: 'S'.repeat(22), name: 'Gast' } };

/** A message, now and then with something in it that is otherwise. */
function frame(message: unknown, random: Random): string {
  return (
    JSON.stringify(random.oneIn(12) ? mutateValue(message, random) : message, (_name, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    ) ?? ''
  );
}

function bodyOf(random: Random): Body | null {
  for (let tries = 0; tries < 5; tries += 1) {
    const { data } = bodySchema.safeParse(valueOf(bodySchema, random));
    if (data !== undefined) return data;
  }
  return null;
}

/** A correctly signed envelope with whatever in it. */
function envelope(from: typeof host, meeting: string, to: readonly string[], sequence: number, random: Random) {
  const body = bodyOf(random) ?? { type: 'reconnect', generation: 0 };
  const header = {
    meetingId: meeting,
    from: from.participant.id,
    to: random.oneIn(3) ? null : random.pick(to),
    sequence,
    body,
  };
  try {
    return { type: 'envelope', envelope: { header, signature: from.signer.sign('envelope', header) } };
  } catch {
    // No canonical form: nobody can have signed it.
    return { type: 'envelope', envelope: { header, signature: 'A'.repeat(86) } };
  }
}

/** A guest whose host says whatever it likes. */
async function guestSession(random: Random): Promise<boolean> {
  const rig = installation(random);
  const { service } = rig;
  const link = buildInviteLink({
    ...{ meetingId, fingerprint, secret, hostKey: host.signer.publicKey, relay: null },
    ...{ addresses: [{ host: '192.0.2.1', port: 5 }], expiresAt: 1_900_000_000_000 },
  });
  void service.openLink({ link });
  await new Promise((resolve) => setImmediate(resolve));
  const socket = rig.dialled[0] ?? new FakeWebSocket();
  const facts = {
    ...{
      meetingId,
      nonce,
      hostName: 'Hanna',
      hostKey: host.signer.publicKey,
      plan: null,
      passcodeNeeded: random.oneIn(4),
    },
    notice: {
      ...{ controllerName: 'Hanna', controllerContact: '', chatRetentionDays: 1, recordingRetentionDays: 1 },
      ...{ officerContact: 'Oskar', relay: null, iceServers: [], employees: false, registration: null },
    },
    noticeVersion: { number: 1, since: 0 },
    expiresAt: 1_900_000_000_000,
  };
  const signature = host.signer.sign('welcome', { ...facts, certificate: fingerprint });
  socket.say(frame({ type: 'welcome', version: protocolVersion, ...facts, signature }, random));
  await new Promise((resolve) => setImmediate(resolve));
  rig.act(() => service.knock({ notice: shownNotice(service), name: 'Gast', language: 'de', passcode: 'x' }));
  const everybody = [host.participant, anna.participant, ben.participant];
  const me = self.participant;
  const title = { title: 'Budget', startedAt: 1_800_000_000_000, token: nonce, seen: 0, selfId: me.id };
  socket.say(frame({ type: 'waiting' }, random));
  socket.say(frame({ type: 'admitted', ...title }, random));
  socket.say(frame({ type: 'roster', revision: 1, locked: false, participants: [...everybody, me] }, random));
  const isIn = service.state().phase === 'meeting';
  for (let step = 0; step < 25; step += 1) {
    const speaker = random.pick([host, host, anna, ben]);
    switch (random.below(8)) {
      case 0:
        socket.say(frame(valueOf(hostMessageSchema, random), random));
        break;
      case 1: {
        const participants = [...everybody, me].map((one) => ({
          ...one,
          presence: random.pick(['here', 'here', 'away']),
          returns: random.below(2),
        }));
        socket.say(frame({ type: 'roster', revision: step + 2, locked: random.oneIn(2), participants }, random));
        break;
      }
      case 2:
        rig.time.advance(random.pick([10, 1_000, 30_000]));
        break;
      case 3:
        actSomehow(rig, random);
        break;
      default:
        socket.say(frame(envelope(speaker, meetingId, [me.id, ben.participant.id], step + 1, random), random));
    }
  }
  await rig.end();
  return isIn;
}

const form: RegistrationForm = {
  purpose: 'Protokoll',
  fields: [
    { id: 'email', question: null, required: true },
    { id: 'question1', question: 'Mit Dolmetscher?', required: false },
  ],
};

/** What somebody fills in: enough, or whatever has that form. */
function registrationOf(random: Random): RegistrationAnswers {
  const { data } = registrationAnswersSchema.safeParse(valueOf(registrationAnswersSchema, random));
  return data === undefined || random.oneIn(2) ? { email: 'gast@kanzlei.example' } : data;
}

/** A host to whose door people come who say whatever they like. */
async function hostSession(random: Random): Promise<boolean> {
  const rig = installation(random);
  const { service } = rig;
  const passcode = random.oneIn(5) ? 'Sesam öffne' : null;
  await service.create({ title: 'Budget', name: 'Hanna', passcode, registration: random.oneIn(2) ? form : null });
  const invite = service.state().phase === 'meeting' ? meetingOf(service).invite : null;
  const { meetingId: meeting, secret: shown } = parseInviteLink(invite?.link ?? '', 0);
  let admitted = 0;
  const guests = [anna, ben].map((guest, index) => ({ ...guest, socket: rig.come(`192.0.2.${index}`) }));
  for (const { socket, signer, participant } of guests) {
    socket.say(frame({ type: 'hello', version: protocolVersion, meeting, secret: shown }, random));
    const welcomed = JSON.parse(socket.heard.at(-1) ?? '{}') as { nonce?: string; notice?: unknown };
    const registration = registrationOf(random);
    const signed = {
      meetingId: meeting,
      nonce: welcomed.nonce ?? '',
      certificate: fingerprint,
      name: participant.name,
      identityKey: signer.publicKey,
      registration,
      notice: documentHash(welcomed.notice ?? {}),
    };
    const knock = {
      type: 'knock',
      name: signed.name,
      identityKey: signed.identityKey,
      notice: signed.notice,
      language: 'de',
      passcode: 'Sesam öffne',
      registration,
    };
    socket.say(frame({ ...knock, signature: signer.sign('knock', signed) }, random));
    for (const { knockId } of meetingOf(service).lobby) rig.act(() => service.admit({ knockId }));
  }
  for (let step = 0; step < 25; step += 1) {
    const { socket, signer, participant } = random.pick(guests);
    const known = meetingOf(service).participants.find(({ identityKey }) => identityKey === signer.publicKey);
    if (known !== undefined) admitted += 1;
    const from = { signer, participant: { ...participant, id: known?.id ?? participant.id } };
    const others = meetingOf(service).participants.map(({ id }) => id);
    switch (random.below(8)) {
      case 0:
        socket.say(frame(valueOf(guestMessageSchema, random), random));
        break;
      case 1:
        rig.time.advance(random.pick([10, 1_000, 30_000]));
        break;
      case 2:
        actSomehow(rig, random);
        break;
      case 3:
        if (random.oneIn(6)) socket.terminate();
        break;
      default:
        socket.say(frame(envelope(from, meeting, others, step + 1, random), random));
    }
  }
  for (const { socket } of guests) socket.terminate();
  await rig.end();
  return admitted > 0;
}

function meetingOf(service: ReturnType<typeof installation>['service']) {
  const state = service.state();
  return state.phase === 'meeting' ? state.meeting : { invite: null, lobby: [], participants: [] };
}

/** What the person here, or a page in the wrong hands, does meanwhile. */
function actSomehow({ act, service }: ReturnType<typeof installation>, random: Random): void {
  const participantId = random.pick([...meetingOf(service).participants.map(({ id }) => id), 'Z'.repeat(22)]);
  act(
    random.pick<() => unknown>([
      () => service.chatSend({ text: 'Hallo' }),
      () => service.setMedia({ microphone: true, camera: false }),
      () => service.meshFailed({ peerId: participantId, generation: random.below(3) }),
      () => service.meshCarried({ peerId: participantId, text: '{"envelope":1}' }),
      () => service.remove({ participantId }),
      () => service.mute({ participantId }),
      () => service.setLocked({ locked: random.oneIn(2) }),
      () => service.setCoHost({ participantId, coHost: true }),
      () => service.handOver({ participantId }),
      () => service.verificationStart({ participantId }),
      () => service.verificationConfirm({ participantId, digits: '000000' }),
      () => service.takeOver(),
      () => service.handleWake(),
    ]),
  );
}

/** The input is a seed: what is said answers what was heard. */
const sessionTarget = (name: string, run: (random: Random) => Promise<boolean>): Target => ({
  ...{ name, covers: [], schemas: [], cost: 60 },
  make: (random) => random.next(),
  run: (input) => run(new Random(input as number)),
});

export const sessionTargets: readonly Target[] = [
  sessionTarget('whole session of a guest', guestSession),
  sessionTarget('whole session of a host', hostSession),
];
