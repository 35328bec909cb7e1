import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Decisions, RecordingKind } from '../../common/consent/models';
import { limits } from '../../common/meeting/limits';
import { probeBytes } from '../support/media';
import { expect, test, type Person } from '../support/person';
import type { TrackRow } from '../support/profile';

const run = promisify(execFile);
const day = 24 * 60 * 60 * 1000;

/** What the host's dialog asks main for. */
const wish = (kinds: readonly RecordingKind[], own: Decisions, changes: object = {}) => ({
  ...{
    purpose: 'Protokoll',
    templateId: null,
    retentionDays: 14,
    kinds,
    policy: 'those-who-agree',
    own,
    language: 'de',
  },
  ...{ answerSeconds: 120, clipRetentionDays: kinds.includes('clip') ? 90 : null, pauseForDecliners: false },
  ...changes,
});
const yes = (...kinds: RecordingKind[]): Decisions => ({
  ...{ audio: false, video: false, chat: false, clip: false },
  ...Object.fromEntries(kinds.map((kind) => [kind, true])),
});
const card = (person: Person) => person.page.getByTestId('clip');
const standing = async (host: Person, kind: RecordingKind): Promise<readonly TrackRow[]> =>
  (await host.disk.tracks()).filter((track) => track.kind === kind && track.phase !== 'erased');
const until = { timeout: 30_000 };

