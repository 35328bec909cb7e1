import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { maxLetterSize, type Letter, type ProofLetter, type WithdrawalLetter } from '../../../common/consent/letters';
import type { AnyLetterOutcome, LetterOutcome } from '../../../common/consent/letters';
import type { RecordingKind, WithdrawalScope } from '../../../common/consent/models';
import { DomainError } from '../../../common/errors';
import { documentHash } from '../documents';
import { allKinds, startRequest } from '../testing/startRequest';
import { TestMeeting } from '../testing/testMeeting';
import { dismissPersons, testPerson, type TestPerson } from '../testing/testPerson';
import { TestTimers } from '../testing/testTimers';
import { armoured } from '../../documents/armour';
import { letterText, readLetters } from './readLetters';

const day = 24 * 60 * 60 * 1000;

let opus: Uint8Array<ArrayBuffer>;
let timers: TestTimers;
let folder: string;
let host: TestPerson;
let guest: TestPerson;
let stranger: TestPerson;
/** What the dialogs answer, and what is on the clipboard. */
let chosen: { target: string | null; source: string | null };
let clipboard: string;

beforeEach(async () => {
  opus = Uint8Array.from(await readFile(join(__dirname, '..', 'finalize', 'fixtures', 'remote-opus.webm')));
  timers = new TestTimers();
  folder = await mkdtemp(join(tmpdir(), 'letters-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  chosen = { target: join(folder, 'letter.json'), source: join(folder, 'letter.json') };
  const documents = {
    chooseTarget: async () => chosen.target,
    chooseSource: async () => chosen.source,
    chooseFolder: async () => folder,
    copyText: async (text: string) => void (clipboard = text),
  };
  [host, guest, stranger] = await Promise.all([
    testPerson('Hanna', timers, { documents }),
    testPerson('Gustav', timers, { documents }),
    testPerson('Olga', timers, { documents }),
  ]);
});

afterEach(dismissPersons);

/** A meeting that is over, with sound of the guest in the recording. */
async function recordedMeeting(): Promise<string> {
  const meeting = new TestMeeting();
  host.enter(meeting);
  guest.enter(meeting);
  const { commands } = host.service;
  await commands['recording.start'](startRequest());
  const { recordingId } = commands['recording.state']()!.request;
  guest.service.commands['consent.answer']({ recordingId, decisions: allKinds, language: 'en' });
  const { trackId } = await commands['recording.openTrack']({
    ...{ recordingId, participantId: guest.self().id, kind: 'audio', mimeType: 'audio/webm;codecs=opus' },
  });
  await commands['recording.appendTrack']({ trackId, bytes: opus });
  await commands['recording.closeTrack']({ trackId });
  for (const { service } of [guest, host]) service.handleMeetingEnded();
  await expect.poll(() => host.vault.recordings.get(recordingId)?.phase).toBe('ready');
  timers.pass(3 * day);
  return recordingId;
}

const withdraw = (recordingId: string, scope: WithdrawalScope, ...kinds: RecordingKind[]) =>
  guest.service.commands['consent.withdraw']({ recordingId, kinds, scope });
const saved = () => readFile(join(folder, 'letter.json'), 'utf8');
const written = async () => JSON.parse(await saved()) as Letter;
/** What came of letters about recordings. */
const aboutRecordings = (outcomes: readonly AnyLetterOutcome[]) =>
  outcomes.filter((one): one is LetterOutcome => !('requestId' in one));
const read = (person: TestPerson, text: string) =>
  aboutRecordings(person.service.commands['letters.readText']({ text }));
const refusal = (person: TestPerson, text: string): string => {
  try {
    read(person, text);
    return 'taken';
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
};
const keyOf = (person: TestPerson) => person.environment.signer().publicKey;
const withdrawals = () => host.vault.receipts.all().flatMap((receipt) => receipt.withdrawals);
const keys = (recordingId: string) =>
  host.vault.recordings.tracks(recordingId).filter(({ id }) => host.vault.recordings.trackKey(id) !== null).length;

/** The guest's withdrawal of sound and chat as a letter, not yet at the host's. */
async function withdrawalLetter() {
  const recordingId = await recordedMeeting();
  withdraw(recordingId, 'everything', 'audio', 'chat');
  await guest.service.commands['letters.saveWithdrawal']({ recordingId, language: 'de' });
  return { recordingId, letter: (await written()) as WithdrawalLetter };
}

/** The host's proof about it as a letter, not yet at the guest's. */
async function proofLetter() {
  const { recordingId, letter } = await withdrawalLetter();
  const [outcome] = read(host, letterText(letter));
  const { participantId } = outcome!;
  await host.service.commands['letters.saveProof']({ recordingId, participantId, language: 'de' });
  return { recordingId, participantId, withdrawal: letter, letter: (await written()) as ProofLetter };
}

describe('a withdrawal between people who never meet again', () => {
  test('goes as a file, is carried out, and its proof comes back', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    expect(letter).toMatchObject({ type: 'withdrawal', version: 1, recordingId, personKey: keyOf(guest) });
    expect(keys(recordingId)).toBe(1);
    host.vault.recordings.addExport(recordingId, 77);

    const [done, ...more] = aboutRecordings((await host.service.commands['letters.readFile']({ language: 'de' }))!);
    expect(more).toEqual([]);
    expect(done).toMatchObject({
      ...{ type: 'carried-out', personName: 'Gustav', recordingId, repeated: false },
      proofs: [{ kinds: ['audio', 'chat'], scope: 'everything', tracks: 1, exports: [77], erasedAt: timers.now }],
    });
    expect(keys(recordingId)).toBe(0);
    await expect.poll(() => host.files()).toEqual([]);

    const { participantId } = done!;
    await host.service.commands['letters.saveProof']({ recordingId, participantId, language: 'de' });
    const [confirmed] = aboutRecordings((await guest.service.commands['letters.readFile']({ language: 'de' }))!);
    expect(confirmed).toMatchObject({
      type: 'confirmed',
      controllerName: 'Hanna',
      repeated: false,
      proofs: done!.proofs,
    });
    const [consent] = guest.service.commands['consents.list']();
    expect(consent!.withdrawals).toMatchObject([{ state: 'done', proof: done!.proofs[0] }]);
  });

  test('goes as an e-mail that says what to do, in the person’s language, and so does the proof', async () => {
    const recordingId = await recordedMeeting();
    guest.vault.titles.set(guest.vault.receipts.ofRecording(recordingId)[0]!.request.meetingId, 'Jour fixe');
    withdraw(recordingId, 'everything', 'audio');
    withdraw(recordingId, 'future', 'video');
    await guest.service.commands['letters.copyWithdrawal']({ recordingId, language: 'de' });
    expect(clipboard).toContain('Guten Tag Hanna,\n\nhiermit nehme ich meine Einwilligung in die Aufzeichnung');
    expect(clipboard).toContain('der Besprechung „Jour fixe“');
    expect(clipboard).toContain('Bitte löschen Sie, was davon aufgezeichnet ist: Ton.');
    expect(clipboard).toContain('Bitte zeichnen Sie davon nichts weiter auf: Bild.');
    const asked = clipboard;
    const [done] = read(host, asked);
    expect(done!.proofs.map(({ kinds, scope }) => [kinds, scope])).toEqual([
      [['audio'], 'everything'],
      [['video'], 'future'],
    ]);
    const { participantId } = done!;
    await host.service.commands['letters.copyProof']({ recordingId, participantId, language: 'en' });
    expect(clipboard).toMatch(/^Dear Gustav,/);
    expect(clipboard).toMatch(/- Deleted for good on .*: sound \(1 file\)\.\n- Ended on .*: picture\./);
    // A reply, with what it answers quoted below.
    const [confirmed] = read(guest, `${clipboard}\n${asked.replaceAll(/^/gm, '> ')}`);
    expect(confirmed).toMatchObject({ type: 'confirmed', repeated: false });
    await expect(guest.service.commands['letters.copyWithdrawal']({ recordingId, language: 'de' })).rejects.toThrow(
      'letter/nothing-to-send',
    );
  });

  test('its proof is not written to somebody who does not want that, unless the host goes on all the same', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    const { participantId } = read(host, letterText(letter))[0]!;
    const { identityKey } = host.vault.receipts.get(recordingId, participantId)!;
    const wish = { recordingId, participantId, language: 'en' } as const;
    host.vault.objections.add({ kind: 'recording', reason: 'wish', addedAt: 1, who: { identityKey } });
    await host.service.commands['letters.copyProof'](wish);
    host.vault.objections.add({ kind: 'contact', reason: 'advertising', addedAt: 1, who: { name: ' gustav ' } });
    clipboard = 'before';
    for (const way of ['letters.copyProof', 'letters.saveProof'] as const) {
      await expect(host.service.commands[way](wish)).rejects.toThrow('privacy/do-not-contact');
    }
    expect(clipboard).toBe('before');
    await host.service.commands['letters.copyProof']({ ...wish, despiteObjection: true });
    expect(clipboard).toMatch(/^Dear Gustav,/);
  });

  test('taken twice is harmless and gives the same proof', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    const [first] = read(host, letterText(letter));
    const participantId = first!.participantId;
    await host.service.commands['letters.saveProof']({ recordingId, participantId, language: 'de' });
    const before = await saved();
    timers.pass(day);
    expect(read(host, armoured(letterText(letter)))).toEqual([{ ...first, repeated: true }]);
    await host.service.commands['letters.saveProof']({ recordingId, participantId, language: 'de' });
    expect(await saved()).toBe(before);
    expect(withdrawals()).toHaveLength(1);
    const [once] = read(guest, before);
    expect(read(guest, before)).toEqual([{ ...once, repeated: true }]);
  });

  test('is not taken for done while destroying fails', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    const { recordings } = host.vault;
    const eraseTracks = recordings.eraseTracks.bind(recordings);
    recordings.eraseTracks = () => {
      throw new DomainError('vault/disk-full');
    };
    expect(refusal(host, letterText(letter))).toBe('vault/disk-full');
    const { participantId } = letter.withdrawals[0]!.withdrawal;
    await expect(
      host.service.commands['letters.copyProof']({ recordingId, participantId, language: 'de' }),
    ).rejects.toThrow('letter/nothing-to-send');
    recordings.eraseTracks = eraseTracks;
    expect(read(host, letterText(letter))).toMatchObject([{ repeated: false, proofs: [{ tracks: 1 }] }]);
    expect(keys(recordingId)).toBe(0);
  });

  test('a cancelled dialog is nothing, and a file that cannot be read or written is said', async () => {
    const { recordingId } = await withdrawalLetter();
    const { commands } = guest.service;
    chosen = { target: null, source: null };
    expect(await commands['letters.saveWithdrawal']({ recordingId, language: 'de' })).toBeNull();
    expect(await commands['letters.readFile']({ language: 'de' })).toBeNull();
    chosen = { target: join(folder, 'none', 'x'), source: join(folder, 'none') };
    await expect(commands['letters.saveWithdrawal']({ recordingId, language: 'de' })).rejects.toThrow(
      'document/not-written',
    );
    await expect(commands['letters.readFile']({ language: 'de' })).rejects.toThrow('letter/unreadable');
    chosen.source = join(folder, 'film.json');
    await writeFile(chosen.source, Buffer.alloc(maxLetterSize + 1, ' '));
    await expect(commands['letters.readFile']({ language: 'de' })).rejects.toThrow('letter/too-large');
  });

  test('there is nothing to send of one’s own recording, of somebody else’s consent, or before withdrawing', async () => {
    const recordingId = await recordedMeeting();
    for (const person of [host, guest, stranger]) {
      await expect(person.service.commands['letters.copyWithdrawal']({ recordingId, language: 'de' })).rejects.toThrow(
        'letter/nothing-to-send',
      );
    }
  });
});

