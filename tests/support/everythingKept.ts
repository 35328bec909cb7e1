import { randomBytes } from 'node:crypto';
import type { ConsentRequest, Decisions } from '../../common/consent/models';
import { newIncident } from '../../common/privacy/incident';
import { storedMade, storedReceived } from '../../main/privacy/requests/requestRecords';
import { countersign, signAnswer } from '../../main/recording/signedConsent';
import { finishedRecording } from '../../main/recording/testing/finishedRecording';
import { TestTimers } from '../../main/recording/testing/testTimers';
import { WithdrawalDesk } from '../../main/recording/withdrawalDesk';
import { verifySignature } from '../../main/sessions/identity';
import { newId, quickKdf } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from './knownPeople';

/** Words of Ben's that stand nowhere else, each where something of him is kept; one that is indexed among them. */
export const benSaid = {
  chat: 'Xylophonbauerei am Dienstag',
  recordedChat: 'Quittengelee in the recording',
  registration: 'Ottinger Instrumentenbau KG',
  phone: '+49 30 5550142',
  request: 'Erase my organ pipes please',
  statement: 'It was a lute, not a harp',
  notice: 'Data protection, Ottinger, third floor',
  answered: 'Answered about the organ pipes',
  asked: 'What do you keep of my zither',
} as const;
export const benNames = {
  now: 'Benedikt Ottinger',
  met: 'Ben Ottinger',
  verified: 'Benno O.',
  accepted: 'Bennie',
} as const;

/**
 * A vault in which something of Ben lies in every table, and of Cleo in most, so that what is complete can be told from
 * what was forgotten. [Note: data registry] A new table needs rows here, or tests/unit/completeness.test.ts fails.
 */