test('a consent clip is a track of its own, with its own yes, and stays when sound and picture are taken back', async ({
  person,
}) => {
  const [anna, james, carla] = await Promise.all([
    person('Anna Weber', { language: 'de' }),
    person('James Miller'),
    person('Carla Conti'),
  ]);
  const invite = await anna.host('Beratung Berger');
  await james.enter(anna, invite);
  await carla.enter(anna, invite);
  await Promise.all([james.turnOn('microphone', 'camera'), carla.turnOn('microphone')]);
  await anna.sees(james);
  const [annaId, jamesId, carlaId] = await Promise.all([anna, james, carla].map((one) => one.participantId()));

  const own = yes('audio', 'clip');
  await anna.call('recording.start', wish(['audio', 'video', 'chat', 'clip'], own));
  await expect(anna.recordingStrip()).toBeVisible();
  const recordingId = await anna.recordingId();
  const answer = (who: Person, decisions: Decisions) =>
    who.call('consent.answer', { recordingId, decisions, language: 'en' });

  await test.step('it waits for whoever is silent and unseen, and says so', async () => {
    await expect(card(anna)).toContainText(anna.t('clip.devices'));
    await expect(card(anna)).toContainText('Zweck: Protokoll');
    expect(await standing(anna, 'clip')).toEqual([]);
    await expect(card(james)).toBeHidden();
  });

  await test.step('it begins with the yes, and the person is told what to say while it runs', async () => {
    await answer(carla, yes('audio', 'video'));
    await answer(james, yes('audio', 'video', 'clip'));
    await expect(card(james)).toContainText(james.t('clip.recording'));
    await expect(card(james)).toContainText('I, James Miller, agree that Anna Weber records me');
    expect((await standing(anna, 'clip')).map(({ participantId }) => participantId)).toEqual([jamesId]);
    await card(anna)
      .getByRole('button', { name: anna.t('room.switchMicrophoneOn') })
      .click();
    await expect(card(anna)).toContainText(anna.t('clip.recording'));
    await Promise.all([anna, james].map((one) => expect(card(one)).toBeHidden({ timeout: 20_000 })));
    await expect(james.page.getByText(james.t('clip.made'))).toBeVisible();
    await expect(card(carla)).toBeHidden();
  });

  await test.step('of each person one, and of nobody without that very yes, whatever the window asks for', async () => {
    const open = (participantId: string | undefined) =>
      anna.call('recording.openTrack', {
        recordingId,
        participantId,
        kind: 'clip',
        mimeType: 'video/webm;codecs=vp8,opus',
      });
    expect(await open(carlaId)).toEqual({ ok: false, error: { code: 'recording/no-consent' } });
    expect(await open(jamesId)).toEqual({ ok: false, error: { code: 'recording/clip-made' } });
  });

  const first = (await standing(anna, 'clip')).find(({ participantId }) => participantId === jamesId)!;
  await test.step('it stays when sound and picture are taken back', async () => {
    expect((await standing(anna, 'audio')).map(({ participantId }) => participantId)).toContain(jamesId);
    await james.call('consent.withdraw', { recordingId, kinds: ['audio', 'video'], scope: 'everything' });
    const left = async () =>
      (await anna.disk.tracks()).filter(({ participantId, key }) => participantId === jamesId && key !== null);
    await expect.poll(async () => (await left()).map(({ kind }) => kind), until).toEqual(['clip']);
  });

  await anna.stopRecording();
  await expect.poll(async () => (await anna.disk.recordings())[0]?.phase, until).toBe('ready');

  await test.step('on the disk each is one sealed file, of a clip’s length', async () => {
    const clips = await standing(anna, 'clip');
    expect(new Set(clips.map(({ participantId }) => participantId))).toEqual(new Set([annaId, jamesId]));
    expect(clips).toHaveLength(2);
    for (const clip of clips) {
      expect(clip.phase).toBe('final');
      const { streams, duration } = await probeBytes(await anna.disk.openTrack(clip));
      const codecs = streams.map(({ codec }) => codec).sort();
      expect(codecs).toEqual(clip.participantId === jamesId ? ['opus', 'vp8'] : ['opus']);
      expect(duration).toBeGreaterThan(limits.clipSeconds - 2);
      expect(duration).toBeLessThan(limits.clipSeconds + 1);
    }
    // It began before anything else of that person did.
    const others = (await anna.disk.tracks()).filter((one) => one.participantId === jamesId && one.kind !== 'clip');
    expect(Math.min(...others.map(({ offsetMs }) => offsetMs))).toBeGreaterThan(first.offsetMs - 300);
    expect(others.length).toBeGreaterThan(0);
  });

  await test.step('it is listed and plays beside the recording', async () => {
    await anna.leave();
    await anna.backToStart();
    await anna.openLibrary();
    await anna.openRecording('Beratung Berger');
    const clips = anna.page.getByRole('region', { name: anna.t('clip.section') });
    await clips.getByRole('button', { name: anna.t('clip.play', { name: 'James Miller' }) }).click();
    const video = clips.locator('video');
    await expect
      .poll(() => video.evaluate(({ currentTime }: HTMLVideoElement) => currentTime), until)
      .toBeGreaterThan(0.5);
    expect(await video.evaluate(({ videoWidth }: HTMLVideoElement) => videoWidth)).toBeGreaterThan(0);
    const { value } = await anna.call('recordings.get', { recordingId });
    const detail = value as { tracks: { kind: string }[]; clipsUntil: number; deleteAfter: number };
    expect(detail.tracks.map(({ kind }) => kind)).not.toContain('clip');
    expect(detail.clipsUntil - detail.deleteAfter).toBe((90 - 14) * day);
  });

  await test.step('taken back, its key and its file are gone', async () => {
    await anna.call('consent.withdraw', { recordingId, kinds: ['clip'], scope: 'everything' });
    await expect.poll(async () => (await standing(anna, 'clip')).map((one) => one.participantId)).toEqual([jamesId]);
    const gone = (await anna.disk.tracks()).find((one) => one.kind === 'clip' && one.participantId === annaId)!;
    expect(gone.key).toBeNull();
    await expect.poll(async () => (await anna.disk.sealedFiles()).map(({ name }) => name)).not.toContain(gone.fileName);
    await expect(anna.page.getByRole('button', { name: anna.t('clip.play', { name: 'Anna Weber' }) })).toBeHidden();
  });
});

