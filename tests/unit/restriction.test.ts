import { noRequestLetters } from '../../main/recording/testing/noRequestLetters';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../common/errors';
import { commandNames } from '../../common/ipc/names';
import type { ChatHit, ChatMessage } from '../../common/meeting/models';
import type { PersonStanding } from '../../common/privacy/personStanding';
import type { RecordingDetail } from '../../common/recording/models';
import { ChatService } from '../../main/chat/chatService';
import { registerCommands, type CommandHandlers } from '../../main/ipc/registerCommands';
import { accessContent } from '../../main/privacy/access/accessDocument';
import { erasePerson } from '../../main/privacy/erasure/erasePerson';
import { erasurePlan } from '../../main/privacy/erasure/erasurePlan';
import { heldPeople } from '../../main/privacy/heldData';
import { registrationCommands } from '../../main/privacy/registrations/registrationCommands';
import { retentionOverview } from '../../main/privacy/retentionOverview';
import { retainedKinds } from '../../main/privacy/retainedKinds';
import { standingCommands } from '../../main/privacy/standingCommands';
import { Standings } from '../../main/privacy/standings';
import { cutTrack } from '../../main/recording/finalize/cutTrack';
import { finalizeTrack } from '../../main/recording/finalize/finalizeTrack';
import { RecordingService } from '../../main/recording/recordingService';
import { noDocuments } from '../../main/recording/testing/noDocuments';
import { TestTimers } from '../../main/recording/testing/testTimers';
import { createSigner, verifySignature } from '../../main/sessions/identity';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { knownPeople, texts } from '../support/knownPeople';

const day = 24 * 60 * 60 * 1_000;