describe('the host is told', () => {
  test('until it was seen, of what came by other ways; what was read in here has been seen', async () => {
    const recordingId = await recordedMeeting();
    const news = () => host.service.commands['letters.news']().map(({ proof }) => proof.kinds.join());
    withdraw(recordingId, 'everything', 'audio');
    await guest.service.commands['letters.copyWithdrawal']({ recordingId, language: 'de' });
    read(host, clipboard);
    expect(news()).toEqual([]);
    timers.pass(day);
    withdraw(recordingId, 'everything', 'video');
    const meeting = new TestMeeting();
    host.enter(meeting);
    guest.enter(meeting);
    expect(host.service.commands['letters.news']()).toMatchObject([{ personName: 'Gustav', recordingId }]);
    expect(news()).toEqual(['video']);
    expect(guest.service.commands['letters.news']()).toEqual([]);
    // What is unseen stays so when something else is read in.
    timers.pass(day);
    for (const { service } of [guest, host]) service.handleMeetingEnded();
    withdraw(recordingId, 'everything', 'chat');
    await guest.service.commands['letters.copyWithdrawal']({ recordingId, language: 'de' });
    read(host, clipboard);
    expect(news()).toEqual(['video', 'chat']);
    host.service.commands['letters.newsSeen']();
    expect(news()).toEqual([]);
  });
});

