import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { probe } from '../support/media';
import { agreed, expect, test, type Person } from '../support/person';
import { portraits, writePortrait } from '../support/portrait';
import type { TrackRow } from '../support/profile';

const output = process.env.KONKLAVE_DEMO_OUTPUT ?? join('test-results', 'demo');
const title = 'Beratung Miller';

test('demo', async ({ person }, testInfo) => {
  mkdirSync(output, { recursive: true });
  const show = gallery();
  const facts: string[] = [];
  const { step } = test;

  const portrait = (name: keyof typeof portraits): string => {
    const file = testInfo.outputPath(`${name}.y4m`);
    writePortrait(file, portraits[name]);
    return file;
  };
  const [anna, james] = await step('Anna Weber (host, German) and James Miller (guest, English) start Konklave', () =>
    Promise.all([
      person('Anna Weber', {
        language: 'de',
        contact: 'datenschutz@kanzlei-weber.example',
        videoFile: portrait('anna'),
      }),
      person('James Miller', { language: 'en', videoFile: portrait('james') }),
    ]),
  );
  await show(anna, 'host-start');
  await show(james, 'guest-start');

  const invite = await step('Anna opens a room and gets an invitation', async () => {
    const invitation = await anna.host(title);
    expect(invitation.link).toMatch(/^konklave:/u);
    return invitation;
  });
  await show(anna, 'host-invite');

  await step('James follows the link: who invites, what happens to his data, devices off', async () => {
    await james.openLink(invite.link);
    await expect(james.heading(james.t('join.invites', { host: anna.name }))).toBeVisible();
    await show(james, 'guest-preview');
  });

  await step('James knocks and waits at the door; Anna hears it', async () => {
    await anna.turnOn('microphone', 'camera');
    await james.knock();
    await expect(anna.button(anna.t('room.admitName', { name: james.name }))).toBeVisible();
    await show(james, 'guest-lobby');
    await show(anna, 'host-knock');
  });

  const firstFrameMs = await step('Anna lets him in; her picture appears on his screen', async () => {
    const appeared = whenPictureOf(anna, james);
    const admitted = Date.now();
    await anna.admit(james);
    return (await appeared) - admitted;
  });
  facts.push(`first remote picture  ${firstFrameMs} ms after Anna pressed "Admit"`);

  await step('Both see each other, end-to-end encrypted', async () => {
    await james.turnOn('microphone', 'camera');
    await Promise.all([anna.sees(james), james.sees(anna), anna.isConnected(), james.isConnected()]);
  });
  await show(anna, 'host-room');
  await show(james, 'guest-room');

  await step('They write to each other', async () => {
    await anna.say('Guten Tag, Herr Miller. Hören Sie mich gut?');
    await james.reads('Guten Tag, Herr Miller. Hören Sie mich gut?');
    await james.say('Good morning, I can hear you well.');
    await anna.reads('Good morning, I can hear you well.');
  });
  await show(james, 'guest-chat');

  const first = await step('Anna asks to record; James is asked in his language, with nothing ticked', async () => {
    await anna.openRecordDialog();
    await show(anna, 'host-record');
    await anna.page.keyboard.press('Escape');
    await anna.record({ purpose: 'Protokoll der Beratung', own: ['audio', 'video', 'chat'] });
    await expect(james.consentDialog(anna)).toBeVisible();
    await expect(james.consentDialog(anna).getByRole('switch', { checked: true })).toHaveCount(0);
    await show(james, 'guest-consent');
    return anna.recordingId();
  });
  const jamesInFirst = await james.participantId();

  await step('James says yes to sound, picture and chat; only now is anything of him written', async () => {
    const early = (await anna.disk.tracks()).filter(({ participantId }) => participantId === jamesInFirst);
    expect(early, 'nothing of James before his yes').toEqual([]);
    await james.answer(anna, 'yes', ['audio', 'video', 'chat']);
    await Promise.all([
      anna.seesInRecording(james, ['audio', 'video', 'chat']),
      james.seesInRecording(anna, ['audio', 'video', 'chat']),
    ]);
    await james.say('This may go into the minutes.');
  });

  await step('Ten seconds are recorded', () => anna.recordsFor(10));
  await show(anna, 'host-recording');
  await show(james, 'guest-recording');

  await step('Anna stops the recording and ends the meeting', async () => {
    await anna.stopRecording();
    await expect(james.recordingStrip()).toBeHidden();
    await anna.leave();
    await expect(james.heading(james.t('join.endedByHost'))).toBeVisible();
    await show(james, 'guest-ended');
    await Promise.all([anna.backToStart(), james.backToStart()]);
  });

  await step('The recording stands in the library and plays', async () => {
    await anna.openLibrary();
    await expect(anna.recordingRows(title)).toBeEnabled();
    await show(anna, 'host-library');
    await anna.openRecording(title);
    await anna.play();
    await expect.poll(async () => (await anna.position()).at).toBeGreaterThanOrEqual(3);
    await show(anna, 'host-player');
  });

  const film = join(output, 'recording.webm');
  await step('Anna exports it as one film', async () => {
    await anna.exportTo(film);
    await show(anna, 'host-export');
    await anna.button(anna.t('common.done')).click();
  });

  await step('ffprobe finds one picture and one sound stream of the right length', async () => {
    const { duration, streams } = await probe(film);
    const { of: length } = await anna.position();
    expect(streams.map(({ kind }) => kind).sort()).toEqual(['audio', 'video']);
    expect(Math.abs((duration ?? 0) - length), `${duration} s of ${length} s`).toBeLessThan(1.5);
    const described = streams.map(({ codec, size }) => [codec, size].filter(Boolean).join(' ')).join(', ');
    facts.push(
      `exported film         recording.webm, ${await sizeOf(film)}; ffprobe: ${described}, ${duration?.toFixed(1)} s`,
    );
  });

  const second = await step('They meet again; this time James declines to be recorded', async () => {
    await anna.button(anna.t('start.nav')).click();
    await james.enter(anna, await anna.host(title));
    await Promise.all([anna.turnOn('microphone', 'camera'), james.turnOn('microphone', 'camera')]);
    await anna.record({ purpose: 'Protokoll der Beratung', own: ['audio', 'video', 'chat'] });
    await james.answer(anna, 'no');
    return anna.recordingId();
  });
  const jamesInSecond = await james.participantId();

  await step('He stays, is seen and heard, writes, and is not in the recording', async () => {
    await Promise.all([anna.seesInRecording(james, []), james.seesInRecording(james, [])]);
    await james.say('I stay, off the record.');
    await anna.reads('I stay, off the record.');
    await anna.sees(james);
    await anna.recordsFor(5);
    await show(anna, 'host-declined');
    await show(james, 'guest-declined');
    await anna.stopRecording();
    await anna.leave();
  });

  await step('Proof from the disk: the declined recording holds no track of James', async () => {
    await expect
      .poll(async () => (await anna.disk.recordings()).map(({ phase }) => phase), { timeout: 60_000 })
      .toEqual(['ready', 'ready']);
    const tracks = await anna.disk.tracks();
    const files = await anna.disk.sealedFiles();
    const of = (recordingId: string, participantId: string) =>
      tracks.filter((track) => track.recordingId === recordingId && track.participantId === participantId);
    const kinds = (rows: readonly TrackRow[]) => rows.map(({ kind }) => kind).sort();

    expect(kinds(of(first, jamesInFirst)), 'the recording he agreed to holds him').toEqual(['audio', 'chat', 'video']);
    const inSecond = tracks.filter(({ recordingId }) => recordingId === second);
    expect(inSecond.length, 'the declined recording holds Anna').toBeGreaterThan(0);
    expect(kinds(of(second, jamesInSecond)), 'the declined recording holds nothing of him').toEqual([]);
    const known = new Set(tracks.map(({ fileName }) => fileName));
    expect(
      files.filter(({ name }) => !known.has(name)),
      'no file that belongs to nobody',
    ).toEqual([]);
    expect(await anna.disk.filesContaining('off the record'), 'nothing in the clear').toEqual([]);
    for (const { disk } of [anna, james]) {
      const refusal = (await disk.receipts()).find((one) => one.recordingId === second && one.name === james.name);
      expect(agreed(refusal!.decisions), 'both hold his signed refusal').toEqual([]);
      expect(refusal!.hostSignature).not.toBeNull();
    }

    const describe = (rows: readonly TrackRow[]) =>
      rows.map(({ kind, bytes }) => `${kind} ${kilobytes(bytes)}`).join(', ') || 'nothing';
    const annaIn = (recordingId: string, guest: string) =>
      tracks.filter((track) => track.recordingId === recordingId && track.participantId !== guest);
    facts.push(
      `sealed files          ${files.length}, ${kilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0))} in all, each with a key of its own`,
      `agreed recording      Anna: ${describe(annaIn(first, jamesInFirst))}`,
      `                      James: ${describe(of(first, jamesInFirst))}`,
      `declined recording    Anna: ${describe(annaIn(second, jamesInSecond))}`,
      `                      James: ${describe(of(second, jamesInSecond))} (0 tracks, 0 files; his signed refusal is on both disks)`,
    );
  });

  await test.info().attach('summary', { body: facts.map((fact) => `  ${fact}`).join('\n') });
});

