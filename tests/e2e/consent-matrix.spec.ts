import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Decisions, RecordingState } from '../../common/consent/models';
import type { TravellingWithdrawal } from '../../common/consent/withdrawalPort';
import { openForger } from '../support/forger';
import { expect, test, type InviteFacts, type Person } from '../support/person';
import type { TrackRow } from '../support/profile';

/*
 * { yes, no, no answer, late, withdraw during, withdraw after, forged withdrawal } x { audio, video, chat }, with three
 * real processes and, each time, what is on the host's disk. What is clicked is tested elsewhere: here the capabilities
 * are called directly, as a modified window could.
 */

const kinds = ['audio', 'video', 'chat'] as const;
type Kind = (typeof kinds)[number];

const only = (kind: Kind): Decisions => ({ audio: kind === 'audio', video: kind === 'video', chat: kind === 'chat' });
const none: Decisions = { audio: false, video: false, chat: false };

async function start(host: Person, purpose: string, answerSeconds = 600): Promise<string> {
  await done(
    host.call('recording.start', {
      ...{ purpose, templateId: null, retentionDays: 7, kinds, policy: 'those-who-agree', answerSeconds },
      ...{ clipRetentionDays: null, pauseForDecliners: false, own: none, language: 'de' },
    }),
  );
  return host.recordingId();
}

async function done(call: ReturnType<Person['call']>): Promise<void> {
  expect(await call).toMatchObject({ ok: true });
}

const answer = (person: Person, recordingId: string, decisions: Decisions) =>
  done(person.call('consent.answer', { recordingId, decisions, language: person.language }));
const withdraw = (person: Person, recordingId: string, kind: Kind) =>
  done(person.call('consent.withdraw', { recordingId, kinds: [kind], scope: 'everything' }));

async function stateOf(person: Person): Promise<RecordingState | null> {
  return (await person.call('recording.state')).value as RecordingState | null;
}

/** Waits until this person's window knows the question, so that it can be answered. */
const isAsked = (person: Person, recordingId: string) =>
  expect
    .poll(async () => {
      const state = await stateOf(person);
      return state?.request.recordingId === recordingId && state.asked;
    })
    .toBe(true);

/** What the host's disk holds of one person in one recording. */
async function tracksOf(host: Person, recordingId: string, participantId: string): Promise<TrackRow[]> {
  const tracks = await host.disk.tracks();
  return tracks.filter((track) => track.recordingId === recordingId && track.participantId === participantId);
}

/** Exactly this kind of this person is being written, with something in it; returns its row. */
async function isWritten(host: Person, recordingId: string, participantId: string, kind: Kind): Promise<TrackRow> {
  await expect
    .poll(
      async () => {
        const tracks = await tracksOf(host, recordingId, participantId);
        const read = tracks.map((track) => host.disk.openTrack(track).catch(() => Buffer.alloc(0)));
        const filled = (await Promise.all(read)).some(({ length }) => length > 50);
        return { kinds: [...new Set(tracks.map((track) => track.kind))], filled };
      },
      { timeout: 30_000 },
    )
    .toEqual({ kinds: [kind], filled: true });
  return (await tracksOf(host, recordingId, participantId))[0]!;
}

/** Nothing of this person was ever written in this recording. */
async function isAbsent(host: Person, recordingId: string, participantId: string): Promise<void> {
  expect(await tracksOf(host, recordingId, participantId)).toEqual([]);
}

/** Neither the database, nor a backup, nor the folder has anything of this track any more. */
async function isDestroyed(host: Person, { id, key, fileName }: TrackRow): Promise<void> {
  await expect
    .poll(async () => {
      const row = (await host.disk.tracks()).find((track) => track.id === id);
      return {
        phase: row?.phase,
        hasKey: row?.key !== null,
        hasFile: existsSync(pathOf(host, row?.fileName ?? fileName)),
      };
    })
    .toEqual({ phase: 'erased', hasKey: false, hasFile: false });
  expect((await host.disk.keysAnywhere()).filter((one) => one.equals(key!))).toEqual([]);
  expect(existsSync(pathOf(host, fileName))).toBe(false);
}

const pathOf = (host: Person, fileName: string) => join(host.disk.vaultDir, 'recordings', fileName);

const receiptOf = async (person: Person, recordingId: string, participantId: string) =>
  (await person.disk.receipts()).find((one) => one.recordingId === recordingId && one.participantId === participantId);

/** Every way in which somebody else could try to take this person's yes back, at the door where nobody is admitted. */
async function forgeWithdrawals(
  link: string,
  participantId: string,
  recordingId: string,
  kind: Kind,
  old: TravellingWithdrawal[],
) {
  const forger = await openForger(link);
  const withdrawal = {
    ...{ recordingId, participantId, kinds: [kind], scope: 'everything' as const, withdrawnAt: Date.now() },
  };
  forger.withdraw({ withdrawal, signature: forger.sign('consentWithdrawal', withdrawal) });
  for (const { withdrawal: genuine, signature } of old) {
    forger.withdraw({ withdrawal: { ...genuine, recordingId, participantId }, signature });
    forger.withdraw({ withdrawal, signature });
  }
  expect((await forger.leave()).map(({ type }) => type)).toEqual(['welcome']);
}

async function media(anna: Person, ...others: Person[]): Promise<void> {
  for (const one of others) {
    // By key: the question may lie over the buttons.
    for (const key of ['Control+D', 'Control+E']) await one.page.keyboard.press(key);
    await anna.sees(one);
  }
}

