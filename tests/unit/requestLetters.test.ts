import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { maxLetterSize, type AnswerLetter, type RequestLetter } from '../../common/consent/letters';
import { testSigner } from '../../main/recording/testing/testIdentity';
import { letterText, readLetters } from '../../main/recording/letters/readLetters';
import { temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { requestParty, type RequestParty } from '../support/requestParty';

const clock = { now: 0 };
let host: RequestParty;
let guest: RequestParty;
let requestId = '';

beforeEach(async () => {
  clock.now = new Date(2026, 4, 4, 15).getTime();
  host = await requestParty('Hanna', clock);
  guest = await requestParty('Gustav', clock);
  guest.met(host);
  requestId = guest.ask(host, { right: 'access', text: 'Straße, 字, and\na second line' }).request.requestId;
});

type AboutRequest = RequestLetter | AnswerLetter;
/** As main/recording reads a letter in. */
function take(party: RequestParty, text: string) {
  const [letter] = readLetters(text) as readonly AboutRequest[];
  return party.service.letters.take(letter!);
}
async function saved(party: RequestParty): Promise<string> {
  party.letter.path = join(temporaryFolder(), 'letter.json');
  await party.commands['requests.saveLetter']({ requestId, language: 'en' });
  return readFileSync(party.letter.path, 'utf8');
}
async function mailed(party: RequestParty, language: 'de' | 'en' = 'en'): Promise<string> {
  await party.commands['requests.copyLetter']({ requestId, language });
  return party.letter.mail;
}
const parsed = (text: string) => JSON.parse(text) as AboutRequest;

describe('R25: a request as a letter', () => {
  test.each([
    ['a file', saved],
    ['an e-mail', mailed],
  ])('travels there and back as %s, between people who never meet again', async (_, write) => {
    expect(take(host, await write(guest))).toEqual({
      ...{ type: 'request-taken', requestId, right: 'access', state: 'open', dueOn: '2026-06-04' },
      ...{ personName: 'Gustav', repeated: false },
    });
    expect(take(host, await write(guest))).toMatchObject({ repeated: true });
    expect(host.logged()).toMatchObject([{ check: 'key', way: 'app', state: 'open', told: false }]);
    expect(take(guest, await write(host))).toMatchObject({ type: 'request-told', state: 'open', repeated: false });
    expect(guest.own()).toMatchObject([{ state: 'open', dueOn: '2026-06-04' }]);
    void host.commands['requests.close']({ requestId, outcome: 'answered', answer: 'The ZIP is on its way.' });
    expect(take(guest, await write(host))).toMatchObject({ type: 'request-told', state: 'answered' });
    expect(guest.own()).toMatchObject([{ state: 'answered', answer: 'The ZIP is on its way.' }]);
    // An older one that is read in afterwards changes nothing.
    expect(take(guest, await write(host))).toMatchObject({ repeated: true });
  });

  test('says in an e-mail, in words, what it is, and carries nothing that mail programs change', async () => {
    const mail = await mailed(guest, 'de');
    expect(mail).toContain('Guten Tag Hanna,');
    expect(mail).toContain('Art. 15 DSGVO');
    expect(mail).toContain('Straße, 字');
    expect(take(host, mail.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n'))).toMatchObject({ repeated: false });
    void host.commands['requests.extend']({ requestId, reason: 'So many recordings' });
    const answer = await mailed(host);
    expect(answer).toContain('You will get an answer by 4 August 2026.');
    expect(answer).toContain('So many recordings');
  });

  test('takes a request back, also before it ever arrived', async () => {
    void guest.commands['requests.withdraw']({ requestId });
    expect(take(host, await saved(guest))).toMatchObject({ state: 'withdrawn' });
    expect(host.logged()).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('that is forged, for somebody else, or of another request, is refused and changes nothing', async () => {
    const text = await saved(guest);
    const letter = parsed(text) as RequestLetter;
    const { request } = letter.request;
    const thief = testSigner();
    const forge = (change: Partial<RequestLetter>) => letterText({ ...letter, ...change });
    const signedBy = (signer: typeof thief, change: object) => {
      const made = { ...request, ...change };
      return { request: made, signature: signer.sign('personRequest', made) };
    };
    expect(() => take(host, forge({ request: signedBy(thief, {}) }))).toThrow('letter/forged');
    expect(() =>
      take(host, forge({ request: { ...letter.request, request: { ...request, right: 'erasure' } } })),
    ).toThrow('letter/forged');
    const stranger = await requestParty('Greta', clock);
    expect(() => take(stranger, text)).toThrow('letter/not-for-here');
    expect(host.logged()).toEqual([]);

    take(host, text);
    void host.commands['requests.close']({ requestId, outcome: 'refused', answer: 'No.' });
    const answer = parsed(await saved(host)) as AnswerLetter;
    const { status } = answer.status;
    const lie = { ...status, state: 'answered' as const };
    for (const forged of [
      { ...answer, status: { ...answer.status, status: lie } },
      { ...answer, status: { status: lie, signature: thief.sign('personRequestStatus', lie) } },
      { ...answer, request: signedBy(thief, { text: 'else' }) },
    ]) {
      expect(() => take(guest, letterText(forged))).toThrow('letter/forged');
    }
    expect(() => take(stranger, letterText(answer))).toThrow('letter/not-for-here');
    expect(guest.own()).toMatchObject([{ state: 'waiting' }]);
  });

  test('of the longest words fits into a letter; there is none about what came by word', async () => {
    take(host, await saved(guest));
    void host.commands['requests.close']({ requestId, outcome: 'answered', answer: '字'.repeat(4_000) });
    expect((await mailed(host)).length).toBeLessThan(maxLetterSize / 4);
    void host.commands['requests.add']({
      ...{ identityKey: null, name: 'Greta', right: 'access', text: '', way: 'word', check: 'seen' },
      ...{ receivedOn: '2026-05-01', notes: '' },
    });
    const byWord = host.logged().find(({ way }) => way === 'word')!;
    await expect(
      Promise.resolve().then(() =>
        host.commands['requests.copyLetter']({ requestId: byWord.requestId, language: 'en' }),
      ),
    ).rejects.toThrow('letter/nothing-to-send');
  });
});