/** Saves pictures of the screens, numbered in the order in which they were taken. */
function gallery(): (person: Person, name: string) => Promise<void> {
  let count = 0;
  return async ({ page }, name) => {
    count += 1;
    await page.screenshot({
      animations: 'disabled',
      path: join(output, `${String(count).padStart(2, '0')}-${name}.png`),
    });
  };
}

/** When the first picture of `other` that is not black is on the screen of `viewer`, in milliseconds since 1970. */
async function whenPictureOf(other: Person, viewer: Person): Promise<number> {
  return viewer.page.evaluate(
    (label) =>
      new Promise<number>((resolve) => {
        const canvas = new OffscreenCanvas(16, 9);
        const context = canvas.getContext('2d')!;
        const look = (): void => {
          const video = document.querySelector<HTMLVideoElement>(`video[aria-label=${JSON.stringify(label)}]`);
          if (video !== null && video.videoWidth > 0) {
            context.drawImage(video, 0, 0, 16, 9);
            const { data } = context.getImageData(0, 0, 16, 9);
            if (data.some((value, index) => index % 4 !== 3 && value > 40)) {
              resolve(Date.now());
              return;
            }
          }
          requestAnimationFrame(look);
        };
        look();
      }),
    viewer.t('room.pictureOf', { name: other.name }),
  );
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;
const sizeOf = async (path: string) => kilobytes((await stat(path)).size);