describe('a withdrawal that is refused changes nothing', () => {
  type Forge = (letter: WithdrawalLetter) => unknown;
  const first = (letter: WithdrawalLetter) => letter.withdrawals[0]!;
  const withFirst = (letter: WithdrawalLetter, change: object) => ({
    ...letter,
    withdrawals: [{ ...first(letter), ...change }],
  });
  const signedBy = (
    person: TestPerson,
    letter: WithdrawalLetter,
    change: object = {},
    context = 'consentWithdrawal',
  ) => {
    const withdrawal = { ...first(letter).withdrawal, ...change };
    return { withdrawal, signature: person.environment.signer().sign(context, withdrawal) };
  };
  const other = 'B'.repeat(22);

  test.each<[string, string, Forge]>([
    ['signed by somebody else', 'letter/forged', (one) => withFirst(one, signedBy(stranger, one))],
    [
      'signed by somebody else under their own key',
      'letter/forged',
      (one) => ({ ...withFirst(one, signedBy(stranger, one)), personKey: keyOf(stranger) }),
    ],
    ['signed by the host', 'letter/forged', (one) => withFirst(one, signedBy(host, one))],
    ['signed for another purpose', 'letter/forged', (one) => withFirst(one, signedBy(guest, one, {}, 'consentAnswer'))],
    [
      'with more in it than was signed',
      'letter/forged',
      (one) => withFirst(one, { withdrawal: { ...first(one).withdrawal, kinds: ['audio', 'video', 'chat'] } }),
    ],
    [
      'with another scope than was signed',
      'letter/forged',
      (one) => withFirst(one, { withdrawal: { ...first(one).withdrawal, scope: 'future' } }),
    ],
    [
      'with a good one before it',
      'letter/forged',
      (one) => ({ ...one, withdrawals: [first(one), signedBy(stranger, one, { kinds: ['video'] })] }),
    ],
    [
      'of another recording than the letter says',
      'letter/forged',
      (one) => withFirst(one, signedBy(guest, one, { recordingId: other })),
    ],
    [
      'of a recording that is not from here',
      'letter/not-for-here',
      (one) => ({ ...withFirst(one, signedBy(guest, one, { recordingId: other })), recordingId: other }),
    ],
    [
      'of somebody who was not asked',
      'letter/not-for-here',
      (one) => withFirst(one, signedBy(guest, one, { participantId: other })),
    ],
    ['of a newer version', 'letter/newer-version', (one) => ({ ...one, version: 2 })],
    ['with something added', 'letter/damaged', (one) => ({ ...one, more: 1 })],
    ['with something missing', 'letter/damaged', ({ personKey: _gone, ...one }) => one],
    ['empty', 'letter/damaged', (one) => ({ ...one, withdrawals: [] })],
    ['with too many', 'letter/damaged', (one) => ({ ...one, withdrawals: Array(25).fill(first(one)) })],
    ['of no version', 'letter/damaged', (one) => ({ ...one, version: '1' })],
    ['of another format', 'letter/none', (one) => ({ ...one, format: 'konklave' })],
  ])('%s: %s', async (_, code, forge) => {
    const { recordingId, letter } = await withdrawalLetter();
    const text = letterText(forge(letter) as Letter);
    for (const way of [text, armoured(text)]) expect(refusal(host, way)).toBe(code);
    expect([withdrawals(), keys(recordingId), host.vault.erased]).toEqual([[], 1, []]);
    expect(refusal(host, letterText(letter))).toBe('taken');
  });

  test('in another form than it was written, with members that count twice or mean something to JavaScript', async () => {
    const { letter } = await withdrawalLetter();
    const text = letterText(letter);
    for (const changed of [
      JSON.stringify(letter, null, 2),
      text.replace('{', '{"__proto__":{"type":"erasure-proof"},'),
      text.replace('{', '{"constructor":{},'),
      text.replace('"type":"withdrawal"', '"type":"erasure-proof","type":"withdrawal"'),
      text.slice(0, -1),
      text.slice(0, 100),
      `${text}x`,
    ]) {
      expect(refusal(host, changed)).toBe('letter/damaged');
    }
    expect(withdrawals()).toEqual([]);
    expect({}).not.toHaveProperty('type');
    // What editors add around it is no change of it.
    expect(refusal(host, `\ufeff${text}\r\n`)).toBe('taken');
  });

  test('at somebody else’s, at one’s own, and an old one quoted under a new one that is damaged', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    const text = letterText(letter);
    expect(refusal(stranger, text)).toBe('letter/not-for-here');
    expect(refusal(guest, text)).toBe('letter/own');
    read(host, text);
    withdraw(recordingId, 'everything', 'video');
    await guest.service.commands['letters.copyWithdrawal']({ recordingId, language: 'en' });
    const lines = clipboard.split('\n');
    const broken = lines
      .filter((_, index) => index !== lines.indexOf('-----BEGIN KONKLAVE LETTER-----') + 2)
      .join('\n');
    expect(refusal(host, `${broken}\n${armoured(text)}`)).toBe('letter/damaged');
    expect(withdrawals()).toHaveLength(1);
    expect(refusal(host, `${clipboard}\n${armoured(text)}`)).toBe('taken');
    expect(withdrawals()).toHaveLength(2);
  });
});