test('R2, R4 to R7: who says what, of which kind, and what the disk then holds', async ({ person }) => {
  test.setTimeout(600_000);
  const [anna, james, clara] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('James Miller'),
    person('Clara Vogt', { language: 'de' }),
  ]);
  const invite: InviteFacts = await anna.host('Matrix');
  await james.enter(anna, invite);
  await media(anna, james);
  const jamesId = await james.participantId();
  const genuine: TravellingWithdrawal[] = [];
  const talk = async (...people: Person[]) => {
    for (const one of people) await done(one.call('chat.send', { text: `Gruß von ${one.name}` }));
  };

  for (const kind of kinds) {
    const recordingId = await start(anna, `Ja, später, zurückgenommen: ${kind}`);
    let track: TrackRow | null = null;

    await test.step(`${kind}: yes`, async () => {
      await isAsked(james, recordingId);
      await talk(james);
      await isAbsent(anna, recordingId, jamesId);
      await answer(james, recordingId, only(kind));
      await talk(james);
      track = await isWritten(anna, recordingId, jamesId, kind);
    });

    let claraId = '';
    let lateTrack: TrackRow | null = null;
    await test.step(`${kind}: late`, async () => {
      await clara.enter(anna, invite);
      await media(anna, clara);
      claraId = await clara.participantId();
      await isAsked(clara, recordingId);
      await talk(clara, james);
      await isAbsent(anna, recordingId, claraId);
      await answer(clara, recordingId, only(kind));
      await talk(clara);
      lateTrack = await isWritten(anna, recordingId, claraId, kind);
      // Who was recorded before goes on (R5).
      expect((await tracksOf(anna, recordingId, jamesId)).map(({ phase }) => phase)).toContain('writing');
    });

    await test.step(`${kind}: withdrawn during`, async () => {
      const before = await tracksOf(anna, recordingId, claraId);
      const since = Date.now();
      await withdraw(clara, recordingId, kind);
      await expect.poll(async () => (await stateOf(anna))?.consents.at(-1)?.[kind]).toBe('withdrawn');
      test
        .info()
        .annotations.push({ type: `${kind}: ms from the click to the end`, description: `${Date.now() - since}` });
      for (const one of before) await isDestroyed(anna, one);
      await talk(clara);
      await isWritten(anna, recordingId, jamesId, kind);
      expect((await tracksOf(anna, recordingId, claraId)).every(({ phase }) => phase === 'erased')).toBe(true);
      genuine.push(...(await withdrawalsOf(clara, recordingId)));
      expect(lateTrack).not.toBeNull();
    });

    await test.step(`${kind}: forged withdrawal`, async () => {
      await forgeWithdrawals(invite.link, jamesId, recordingId, kind, genuine);
      await isWritten(anna, recordingId, jamesId, kind);
      expect((await receiptOf(anna, recordingId, jamesId))?.withdrawnKinds).toEqual([]);
    });

    await test.step(`${kind}: withdrawn after`, async () => {
      await done(anna.call('recording.stop'));
      await expect
        .poll(async () => (await tracksOf(anna, recordingId, jamesId)).map(({ phase }) => phase), { timeout: 60_000 })
        .toEqual(expect.arrayContaining(['final']));
      const final = (await tracksOf(anna, recordingId, jamesId)).filter(({ phase }) => phase === 'final');
      for (const one of final) expect((await anna.disk.openTrack(one)).length).toBeGreaterThan(50);
      await withdraw(james, recordingId, kind);
      for (const one of final) await isDestroyed(anna, one);
      expect(track).not.toBeNull();
    });

    await test.step(`${kind}: no, and no answer`, async () => {
      const second = await start(anna, `Nein und keine Antwort: ${kind}`, 15);
      await Promise.all([isAsked(james, second), isAsked(clara, second)]);
      await answer(james, second, none);
      await talk(james, clara);
      await expect
        .poll(async () => (await stateOf(anna))?.consents.map((one) => one[kind]), { timeout: 60_000 })
        .toEqual(['no', 'no', 'no']);
      expect((await stateOf(clara))?.given).toBe('time-ran-out');
      await talk(james, clara);
      await isAbsent(anna, second, jamesId);
      await isAbsent(anna, second, claraId);
      await done(anna.call('recording.stop'));
      for (const [one, id] of [
        [james, jamesId],
        [clara, claraId],
      ] as const) {
        const [there, here] = [await receiptOf(anna, second, id), await receiptOf(one, second, id)];
        expect(there).toEqual(here);
        expect(there?.hostSignature).toMatch(/^[\w-]{86}$/u);
        expect(there?.answerSignature).toMatch(/^[\w-]{86}$/u);
        expect(there?.decisions).toEqual(none);
      }
    });

    await clara.leave();
    await clara.backToStart();
  }

  // In the end nothing of anybody is left that was not agreed to, or was taken back.
  expect((await anna.disk.tracks()).filter(({ phase }) => phase !== 'erased')).toEqual([]);
  expect(await anna.disk.keysAnywhere()).toEqual([]);
  expect(await anna.disk.sealedFiles()).toEqual([]);
});

async function withdrawalsOf(person: Person, recordingId: string): Promise<TravellingWithdrawal[]> {
  return (await person.disk.withdrawals()).filter(({ withdrawal }) => withdrawal.recordingId === recordingId);
}