export async function everythingKept() {
  const known = await knownPeople();
  const { manager, vault, ada, ben, cleo, both, second: secondMeeting, recording, now } = known;
  let last = now + 100_000;
  /** No time is there twice. */
  const tick = () => (last += 1_003);
  const keys = { ben: ben.signer.publicKey, cleo: cleo.signer.publicKey };

  // From now on what is erased leaves a mark, for the backup that cannot be reached.
  vault.savedBackup.note(tick());
  vault.people.verify({ identityKey: keys.ben, name: benNames.verified, at: tick() });
  vault.people.accept({ identityKey: keys.ben, name: benNames.accepted, at: tick() });
  vault.people.met({ identityKey: keys.ben, name: benNames.met, at: tick() });

  // Ben hosts, Ada is a guest, and told him something at the door.
  const atBens = newId();
  vault.meetings.start({
    ...{ meetingId: atBens, title: 'At the workshop', role: 'guest', startedAt: tick() },
    ...{ hostName: benNames.met, hostKey: keys.ben },
  });
  vault.meetings.end(atBens, tick());
  vault.registrations.give(atBens, [{ id: 'email', question: null, text: 'ada@example.org' }]);
  const write = (meetingId: string, text: string) => {
    const id = newId();
    vault.chat.add({
      ...{ id, meetingId, senderId: ben.id, senderName: benNames.met, senderKey: keys.ben, mine: false },
      ...{ text, sentAt: tick() },
    });
    return id;
  };
  const line = write(both, benSaid.chat);

  for (const [key, name, text] of [
    [keys.ben, benNames.met, benSaid.registration],
    [keys.cleo, cleo.name, 'Cleo’s cabinets'],
  ] as const) {
    vault.registrations.add({
      ...{ meetingId: both, identityKey: key, name, title: 'Talk with Cleo Sandler', registeredAt: tick() },
      answers: [
        { id: 'organisation', question: null, text },
        { id: 'phone', question: null, text: key === keys.ben ? benSaid.phone : '+49 30 5550199' },
      ],
      retentionDays: 30,
    });
  }
  vault.registrations.useForm({
    purpose: 'To send the minutes',
    fields: [{ id: 'organisation', required: true, question: null }],
  });

  // What was told of data protection: Ada's to both, Ben's to Ada.
  const facts = {
    ...{ controllerName: 'Ada Lovelace', controllerContact: 'ada@example.org', relay: null, iceServers: [] },
    ...{ officerContact: '', chatRetentionDays: 37, recordingRetentionDays: 19, employees: false, registration: null },
  };
  const told = vault.notices.versionOf(facts);
  for (const key of [keys.ben, keys.cleo]) vault.notices.acknowledge(both, key, told.version.number, tick());
  vault.notices.read(
    keys.ben,
    {
      facts: { ...facts, controllerName: benNames.met, controllerContact: benSaid.notice },
      ...{ hash: 'b'.repeat(43), version: { number: 4, since: tick() } },
    },
    tick(),
  );

  // Another recording with a clip and what was taken back, a cut, a copy that left.
  const trackOf = { participantId: ben.id, identityKey: keys.ben };
  const second = await finishedRecording(
    vault,
    [
      { kind: 'clip', film: 'new-opus', offsetMs: 201, durationMs: 4_147, ...trackOf },
      { kind: 'audio', film: 'remote-opus', offsetMs: 303, durationMs: 6_101, ...trackOf },
      { kind: 'chat', lines: [{ name: benNames.met, text: benSaid.recordedChat, offsetMs: 7 }], ...trackOf },
      { kind: 'audio', film: 'new-opus', participantId: cleo.id, identityKey: keys.cleo },
    ],
    { meetingId: both, title: 'Second take', startedAt: tick(), endedAt: tick(), clipRetentionDays: 400 },
  );
  vault.recordings.cut(second.recording.id, { fromMs: 1_501, toMs: 2_502, cutAt: tick() }, []);
  vault.recordings.addExport(second.recording.id, tick());
  const requestBy = (
    controller: { name: string; contact: string; key: string },
    recordingId: string,
  ): ConsentRequest => ({
    ...{ recordingId, meetingId: both, controllerName: controller.name, controllerContact: controller.contact },
    ...{ controllerKey: controller.key, purpose: 'Second minutes', retentionDays: 21, requestedAt: tick() },
    terms: {
      ...{ kinds: ['audio', 'chat', 'clip'], policy: 'those-who-agree', answerSeconds: 60 },
      ...{ template: null, clipRetentionDays: 400, pauseForDecliners: false },
    },
  });
  const yes: Decisions = { audio: true, chat: true, clip: true };
  const given = { decisions: yes, language: 'en', given: 'asked' } as const;
  const bens = { id: ben.id, name: benNames.met, identityKey: keys.ben };
  const request = requestBy(
    { name: 'Ada Lovelace', contact: 'ada@example.org', key: ada.publicKey },
    second.recording.id,
  );
  const answered = signAnswer({ signer: () => ben.signer, now: tick }, bens, request, given);
  vault.receipts.put({ ...answered, hostSignature: countersign({ signer: () => ada }, answered.answer) });
  const desk = new WithdrawalDesk(
    {
      ...{
        vault: () => vault,
        signer: () => ada,
        verify: verifySignature,
        now: tick,
        language: () => 'en',
        neverRecordMe: () => false,
      },
      ...{ timers: new TestTimers(), random: randomBytes },
      log: { info: () => undefined, error: () => undefined },
    },
    (recordingId, participantId, kinds) =>
      vault.recordings.eraseTracks(
        vault.recordings
          .tracks(recordingId)
          .filter((track) => track.participantId === participantId && kinds.includes(track.kind))
          .map(({ id }) => id),
        'withdrawn',
      ),
  );
  const withdrawal = {
    ...{ recordingId: second.recording.id, participantId: ben.id, kinds: ['audio' as const], withdrawnAt: tick() },
    scope: 'everything' as const,
  };
  if (desk.take(withdrawal, ben.signer.sign('consentWithdrawal', withdrawal)) === null) throw new Error('refused');

  // What Ada answered when Ben recorded.
  const atBen = requestBy({ name: benNames.met, contact: 'ben@workshop.example', key: keys.ben }, newId());
  const adas = { id: newId(), name: 'Ada Lovelace', identityKey: ada.publicKey };
  const own = signAnswer({ signer: () => ada, now: tick }, adas, atBen, given);
  vault.receipts.put({ ...own, hostSignature: countersign({ signer: () => ben.signer }, own.answer) });

  // Requests, both ways and answered.
  const asked = (from: typeof ada, name: string, hostKey: string, text: string) => {
    const body = {
      ...{ requestId: newId(), hostKey, personKey: from.publicKey, personName: name, text },
      ...{ right: 'erasure' as const, madeAt: tick() },
    };
    return { request: body, signature: from.sign('personRequest', body) };
  };
  const fromBen = asked(ben.signer, benNames.met, ada.publicKey, benSaid.request);
  vault.personRequests.put(
    storedReceived({
      ...{ id: fromBen.request.requestId, identityKey: keys.ben, name: benNames.met, at: tick(), closedAt: tick() },
      ...{ right: 'erasure', text: benSaid.request, way: 'app', check: 'key', notes: '', dueOn: '2026-02-05' },
      ...{ extension: null, state: 'answered', answer: benSaid.answered, erasure: null, signed: fromBen },
      ...{ first: null, newest: null, told: 0 },
    }),
  );
  const toBen = asked(ada, 'Ada Lovelace', keys.ben, benSaid.asked);
  vault.ownRequests.put(
    storedMade({
      hostKey: keys.ben,
      hostName: benNames.met,
      closedAt: tick(),
      signed: toBen,
      withdrawal: null,
      statuses: [],
      seen: 0,
    }),
  );

  // What Ben had put right, restricted and refused.
  vault.rectifications.addStatement({ id: newId(), chatId: line, text: benSaid.statement, madeAt: tick() }, keys.ben);
  vault.rectifications.correctName({ identityKey: keys.ben, name: benNames.now, at: tick() });
  vault.restrictions.set({ identityKey: keys.ben, ground: 'accuracy', since: tick() });
  vault.objections.add({
    ...{ kind: 'contact', reason: 'wish', addedAt: tick() },
    who: { identityKey: keys.ben, name: benNames.now, email: 'ben@workshop.example' },
  });

  // What is about nobody, or about Cleo alone.
  vault.holds.set({
    kind: 'recording',
    id: (await finishedRecording(vault, [])).recording.id,
    reason: 'audit',
    since: tick(),
  });
  vault.retention.setPeriod('chat', 30);
  vault.retention.setClock({ seenAt: tick(), doubtedAt: null });
  vault.iceSettings.save({ servers: ['turn:turn.example.org:3478'], secret: 'a secret of the team' });
  vault.auditLog.add('opened');
  const incident = newIncident({ kind: 'device', noticedAt: tick(), what: 'A laptop was left on the train' });
  vault.incidents.add(newId(), incident, tick());
  vault.assessments.put({
    ...{ day: '2026-01-05', savedAt: tick(), lines: {} },
    assessment: {
      ...{
        answers: {},
        risks: {},
        decision: 'not-needed',
        decisionReason: 'Few people',
        purposes: 'Talks',
        necessity: '',
      },
      ...{ others: '', officer: '', views: '', result: null, resultReason: '' },
    },
  });
  vault.lockCode.save({ kdf: quickKdf, salt: randomBytes(16), hash: randomBytes(32) });
  vault.keptSeat.set(JSON.stringify({ roster: [{ name: benNames.met, identityKey: keys.ben }] }));
  manager.maintain();
  return { ...known, secondMeeting, second, recording, line, atBens, keys, now: tick() };
}
