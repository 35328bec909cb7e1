import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, passphrase, test } from '../support/person';

test('seeking in a recording of three hours', async ({ person }) => {
  const anna = await person('Anna Weber');
  await anna.quit();
  const move = { from: process.env.KONKLAVE_BENCH_VAULT, to: anna.disk.vaultDir, passphrase };
  const args = [process.env.KONKLAVE_BENCH_BUNDLE!, 'soak-move', JSON.stringify(move)];
  const trackId = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim();
  await anna.comeBack();
  await expect.poll(async () => (await anna.call('recordings.list')).ok).toBe(true);
  const times = await anna.page.evaluate(async (url) => {
    const video = document.createElement('video');
    video.muted = true;
    video.src = url;
    document.body.append(video);
    const once = (type: string) =>
      new Promise<void>((resolve, reject) => {
        video.addEventListener(type, () => resolve(), { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
      });
    await once('loadeddata');
    const measured: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const seeked = once('seeked');
      const started = performance.now();
      video.currentTime = Math.random() * (video.duration - 1);
      await seeked;
      measured.push(performance.now() - started);
    }
    return measured;
  }, `app://konklave/media/${trackId}`);
  expect(times).toHaveLength(100);
  writeFileSync(process.env.KONKLAVE_BENCH_RESULT!, JSON.stringify(times));
});