/** As main/index.ts puts it together over a real vault; only time and the window are the test's. */
async function world() {
  const known = await knownPeople();
  const { vault, fixture } = known;
  const timers = new TestTimers();
  const target = join(temporaryFolder(), 'film.webm');
  const recordings = new RecordingService({
    requestLetters: noRequestLetters,
    environment: {
      vault: () => vault,
      signer: () => createSigner(vault.profile.identity()),
      verify: verifySignature,
      ...{
        now: () => fixture.clock.now,
        timers,
        language: () => 'de' as const,
        neverRecordMe: () => false,
        random: randomBytes,
      },
      log: { info: () => undefined, error: () => undefined },
    },
    ...{ runFinalize: finalizeTrack, runCut: (job) => cutTrack(job), cutProgress: () => undefined },
    ...{ documents: noDocuments, withdrawalsSeenUntil: { get: () => 0, set: () => undefined } },
    exportPorts: { chooseFile: async () => target, reveal: () => undefined },
    ...{ exportExtension: 'webm', recordingChanged: () => undefined, recordingsChanged: () => undefined },
  });
  const chat = new ChatService({
    vault: () => vault,
    ...{ clock: () => fixture.clock.now, newId: () => '', onMessage: () => undefined, report: () => undefined },
  });
  const standings = new Standings({
    vault: () => vault,
    ...{ now: () => fixture.clock.now, newId: () => randomBytes(16).toString('base64url') },
    objectionsChanged: () => recordings.handleObjections(),
    restrictionsChanged: () => void recordings.handleRestrictions(),
    changed: () => undefined,
  });
  const listeners = new Map<string, (event: never, request: unknown) => Promise<Result<unknown>>>();
  registerCommands(
    { handle: (channel, listener) => void listeners.set(channel, listener as never) },
    {
      ...(Object.fromEntries(commandNames.map((name) => [name, () => undefined])) as unknown as CommandHandlers),
      ...recordings.commands,
      ...standingCommands(standings),
      ...registrationCommands({ vault: () => vault, documents: noDocuments }),
      'chat.history': ({ meetingId }) => chat.history(meetingId),
      'chat.search': ({ query }) => chat.search(query),
      'meetings.delete': ({ meetingId }) => vault.meetings.delete(meetingId),
    },
    () => true,
  );
  /** As the window, or somebody who has taken it over, calls. */
  const call = async <Value>(name: string, request?: unknown) =>
    (await listeners.get(`konklave:${name}`)!({ senderFrame: null } as never, request)) as Result<Value>;
  const codeOf = async (name: string, request?: unknown) => {
    const result = await call(name, request);
    return result.ok ? 'ok' : result.error.code;
  };
  const value = async <Value>(name: string, request?: unknown) => {
    const result = await call<Value>(name, request);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  const retained = retainedKinds({
    vault: () => vault,
    deleteRecording: (id) => recordings.library.eraseExpired(id),
    deleteMeeting: (id) => vault.meetings.delete(id, 'retention'),
  });
  return {
    ...{ ...known, recordings, call, codeOf, value, target },
    /** What the player gets for a track; nothing of it is read. */
    statusOf: async (trackId: string, range: string | null = null) => {
      const response = await recordings.mediaResponse(trackId, range);
      await response.body?.cancel();
      return response.status;
    },
    restrict: () => call('rights.restrict', { identityKey: known.ben.signer.publicKey, ground: 'accuracy' }),
    lift: () => call('rights.liftRestriction', { identityKey: known.ben.signer.publicKey, told: true }),
    /** A round of retention after so many days; never throws. */
    after: async (days: number) => {
      fixture.clock.now += days * day;
      for (const { due } of retained) for (const step of due(fixture.clock.now)) await step();
    },
  };
}

type World = Awaited<ReturnType<typeof world>>;
const trackOf = ({ tracks }: World, { signer }: World['ben'], kind = 'audio') =>
  tracks.find(({ track }) => track.identityKey === signer.publicKey && track.kind === kind)!.track;
const fileIsThere = ({ vault }: World, fileName: string) => existsSync(join(vault.recordingsFolder, fileName));

describe('R22: data that may only be stored (Art. 18 GDPR)', () => {
  test('is not played, also not on from a moment ago; what is of others plays', async () => {
    const here = await world();
    const { recordings, ben, cleo } = here;
    const own = trackOf(here, ben).id;
    const begun = await recordings.mediaResponse(own, null);
    const reader = begun.body!.getReader();
    await here.restrict();
    await expect(reader.read()).rejects.toThrow();
    for (const range of [null, 'bytes=0-', 'bytes=5-9']) {
      expect(await here.statusOf(own, range)).toBe(403);
    }
    expect(await here.statusOf(trackOf(here, cleo).id)).toBe(200);
    await here.lift();
    expect(await here.statusOf(own)).toBe(200);
  });

  test('is not in what player, film and search are made from; the person is named, and why', async () => {
    const here = await world();
    const { value, recording, ben, cleo, both } = here;
    await here.restrict();
    const detail = await value<RecordingDetail>('recordings.get', { recordingId: recording.id });
    expect(detail.tracks.map(({ participantId }) => participantId)).toEqual([cleo.id]);
    expect(detail.chat).toEqual([]);
    const flags = detail.people.map(({ participantId, restricted }) => [participantId, restricted ?? false]);
    expect(flags).toEqual([
      [ben.id, true],
      [cleo.id, false],
    ]);
    const lines = await value<readonly ChatMessage[]>('chat.history', { meetingId: both });
    expect(lines.map(({ text, restricted }) => [text, restricted ?? false])).toEqual([
      ['', true],
      [texts.cleo, false],
    ]);
    const hits = async (query: string) => (await value<readonly ChatHit[]>('chat.search', { query })).length;
    expect(await hits('seven')).toBe(0);
    expect(await hits('agreed')).toBe(1);
    await here.lift();
    expect(await hits('seven')).toBe(1);
  });

  test('is not cut or deleted by hand, whatever the window asks for', async () => {
    const here = await world();
    const { codeOf, recording, both, second, vault } = here;
    const range = { recordingId: recording.id, fromMs: 1_000, toMs: 2_000 };
    const prepared = await here.value<{ cutId: string }>('recordings.prepareCut', range);
    await here.restrict();
    // What was prepared before is given up, and nothing new is prepared.
    expect(await codeOf('recordings.cut', { cutId: prepared.cutId })).toBe('recording/changed');
    expect(await codeOf('recordings.prepareCut', range)).toBe('privacy/restricted');
    expect(() => vault.recordings.cut(recording.id, { fromMs: 0, toMs: 1, cutAt: 1 }, [])).toThrow(
      'privacy/restricted',
    );
    expect(await codeOf('recordings.delete', { recordingId: recording.id })).toBe('privacy/restricted');
    for (const meetingId of [both, second]) {
      expect(await codeOf('meetings.delete', { meetingId })).toBe('privacy/restricted');
    }
    expect(vault.chat.history(both)).toHaveLength(2);
    expect(fileIsThere(here, trackOf(here, here.ben).fileName)).toBe(true);
  });

  test('does not leave in a film that was being written', async () => {
    const here = await world();
    const { value, codeOf, recording } = here;
    const { exportId } = await value<{ exportId: string }>('export.begin', {
      ...{ recordingId: recording.id, language: 'en' },
    });
    const piece = { exportId, position: 0, bytes: new Uint8Array([1]) };
    expect(await codeOf('export.write', piece)).toBe('ok');
    await here.restrict();
    await expect.poll(() => codeOf('export.write', piece)).toBe('export/unknown');
    expect(await codeOf('export.finish', { exportId })).toBe('export/unknown');
    expect(existsSync(here.target)).toBe(false);
  });

  test('stays when its time is over, while that of others goes; and goes itself once it is lifted', async () => {
    const here = await world();
    const { vault, ben, cleo, recording, both, second } = here;
    await here.restrict();
    await here.after(15);
    expect(vault.recordings.trackKey(trackOf(here, cleo).id)).toBeNull();
    expect(fileIsThere(here, trackOf(here, cleo).fileName)).toBe(false);
    for (const kind of ['audio', 'chat']) {
      expect(vault.recordings.trackKey(trackOf(here, ben, kind).id)).not.toBeNull();
      expect(fileIsThere(here, trackOf(here, ben, kind).fileName)).toBe(true);
    }
    await here.after(5 * 365);
    expect(vault.chat.history(both).map(({ senderKey }) => senderKey)).toEqual([ben.signer.publicKey]);
    expect(vault.chat.history(second)).toHaveLength(1);
    const kept = heldPeople(vault).filter(({ isSelf }) => !isSelf);
    expect(kept.map(({ identityKey }) => identityKey)).not.toContain(ada(here));
    const { items } = kept.find(({ identityKey }) => identityKey === ben.signer.publicKey)!;
    const all = ['chat', 'chat', 'consent', 'contact', 'meeting', 'meeting', 'recording'];
    expect(items.map(({ kind }) => kind).sort((a, b) => a.localeCompare(b))).toEqual(all);
    expect(new Set(items.map(({ until }) => until))).toEqual(new Set([null]));
    // Nothing more to do until then: each erasure would renew the backups.
    const logged = vault.deletionLog.count();
    await here.after(1);
    expect(vault.deletionLog.count()).toBeLessThanOrEqual(logged);
    await here.lift();
    await here.after(1);
    await here.after(1);
    expect(heldPeople(vault).filter(({ isSelf }) => !isSelf)).toEqual([]);
    expect(vault.recordings.get(recording.id)).toBeNull();
    expect(fileIsThere(here, trackOf(here, ben).fileName)).toBe(false);
  });

  test('keeps its proofs of consent, registration and acknowledgement, while those of others go', async () => {
    const here = await world();
    const { vault, ben, cleo, both, recording } = here;
    const keys = [ben.signer.publicKey, cleo.signer.publicKey];
    const facts = {
      ...{ controllerName: 'Ada', controllerContact: '', relay: null, iceServers: [], employees: false },
      ...{ officerContact: '', chatRetentionDays: 30, recordingRetentionDays: 14, registration: null },
    };
    const { version } = vault.notices.versionOf(facts);
    for (const identityKey of keys) {
      vault.notices.acknowledge(both, identityKey, version.number, here.now);
      vault.registrations.add({
        ...{ meetingId: both, identityKey, name: 'x', title: 'Talk', registeredAt: here.now, retentionDays: 30 },
        answers: [{ id: 'email', question: null, text: 'x@example.org' }],
      });
    }
    // So that the receipts are not kept because of it.
    vault.recordings.delete(recording.id);
    await here.restrict();
    const listed = await here.value<{ received: readonly { identityKey: string }[] }>('registrations.ofMeeting', {
      meetingId: both,
    });
    expect(listed.received.map(({ identityKey }) => identityKey)).toEqual([keys[1]]);
    const left = () => ({
      receipts: vault.receipts.all().map(({ identityKey }) => identityKey),
      registrations: vault.registrations.all().map(({ identityKey }) => identityKey),
      acknowledged: vault.notices.acknowledgementsIn(both).map(({ identityKey }) => identityKey),
    });
    await here.after(5 * 365);
    expect(left()).toEqual({ receipts: [keys[0]], registrations: [keys[0]], acknowledged: [keys[0]] });
    const { kinds } = retentionOverview(vault, null);
    for (const kind of ['receipt', 'registration', 'contact'] as const) {
      expect(kinds[kind]).toMatchObject({ count: 1, upcoming: [] });
    }
    await here.lift();
    await here.after(1);
    expect(left()).toEqual({ receipts: [], registrations: [], acknowledged: [] });
  });

  test('is in the answer to an access request, is erased when the person asks, and taken back by them', async () => {
    const here = await world();
    const { vault, ben, now, recording } = here;
    await here.restrict();
    const { publicKey } = ben.signer;
    const content = accessContent(vault, publicKey, now)!;
    expect(content.document.chat).toHaveLength(2);
    expect(content.media).toHaveLength(2);
    vault.recordings.eraseTracks([trackOf(here, ben, 'chat').id], 'withdrawn');
    const person = heldPeople(vault).find(({ identityKey }) => identityKey === publicKey)!;
    const plan = erasurePlan(vault, person, { keepProofs: false, runningMeeting: null });
    expect(plan.stays).toEqual([]);
    await erasePerson(vault, person, plan, now);
    expect(heldPeople(vault).map(({ identityKey }) => identityKey)).not.toContain(publicKey);
    expect(vault.restrictions.keys().size).toBe(0);
    // What is left of the others is free again.
    expect(await here.codeOf('recordings.delete', { recordingId: recording.id })).toBe('ok');
  });

  test('is restricted on after an erasure for what is on hold', async () => {
    const here = await world();
    const { vault, ben, now, recording } = here;
    await here.restrict();
    vault.holds.set({ kind: 'recording', id: recording.id, reason: 'lawsuit', since: now });
    const person = heldPeople(vault).find(({ identityKey }) => identityKey === ben.signer.publicKey)!;
    const plan = erasurePlan(vault, person, { keepProofs: false, runningMeeting: null });
    expect(plan.stays.map(({ kind, because }) => `${kind} ${because}`).sort()).toEqual([
      'consent hold',
      'contact restricted',
      'recording hold',
    ]);
    await erasePerson(vault, person, plan, now);
    expect(await here.statusOf(trackOf(here, ben).id)).toBe(403);
  });

  test('is lifted only by somebody who says that the person knows (Art. 18 (3) GDPR), and not for oneself', async () => {
    const here = await world();
    const { codeOf, ben, vault } = here;
    const identityKey = ben.signer.publicKey;
    expect(await codeOf('rights.liftRestriction', { identityKey, told: true })).toBe('privacy/not-found');
    expect(await codeOf('rights.restrict', { identityKey, ground: 'because' })).toBe('ipc/invalid');
    expect(await codeOf('rights.restrict', { identityKey: ada(here), ground: 'claims' })).toBe('privacy/self');
    expect(await codeOf('rights.restrict', { identityKey: 'A'.repeat(43), ground: 'claims' })).toBe(
      'privacy/not-found',
    );
    await here.restrict();
    for (const request of [{ identityKey }, { identityKey, told: false }]) {
      expect(await codeOf('rights.liftRestriction', request)).toBe('ipc/invalid');
    }
    expect(vault.restrictions.of(identityKey)).not.toBeNull();
    const standing = await here.value<PersonStanding>('rights.of', { identityKey });
    expect(standing.restriction).toEqual({ ground: 'accuracy', since: here.now });
  });
});

function ada({ vault }: World): string {
  return vault.profile.get().identityKey;
}
