import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { consentAnswerSchema } from '../../common/consent/models';
import { accessContent, type AccessDocument } from '../../main/privacy/access/accessDocument';
import { writeAccessArchive } from '../../main/privacy/access/accessArchive';
import { verifyReceipt } from '../../main/privacy/receipts/verifyReceipt';
import { verifySignature } from '../../main/sessions/identity';
import { SealedWriter } from '../../main/vault/sealed/sealedWriter';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { knownPeople, texts } from '../support/knownPeople';
import { unzipped } from '../support/unzipped';

const fixtures = join(__dirname, '..', '..', 'main', 'recording', 'finalize', 'fixtures');

/** The sealed files that this process has open. */
function openSealedFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)].filter((path) => path.endsWith('.sealed'));
    } catch {
      return [];
    }
  });
}

async function archiveOf(world: Awaited<ReturnType<typeof knownPeople>>, identityKey: string) {
  const path = join(temporaryFolder(), 'answer.zip');
  const content = accessContent(world.vault, identityKey, world.now);
  const progress: number[] = [];
  await writeAccessArchive(path, content!, {
    vault: world.vault,
    language: 'en',
    onProgress: (fraction) => void progress.push(fraction),
    signal: new AbortController().signal,
  });
  const files = await unzipped(path);
  const document = JSON.parse(files.get('data.json')!.toString()) as AccessDocument;
  return { path, files, document, progress, page: files.get('index.html')!.toString() };
}

