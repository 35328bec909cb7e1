import { join } from 'node:path';
import { DomainError } from '../../common/errors';
import type { StoredTrack } from '../vault/repositories';
import { SealedReader } from '../vault/sealed/sealedReader';
import { parseByteRange } from './byteRange';
import type { RecordingEnvironment } from './environment';

/** How much is decrypted at a time, in bytes. */
const sliceBytes = 262_144;

/**
 * The decrypted bytes of a track for the window's player, with HTTP range semantics (200, 206, 416). Decrypts slice by
 * slice as the player takes them, and stops as soon as the track is erased or the vault locked. 404 for a track that is
 * unknown, erased or being written, 403 when the vault is locked or the person's data may only be stored, 500 for a file that cannot be read. Never rejects.
 */
export async function mediaResponse(
  environment: RecordingEnvironment,
  trackId: string,
  rangeHeader: string | null,
): Promise<Response> {
  let reader: SealedReader | null = null;
  try {
    const { recordings, recordingsFolder } = environment.vault();
    const track = recordings.track(trackId);
    const key = track && track.phase !== 'writing' && track.kind !== 'chat' ? recordings.trackKey(trackId) : null;
    if (!track || !key) return refusal(404);
    if (isRestricted(environment, track)) return refusal(403);
    reader = await SealedReader.open(join(recordingsFolder, track.fileName), key, {
      // What could not be finalized may lack its end; it is shown as far as it goes.
      requireComplete: track.phase === 'final',
    });
    key.fill(0);
    const range = parseByteRange(rangeHeader, reader.size);
    const headers = new Headers({ 'Accept-Ranges': 'bytes', 'Content-Type': track.mimeType });
    switch (range.type) {
      case 'unsatisfiable':
        headers.set('Content-Range', `bytes */${reader.size}`);
        await reader.close();
        return new Response(null, { status: 416, headers });
      case 'part':
        headers.set('Content-Range', `bytes ${range.start}-${range.end - 1}/${reader.size}`);
        headers.set('Content-Length', `${range.end - range.start}`);
        return new Response(stream(environment, trackId, reader, range.start, range.end), { status: 206, headers });
      case 'whole':
        headers.set('Content-Length', `${reader.size}`);
        return new Response(stream(environment, trackId, reader, 0, reader.size), { status: 200, headers });
    }
  } catch (error) {
    await reader?.close();
    if (error instanceof DomainError && error.code === 'vault/locked') return refusal(403);
    environment.log.error('a track could not be played', error);
    return refusal(500);
  }
}

/** Playing is more than storing (Art. 18 (2) GDPR). */
function isRestricted(environment: RecordingEnvironment, { identityKey }: StoredTrack): boolean {
  return environment.vault().restrictions.of(identityKey) !== null;
}

function refusal(status: number): Response {
  return new Response(null, { status });
}

function stream(
  environment: RecordingEnvironment,
  trackId: string,
  reader: SealedReader,
  start: number,
  end: number,
): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream(
    {
      pull: async (controller) => {
        try {
          if (position >= end) {
            await reader.close();
            controller.close();
            return;
          }
          const bytes = await reader.read(position, Math.min(position + sliceBytes, end));
          // Asked after the wait: the key may be gone by now, and then so are the bytes. Throws when the vault is locked.
          const track = environment.vault().recordings.track(trackId);
          if (!track || track.phase === 'erased') throw new DomainError('recording/erased');
          if (isRestricted(environment, track)) throw new DomainError('privacy/restricted');
          position += bytes.length;
          controller.enqueue(bytes);
        } catch (error) {
          await reader.close();
          controller.error(error);
        }
      },
      cancel: () => reader.close(),
    },
    { highWaterMark: 0 },
  );
}