/** Where nothing at all is heard for three seconds and longer, in seconds. */
async function silences(bytes: Uint8Array): Promise<readonly (readonly [from: number, to: number])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'konklave-silences-'));
  try {
    const file = join(folder, 'sound');
    await writeFile(file, bytes);
    const filter = 'silencedetect=noise=-90dB:d=3';
    const { stderr } = await run('ffmpeg', ['-hide_banner', '-i', file, '-af', filter, '-f', 'null', '-']);
    return [...stderr.matchAll(/silence_end: ([\d.]+) \| silence_duration: ([\d.]+)/gu)].map(
      ([, end, length]) => [Number(end) - Number(length), Number(end)] as const,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('while somebody speaks who declined their sound, nobody’s sound is recorded', async ({ person }) => {
  const folder = await mkdtemp(join(tmpdir(), 'konklave-voice-'));
  try {
    // Each their own voice: of the same one from two sides, echo cancellation would take one for the echo of the other.
    const voiceOf = async (name: string, frequency: number, speaks = '1') => {
      const file = join(folder, `${name}.wav`);
      const wave = `0.5*sin(2*PI*${frequency}*t)*(0.5+0.5*sin(2*PI*4*t))*(${speaks})`;
      await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `aevalsrc='${wave}':s=48000:d=20`, file]);
      return { audioFile: file };
    };
    const [anna, james, carla] = await Promise.all([
      person('Anna Weber', { language: 'de', ...(await voiceOf('anna', 440)) }),
      person('James Miller', await voiceOf('james', 700)),
      // Four seconds of speech, six of silence, over and over.
      person('Carla Conti', await voiceOf('carla', 300, 'lt(mod(t,10),4)')),
    ]);
    const invite = await anna.host('Beratung Berger');
    await james.enter(anna, invite);
    await carla.enter(anna, invite);
    await Promise.all([anna, james, carla].map((one) => one.turnOn('microphone')));

    const paused = (one: Person) => one.page.getByTestId('sound-paused');
    const record = async (pauseForDecliners: boolean) => {
      const own = { audio: true };
      await anna.call('recording.start', wish(['audio'], own, { pauseForDecliners, purpose: `${pauseForDecliners}` }));
      const recordingId = await anna.recordingId();
      const answers = [
        [james, true],
        [carla, false],
      ] as const;
      for (const [who, audio] of answers) {
        await who.call('consent.answer', { recordingId, decisions: { audio }, language: 'en' });
      }
      return recordingId;
    };
    const soundOf = async (recordingId: string) => {
      await anna.stopRecording();
      const ofIt = async () => (await anna.disk.recordings()).find(({ id }) => id === recordingId)?.phase;
      await expect.poll(ofIt, until).toBe('ready');
      return (await anna.disk.tracks()).filter((track) => track.recordingId === recordingId);
    };

    const kept = await record(true);
    for (let spoken = 0; spoken < 2; spoken += 1) {
      await Promise.all([anna, james].map((one) => expect(paused(one)).toContainText('Carla Conti', until)));
      await expect(paused(carla)).toBeHidden();
      await Promise.all([anna, james].map((one) => expect(paused(one)).toBeHidden(until)));
    }
    const tracks = await soundOf(kept);
    expect(tracks).toHaveLength(2);
    for (const track of tracks) {
      const found = await silences(await anna.disk.openTrack(track));
      // As long as the voice and a moment after it, shorter than the ten seconds from one to the next.
      const spoken = found.filter(([from, to]) => to - from < 9);
      expect(spoken.length, `in ${track.participantId}: ${JSON.stringify(found)}`).toBeGreaterThanOrEqual(1);
    }

    // The same without that promise: the same voice leaves no silence.
    const whole = await record(false);
    await anna.recordsFor(12);
    await expect(paused(anna)).toBeHidden();
    for (const track of await soundOf(whole)) {
      expect(await silences(await anna.disk.openTrack(track))).toEqual([]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
