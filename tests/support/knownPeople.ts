import { countersign, signAnswer } from '../../main/recording/signedConsent';
import { finishedRecording } from '../../main/recording/testing/finishedRecording';
import { createSigner } from '../../main/sessions/identity';
import { newId, openFixture, vaultFixture } from '../../main/vault/testing/vaultFixture';
import { testSigner } from '../../main/recording/testing/testIdentity';

export const texts = {
  ben: 'Ask Cleo Sandler, the file number is seven',
  benSecond: 'Nothing in writing',
  cleo: 'Ben Ottinger agreed',
  recorded: 'Recorded: Cleo said so',
} as const;

/** A vault of Ada's that knows Ben and Cleo: two meetings, chat, a recording with tracks of both, their receipts. */
export async function knownPeople() {
  const fixture = vaultFixture();
  const { manager, vault } = await openFixture(fixture);
  const { now } = fixture.clock;
  const ada = createSigner(vault.profile.identity());
  const [ben, cleo] = [
    { name: 'Ben Ottinger', signer: testSigner(), id: newId() },
    { name: 'Cleo Sandler', signer: testSigner(), id: newId() },
  ];
  const meet = (title: string, ...people: readonly (typeof ben)[]) => {
    const meetingId = newId();
    vault.meetings.start({
      ...{ meetingId, title, role: 'host', startedAt: now },
      ...{ hostName: 'Ada Lovelace', hostKey: ada.publicKey },
    });
    for (const { name, signer } of people) {
      vault.people.met({ identityKey: signer.publicKey, name, at: now });
      vault.meetings.addParticipant(meetingId, { identityKey: signer.publicKey, name });
    }
    return meetingId;
  };
  const write = (meetingId: string, { name, signer, id }: typeof ben, text: string) =>
    vault.chat.add({
      ...{ id: newId(), meetingId, senderId: id, senderName: name, senderKey: signer.publicKey, mine: false },
      ...{ text, sentAt: now + 1_000 },
    });
  const both = meet('Talk with Cleo Sandler', ben, cleo);
  const second = meet('Second', ben);
  write(both, ben, texts.ben);
  write(second, ben, texts.benSecond);
  write(both, cleo, texts.cleo);

  const trackOf = (person: typeof ben) => ({ participantId: person.id, identityKey: person.signer.publicKey });
  const { recording, tracks } = await finishedRecording(
    vault,
    [
      { kind: 'audio', film: 'remote-opus', ...trackOf(ben) },
      { kind: 'chat', lines: [{ name: ben.name, text: texts.recorded, offsetMs: 5 }], ...trackOf(ben) },
      { kind: 'audio', film: 'new-opus', ...trackOf(cleo) },
    ],
    { meetingId: both, startedAt: now },
  );
  for (const person of [ben, cleo]) {
    const request = {
      ...{ recordingId: recording.id, meetingId: both, controllerName: 'Ada Lovelace', controllerContact: '' },
      ...{ controllerKey: ada.publicKey, purpose: 'Minutes', retentionDays: 14, requestedAt: now },
    };
    const who = { id: person.id, name: person.name, identityKey: person.signer.publicKey };
    const answered = signAnswer({ signer: () => person.signer, now: () => now + 10 }, who, request, {
      ...{ decisions: { audio: true, video: false, chat: true }, language: 'en', given: 'asked' },
    });
    vault.receipts.put({ ...answered, hostSignature: countersign({ signer: () => ada }, answered.answer) });
  }
  return { fixture, manager, vault, ada, ben, cleo, both, second, recording, tracks, now };
}