describe('a proof that is refused changes nothing', () => {
  type Forge = (letter: ProofLetter) => unknown;
  const first = (letter: ProofLetter) => letter.erasures[0]!;
  const withFirst = (letter: ProofLetter, change: object) => ({
    ...letter,
    erasures: [{ ...first(letter), ...change }],
  });
  const signedBy = (person: TestPerson, letter: ProofLetter, change: object = {}, context = 'erasureProof') => {
    const proof = { ...first(letter).proof, ...change };
    return { proof, signature: person.environment.signer().sign(context, proof) };
  };

  test.each<[string, string, Forge]>([
    ['signed by somebody else', 'letter/forged', (one) => withFirst(one, signedBy(stranger, one))],
    [
      'signed by somebody else under their own key',
      'letter/forged',
      (one) => ({ ...withFirst(one, signedBy(stranger, one)), hostKey: keyOf(stranger) }),
    ],
    ['with another host named', 'letter/forged', (one) => ({ ...one, hostKey: keyOf(stranger) })],
    ['signed by the person', 'letter/forged', (one) => withFirst(one, signedBy(guest, one))],
    ['signed for another purpose', 'letter/forged', (one) => withFirst(one, signedBy(host, one, {}, 'withdrawalDone'))],
    ['changed', 'letter/forged', (one) => withFirst(one, { proof: { ...first(one).proof, tracks: 9 } })],
    ['the signatures swapped', 'letter/forged', (one) => withFirst(one, { signature: first(one).withdrawalSignature })],
    [
      'about less than was taken back',
      'letter/forged',
      (one) => withFirst(one, signedBy(host, one, { kinds: ['audio'] })),
    ],
    ['about ending alone', 'letter/forged', (one) => withFirst(one, signedBy(host, one, { scope: 'future' }))],
    [
      'about another withdrawal',
      'letter/forged',
      (one) => withFirst(one, signedBy(host, one, { withdrawalHash: documentHash({}) })),
    ],
    [
      'about a recording nobody asked for here',
      'letter/not-for-here',
      (one) => withFirst(one, signedBy(host, one, { recordingId: 'B'.repeat(22) })),
    ],
    [
      'with a good one before it',
      'letter/forged',
      (one) => ({ ...one, erasures: [first(one), { ...first(one), ...signedBy(stranger, one) }] }),
    ],
  ])('%s: %s', async (_, code, forge) => {
    const { letter } = await proofLetter();
    expect(refusal(guest, letterText(forge(letter) as Letter))).toBe(code);
    const waits = () => guest.service.commands['consents.list']()[0]!.withdrawals.map(({ state }) => state);
    expect(waits()).toEqual(['waiting']);
    expect(refusal(guest, letterText(letter))).toBe('taken');
    expect(waits()).toEqual(['done']);
  });

  test('at somebody else’s, at the host’s, and instead of a withdrawal', async () => {
    const { letter, withdrawal } = await proofLetter();
    expect(refusal(stranger, letterText(letter))).toBe('letter/not-for-here');
    expect(refusal(host, letterText(letter))).toBe('letter/own');
    const { erasures: _gone, hostKey: _too, ...rest } = letter;
    const mixed = { ...rest, withdrawals: withdrawal.withdrawals };
    expect(refusal(host, letterText(mixed as unknown as Letter))).toBe('letter/damaged');
  });
});

