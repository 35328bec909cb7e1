import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RegisteredAnswer } from '../../common/meeting/registration';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { accessPage } from '../../main/privacy/access/accessPage';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { heldPeople } from '../../main/privacy/heldData';
import { registrationCommands } from '../../main/privacy/registrations/registrationCommands';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { retentionOverview } from '../../main/privacy/retentionOverview';
import { allFiles, decryptedLog, decryptedPages, temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { knownPeople } from '../support/knownPeople';

const day = 24 * 60 * 60 * 1000;
const benMail = 'ben@ottinger.example';
const cleoMail = 'cleo@sandler.example';
const answersOf = (text: string): readonly RegisteredAnswer[] => [
  { id: 'email', question: null, text },
  { id: 'question1', question: 'Shall Cleo Sandler <b>sit</b> beside you?', text: '<i>Yes</i>' },
];

/** The vault of a host who asked two people at the door of one meeting, and told somebody else's host something. */
async function world() {
  const known = await knownPeople();
  const { vault, ben, cleo, both, second, now } = known;
  const register = (person: typeof ben, meetingId: string, title: string, text: string) =>
    vault.registrations.add({
      ...{ meetingId, title, name: person.name, identityKey: person.signer.publicKey, registeredAt: now },
      ...{ answers: answersOf(text), retentionDays: 30 },
    });
  register(ben, both, 'Talk with Cleo Sandler', benMail);
  register(cleo, both, 'Talk with Cleo Sandler', cleoMail);
  register(ben, second, 'Second', benMail);
  return known;
}
type World = Awaited<ReturnType<typeof world>>;

const keyOf = (person: World['ben']) => person.signer.publicKey;
const registrationsOf = ({ vault }: World, key: string) =>
  heldPeople(vault)
    .find(({ identityKey }) => identityKey === key)
    ?.items.filter(({ kind }) => kind === 'registration') ?? [];

function due({ vault }: World, now: number) {
  const kinds = retainedKinds({
    vault: () => vault,
    deleteRecording: async () => {},
    deleteMeeting: (meetingId) => vault.meetings.delete(meetingId, 'retention'),
  });
  for (const kind of kinds) for (const step of kind.due(now)) void step();
}

function onDisk({ fixture }: World): Buffer {
  const key = fixture.drawn[0]!;
  return Buffer.concat(
    allFiles(fixture.folder).flatMap(({ path, bytes }) => {
      if (path.endsWith('.db')) return [decryptedPages(path, key)];
      return [path.endsWith('.db-wal') ? decryptedLog(path, key) : bytes];
    }),
  );
}

/** What the window can ask, with a dialog that a test answers. */
function commandsOf({ vault }: World) {
  const path = join(temporaryFolder(), 'out.csv');
  const dialog = { path: path as string | null, suggested: '' };
  const commands = registrationCommands({
    vault: () => vault,
    documents: {
      chooseTarget: async (name) => {
        dialog.suggested = name;
        return dialog.path;
      },
      chooseSource: async () => null,
      chooseFolder: async () => null,
      copyText: async () => {},
    },
  });
  return { commands, dialog, tables: () => readFileSync(path, 'utf8') };
}

describe('R21 to R23: what was filled in at the door', () => {
  test('stands among what is kept about the person, with the day that was promised', async () => {
    const known = await world();
    const { ben, both, second, now } = known;
    expect(registrationsOf(known, keyOf(ben)).map(({ id, until }) => [id, until])).toEqual(
      expect.arrayContaining([
        [both, now + 30 * day],
        [second, now + 30 * day],
      ]),
    );
  });

  test('is in an answer to a request for access: all of it, of nobody else, and escaped on the page', async () => {
    const known = await world();
    const { document } = accessContent(known.vault, keyOf(known.ben), known.now)!;
    expect(document.registrations).toEqual(
      [
        {
          ...{ meeting: 'Second', registeredAt: known.now },
          answers: [
            { id: 'email', question: null, text: benMail },
            { id: 'question1', question: 'Shall [Person 1] <b>sit</b> beside you?', text: '<i>Yes</i>' },
          ],
        },
        expect.objectContaining({ meeting: 'Talk with [Person 1]' }),
      ].sort(() => (known.both < known.second ? -1 : 1)),
    );
    for (const language of ['de', 'en'] as const) {
      const page = accessPage(document, language);
      expect(page).toContain(benMail);
      expect(page).toContain('&lt;i&gt;Yes');
      expect(page).not.toMatch(/<b>sit|<i>Yes/u);
      expect(page + JSON.stringify(document)).not.toContain(cleoMail);
    }
  });

  test('what oneself told another host is in one’s own answer, and goes with that meeting', async () => {
    const known = await world();
    const { vault, both, ada } = known;
    vault.registrations.give(both, answersOf('ada@lovelace.example'));
    expect(registrationsOf(known, ada.publicKey)).toMatchObject([{ id: both }]);
    expect(accessContent(vault, ada.publicKey, known.now)?.document.registrations).toMatchObject([
      { answers: [{ text: 'ada@lovelace.example' }, {}] },
    ]);
    vault.meetings.delete(both);
    expect(registrationsOf(known, ada.publicKey)).toEqual([]);
  });

  test('is erased with the person, to the last byte, and what others filled in stays', async () => {
    const known = await world();
    const { vault, ben, cleo, now, manager } = known;
    manager.maintain();
    expect(onDisk(known).includes(benMail)).toBe(true);
    const person = heldPeople(vault).find(({ identityKey }) => identityKey === keyOf(ben))!;
    const plan = erasurePlan(vault, person, { keepProofs: false, runningMeeting: null });
    const proof = await erasePerson(vault, person, plan, now);
    expect(proof.erased.registration).toBe(2);
    expect(vault.deletionLog.newest(20)).toContainEqual(
      expect.objectContaining({ kind: 'registration', why: 'request', count: 2 }),
    );
    await manager.close();
    const left = onDisk(known);
    expect(left.includes(benMail)).toBe(false);
    expect(left.includes(cleoMail)).toBe(true);
    expect(left.includes(keyOf(cleo))).toBe(true);
  });

  test('stays with a meeting on hold: neither time nor a request takes it', async () => {
    const known = await world();
    const { vault, ben, both, now } = known;
    vault.holds.set({ kind: 'chat', id: both, reason: 'claim', since: now });
    const person = heldPeople(vault).find(({ identityKey }) => identityKey === keyOf(ben))!;
    expect(registrationsOf(known, keyOf(ben)).find(({ id }) => id === both)?.until).toBeNull();
    const { stays } = erasurePlan(vault, person, { keepProofs: true, runningMeeting: null });
    expect(stays).toContainEqual(expect.objectContaining({ kind: 'registration', id: both, because: 'hold' }));
    due(known, now + 40 * day);
    expect(vault.registrations.all().map(({ meetingId }) => meetingId)).toEqual([both, both]);
  });

  test('goes on the promised day, not a moment before, whatever is set by then', async () => {
    const known = await world();
    const { vault, now } = known;
    vault.retention.setPeriod('registration', 1);
    vault.retention.setPeriod('chat', 365);
    due(known, now + 30 * day - 1);
    expect(retentionOverview(vault, null).kinds.registration).toMatchObject({ period: 1, count: 3 });
    due(known, now + 30 * day);
    expect(vault.registrations.all()).toEqual([]);
    expect(vault.deletionLog.newest(20)).toContainEqual(
      expect.objectContaining({ kind: 'registration', why: 'retention', count: 3 }),
    );
  });

  test('is saved as a table of one meeting; where nobody registered there is none', async () => {
    const known = await world();
    const { commands, dialog, tables } = commandsOf(known);
    const save = (meetingId: string) => commands['registrations.save']({ meetingId, language: 'de' });
    expect(await save(known.both)).toEqual({ fileName: 'out.csv' });
    expect(dialog.suggested).toMatch(/^Anmeldungen-Talk-with-Cleo-Sandler\.csv$/u);
    expect(tables().trim().split('\r\n')).toHaveLength(3);
    expect(tables()).toContain(benMail);
    dialog.path = null;
    expect(await save(known.second)).toBeNull();
    await expect(save('N'.repeat(22))).rejects.toThrow('privacy/not-found');
  });

  test('is only stored while that is restricted: not shown, not in the table, not deleted; then all of it again', async () => {
    const known = await world();
    const { vault, ben, both, now } = known;
    vault.restrictions.set({ identityKey: keyOf(ben), ground: 'accuracy', since: now });
    const { commands, tables } = commandsOf(known);
    const names = () => commands['registrations.ofMeeting']({ meetingId: both });
    expect((await names()).received.map(({ name }) => name)).toEqual([known.cleo.name]);
    await commands['registrations.save']({ meetingId: both, language: 'en' });
    expect(tables()).not.toContain(benMail);
    expect(tables()).toContain(cleoMail);
    due(known, now + 40 * day);
    expect(vault.registrations.all().map(({ identityKey }) => identityKey)).toEqual([keyOf(ben), keyOf(ben)]);
    vault.restrictions.lift(keyOf(ben));
    expect((await names()).received).toHaveLength(1);
    due(known, now + 40 * day);
    expect(vault.registrations.all()).toEqual([]);
  });

  test('has the name that was put right', async () => {
    const { vault, ben, now } = await world();
    vault.rectifications.correctName({ identityKey: keyOf(ben), name: 'Benedikt Ottinger', at: now });
    const names = vault.registrations.all().filter(({ identityKey }) => identityKey === keyOf(ben));
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(['Benedikt Ottinger']));
  });
});
