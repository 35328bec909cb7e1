import type { RecordingDetail, RecordingSummary } from '../../common/recording/models';
import { expect, test } from '../support/person';

test('R22: the address of a track leads to it as long as it exists, and then to nothing', async ({ person }) => {
  const ada = await person('Ada');
  const { page } = ada;
  /** What our page gets for an address: status, length, and whether it may be kept. */
  const get = (url: string, range?: string) =>
    page.evaluate(
      async ([address, wanted]) => {
        const response = await fetch(address, wanted === undefined ? {} : { headers: { range: wanted } });
        const { headers, status } = response;
        const isStrict = headers.get('content-security-policy')?.includes("default-src 'none'") ?? false;
        return {
          status,
          bytes: (await response.arrayBuffer()).byteLength,
          kept: headers.get('cache-control'),
          isStrict,
        };
      },
      [url, range] as const,
    );

  const unknown = { status: 404, bytes: 0, kept: 'no-store', isStrict: true };
  expect(await get(`app://konklave/media/${'A'.repeat(22)}`)).toEqual(unknown);

  await ada.host('Diktat');
  await ada.turnOn('microphone');
  await ada.record({ own: ['audio'] });
  await ada.recordsFor(2);
  await ada.stopRecording();
  await ada.leave();
  await ada.backToStart();
  await ada.openLibrary();
  await ada.openRecording('Diktat');
  const { value: list } = (await ada.call('recordings.list')) as { value: RecordingSummary[] };
  const recordingId = list[0]?.id ?? '';
  const { value: detail } = (await ada.call('recordings.get', { recordingId })) as { value: RecordingDetail };
  const { url } = detail.tracks[0]!;
  expect(url).toMatch(/^app:\/\/konklave\/media\/[\w-]{22}$/u);
  const whole = await get(url);
  expect(whole).toMatchObject({ status: 200, kept: 'no-store', isStrict: true });
  expect(whole.bytes).toBeGreaterThan(1_000);
  expect(await get(url, 'bytes=0-99')).toMatchObject({ status: 206, bytes: 100 });
  // The end of an address is not a path, and a longer one is not a longer name.
  for (const address of [`${url}/`, `${url}A`, url.slice(0, -1), `${url}/../${url.slice(-22)}A`]) {
    expect(await get(address), address).toMatchObject({ status: 404, bytes: 0 });
  }

  await ada.deleteOpenRecording();
  expect(await get(url)).toEqual(unknown);
  expect(await get(url, 'bytes=0-99')).toEqual(unknown);
});