describe('whatever is read in', () => {
  const codes = ['none', 'damaged', 'incomplete', 'newer-version', 'too-large', 'not-for-here', 'forged', 'own'];

  test('gives letters or a reason, never another error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.json()), (text) => {
        expect(codes.map((code) => `letter/${code}`)).toContain(refusal(host, text));
        expect(codes.map((code) => `letter/${code}`)).toContain(refusal(host, armoured(text || ' ')));
      }),
      { numRuns: 300 },
    );
  });

  test('when a letter was changed at any place: one of the reasons, and nothing is done', async () => {
    const { recordingId, letter } = await withdrawalLetter();
    const text = letterText(letter);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 3 }), (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        if (changed.trim() === text) return;
        expect(codes.map((code) => `letter/${code}`)).toContain(refusal(host, changed));
        expect(keys(recordingId)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  test('nested deeply or very large it is refused quickly', () => {
    const began = performance.now();
    for (const text of [
      '{"format":"konklave-letter","version":1,"a":'.concat('['.repeat(200_000)),
      `{"format":"konklave-letter","version":1,"withdrawals":${'['.repeat(150_000)}${']'.repeat(150_000)}}`,
      `{"format":"konklave-letter","version":1,${'"a":{'.repeat(60_000)}`,
      'x'.repeat(maxLetterSize + 1),
    ]) {
      expect(refusal(host, text)).toMatch(/^letter\/(damaged|too-large)$/);
    }
    expect(() => readLetters('x'.repeat(16 * 1024 * 1024))).toThrow('letter/too-large');
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