describe('R23: an answer to an access request', () => {
  test('holds everything about the person', async () => {
    const world = await knownPeople();
    const { ben } = world;
    // Codes were compared while Ben went by another name.
    const earlier = { identityKey: ben.signer.publicKey, name: 'Benno', at: 1 };
    world.vault.people.verify(earlier);
    const { files, document, page, progress } = await archiveOf(world, ben.signer.publicKey);
    expect([...files.keys()].sort()).toEqual([
      'consents/001.jsonld',
      'data.json',
      'index.html',
      'media/001-audio.webm',
      'media/002-chat.json',
    ]);
    const compared = { namedAt: world.now, verifiedAt: 1, otherNames: ['Benno'] };
    expect(document.person).toEqual({ name: ben.name, identityKey: ben.signer.publicKey, ...compared });
    expect(page).toContain('Codes were compared on');
    expect(document.kept.map(({ kind }) => kind).sort()).toEqual(
      ['chat', 'chat', 'consent', 'contact', 'meeting', 'meeting', 'recording'].sort(),
    );
    expect(document.chat.map(({ text }) => text).sort()).toEqual(
      ['Ask [Person 1], the file number is seven', texts.benSecond].sort(),
    );
    expect(files.get('media/001-audio.webm')).toEqual(readFileSync(join(fixtures, 'remote-opus.webm')));
    expect(JSON.parse(files.get('media/002-chat.json')!.toString())).toEqual([
      { offsetMs: 5, text: 'Recorded: [Person 1] said so' },
    ]);
    expect(verifyReceipt(files.get('consents/001.jsonld')!, verifySignature)).toMatchObject({ valid: true });
    expect(progress.at(-1)).toBe(1);
    for (const told of [ben.name, texts.benSecond, 'media/001-audio.webm', 'Art. 6 (1) (a)', 'Ada Lovelace']) {
      expect(page).toContain(told);
    }
  });

  test('holds nothing of anybody else', async () => {
    const world = await knownPeople();
    const { files } = await archiveOf(world, world.ben.signer.publicKey);
    const everything = Buffer.concat([...files.values()]).toString('latin1');
    for (const other of ['Cleo', 'Sandler', texts.cleo, world.cleo.signer.publicKey, world.cleo.id]) {
      expect(everything).not.toContain(other);
    }
    const theirs = readFileSync(join(fixtures, 'new-opus.webm')).toString('latin1');
    expect(everything).not.toContain(theirs.slice(-2_000));
  });

  test('says which track is damaged, and is complete without it', async () => {
    const world = await knownPeople();
    writeFileSync(join(world.vault.recordingsFolder, world.tracks[0]!.track.fileName), 'no longer sealed');
    const { files, document, page } = await archiveOf(world, world.ben.signer.publicKey);
    expect(files.has('media/001-audio.webm')).toBe(false);
    const [audio] = document.recordings[0]!.tracks;
    expect(audio).toMatchObject({ kind: 'audio', file: null, missing: 'damaged' });
    expect(page).toContain('damaged');
  });

  test('reads each track to its end before it promises it: damage in the middle is damage too', async () => {
    const world = await knownPeople();
    const [{ track }] = world.tracks as [(typeof world.tracks)[0]];
    const file = join(world.vault.recordingsFolder, track.fileName);
    const bytes = readFileSync(file);
    bytes[200]! ^= 1;
    writeFileSync(file, bytes);
    const { files, document } = await archiveOf(world, world.ben.signer.publicKey);
    expect([...files.keys()].filter((name) => name.startsWith('media/'))).toEqual(['media/002-chat.json']);
    expect(document.recordings[0]!.tracks.map(({ missing }) => missing)).toEqual(['damaged', null]);
  });

  test('a receipt that cannot be read, or a vault that is locked meanwhile, ends it in order', async () => {
    const world = await knownPeople();
    const folder = temporaryFolder();
    const content = accessContent(world.vault, world.ben.signer.publicKey, world.now)!;
    const { signal } = new AbortController();
    const rest = { vault: world.vault, language: 'de', signal, onProgress: () => undefined } as const;
    const [first] = content.receipts;
    const broken = { ...first!, receipt: { ...first!.receipt, answerSignature: 'no signature' } };
    const unreadable = writeAccessArchive(join(folder, 'a.zip'), { ...content, receipts: [broken] }, rest);
    await expect(unreadable).rejects.toThrow('document/not-written');
    await world.manager.close();
    await expect(writeAccessArchive(join(folder, 'b.zip'), content, rest)).rejects.toThrow('document/not-written');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('ends in order when a track goes while it is being written', async () => {
    const world = await knownPeople();
    const content = accessContent(world.vault, world.ben.signer.publicKey, world.now)!;
    const folder = temporaryFolder();
    const withdrawn = content.media.map(({ track }) => track.id);
    const written = writeAccessArchive(join(folder, 'answer.zip'), content, {
      ...{ vault: world.vault, language: 'de', signal: new AbortController().signal },
      // All were read once by then.
      onProgress: (fraction) => void (fraction > 0.5 && world.vault.recordings.eraseTracks(withdrawn)),
    });
    await expect(written).rejects.toMatchObject({ cause: { code: 'recording/erased' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('leaves no track open when it is given up in the middle', async () => {
    const world = await knownPeople();
    const { vault, ben } = world;
    const [{ track, key }] = world.tracks as [(typeof world.tracks)[0]];
    rmSync(join(vault.recordingsFolder, track.fileName));
    const writer = await SealedWriter.create(join(vault.recordingsFolder, track.fileName), key);
    // More than streams hold back.
    for (let megabytes = 0; megabytes < 40; megabytes += 1) await writer.append(randomBytes(1_048_576));
    await writer.finish();
    vault.recordings.updateTrack(track.id, { bytes: writer.fileBytes });
    const stop = new AbortController();
    const path = join(temporaryFolder(), 'answer.zip');
    const written = writeAccessArchive(path, accessContent(vault, ben.signer.publicKey, world.now)!, {
      ...{ vault, language: 'de', signal: stop.signal },
      onProgress: (fraction) => void (fraction > 0.52 && stop.abort(new Error('given up'))),
    });
    await expect(written).rejects.toThrow('given up');
    await expect.poll(openSealedFiles).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test('is only the owner’s to read, and leaves no half file when it fails or is cancelled', async () => {
    const world = await knownPeople();
    const { path } = await archiveOf(world, world.ben.signer.publicKey);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    rmSync(path);
    const write = (to: string, signal: AbortSignal) =>
      writeAccessArchive(to, accessContent(world.vault, world.ben.signer.publicKey, world.now)!, {
        ...{ vault: world.vault, language: 'de', onProgress: () => undefined, signal },
      });
    await expect(write(join(dirname(path), 'none', 'x.zip'), new AbortController().signal)).rejects.toThrow(
      'document/not-written',
    );
    await expect(write(path, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  test('knows nobody under a key that is not here', async () => {
    const { vault, now } = await knownPeople();
    expect(accessContent(vault, 'A'.repeat(43), now)).toBeNull();
  });

  test('is written whatever time somebody’s app has put under their answer', async () => {
    const world = await knownPeople();
    const { ben, vault, now } = world;
    const receipt = vault.receipts.all().find(({ identityKey }) => identityKey === ben.signer.publicKey);
    const last = { ...receipt!.answer, answeredAt: Date.UTC(9999, 11, 31) };
    expect(consentAnswerSchema.safeParse(last).success).toBe(true);
    vault.retention.setPeriod('receipt', 10);
    vault.receipts.put({ ...receipt!, answer: last, answerSignature: ben.signer.sign('consentAnswer', last) });
    const { page, document } = await archiveOf(world, ben.signer.publicKey);
    expect(page).toContain('31 December 9999');
    expect(document.kept.find(({ kind }) => kind === 'consent')?.until).toBeGreaterThan(now);
    expect(consentAnswerSchema.safeParse({ ...last, answeredAt: 9e15 }).success).toBe(false);
  });

  test('escapes what people wrote', async () => {
    const world = await knownPeople();
    world.vault.chat.add({
      ...{ id: 'X'.repeat(22), meetingId: world.second, senderId: null, senderName: 'Ben Ottinger', mine: false },
      ...{ senderKey: world.ben.signer.publicKey, text: '<img src=x onerror="alert(1)">', sentAt: world.now },
    });
    const { page } = await archiveOf(world, world.ben.signer.publicKey);
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(page).not.toContain('<img');
  });
});
