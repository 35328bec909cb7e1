import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StoredReceipt, Vault } from '../../main/vault/repositories';
import { countersign, signAnswer } from '../../main/recording/signedConsent';
import { testSigner } from '../../main/recording/testing/testIdentity';
import { verifySignature } from '../../main/sessions/identity';
import { newId, temporaryFolder } from '../../main/vault/testing/vaultFixture';
import { ReceiptExports } from '../../main/privacy/receipts/receiptExports';
import { verifyReceipt } from '../../main/privacy/receipts/verifyReceipt';

const [host, guest] = [testSigner(), testSigner()];
const recordingId = newId();

function receiptOf(name: string, yes: boolean): StoredReceipt {
  const request = {
    ...{ recordingId, meetingId: newId(), controllerName: 'Hanna', controllerContact: '', purpose: 'Minutes' },
    ...{ controllerKey: host.publicKey, retentionDays: 14, requestedAt: 1_000 },
  };
  const decisions = { audio: yes, video: false, chat: false };
  const person = { id: newId(), name, identityKey: guest.publicKey };
  const answered = signAnswer({ signer: () => guest, now: () => 2_000 }, person, request, {
    ...{ decisions, language: 'de', given: 'asked' },
  });
  const hostSignature = countersign({ signer: () => host }, answered.answer);
  return { ...answered, hostSignature, takenAt: 2_000, withdrawals: [] };
}

const yes = receiptOf('Gustav Öz/türk', true);
const no = receiptOf('Gustav Öz/türk', false);

function setUp(stored: readonly StoredReceipt[], verifyChain: Vault['receipts']['verifyChain'] = () => []) {
  const folder = temporaryFolder();
  const chosen: { target: string | null; folder: string | null } = { target: join(folder, 'one'), folder };
  const suggested: string[] = [];
  const logged: string[] = [];
  const get = (recording: string, participantId: string) =>
    stored.find((one) => one.recordingId === recording && one.participantId === participantId) ?? null;
  const receipts = { get, ofRecording: () => stored, chainLength: () => 7, verifyChain };
  const exports = new ReceiptExports({
    vault: () => ({ receipts, confirmations: { of: () => null } }) as unknown as Vault,
    now: () => 5,
    documents: {
      chooseTarget: async (name) => {
        suggested.push(name);
        return chosen.target;
      },
      chooseSource: async () => null,
      chooseFolder: async () => chosen.folder,
      copyText: async () => undefined,
    },
    log: { info: () => undefined, error: (message) => void logged.push(message) },
  });
  return { folder, chosen, suggested, logged, exports };
}

describe('a receipt', () => {
  test('is saved under a name that every file system takes, in bytes that verify', async () => {
    const { exports, suggested, chosen } = setUp([yes]);
    expect(await exports.save(yes, 'dpv', 'de')).toEqual({ fileName: 'one' });
    expect(suggested).toEqual(['konklave-beleg-Gustav-Öz-türk-1970-01-01.jsonld']);
    expect(verifyReceipt(readFileSync(chosen.target!), verifySignature)).toMatchObject({ valid: true });
    await exports.save(yes, 'dpv', 'en');
    expect(readdirSync(join(chosen.target!, '..'))).toEqual(['one']);
  });

  test('of a no has no Kantara form; one that is not here, a cancelled dialog and a folder that is not there are said', async () => {
    const { exports, chosen } = setUp([no]);
    await expect(exports.save(no, 'kantara', 'de')).rejects.toThrow('receipt/no-consent');
    await expect(exports.save({ ...no, participantId: newId() }, 'dpv', 'de')).rejects.toThrow('receipt/not-found');
    await expect(setUp([]).exports.saveAll(recordingId, 'de')).rejects.toThrow('receipt/not-found');
    chosen.target = join(chosen.folder!, 'none', 'x');
    await expect(exports.save(no, 'dpv', 'de')).rejects.toThrow('document/not-written');
    chosen.target = null;
    chosen.folder = null;
    expect([await exports.save(no, 'dpv', 'de'), await exports.saveAll(recordingId, 'de')]).toEqual([null, null]);
  });

  test('beside others of the same name leaves them as they are', async () => {
    const { exports, folder } = setUp([yes, no]);
    const name = 'konklave-receipt-Gustav-Öz-türk-1970-01-01';
    writeFileSync(join(folder, `${name}.jsonld`), 'mine');
    mkdirSync(join(folder, `${name}-2.jsonld`));
    expect(await exports.saveAll(recordingId, 'en')).toMatchObject({ count: 2 });
    expect(readdirSync(folder).sort()).toEqual(['-2', '-3', '-4', ''].map((end) => `${name}${end}.jsonld`));
    expect(readFileSync(join(folder, `${name}.jsonld`), 'utf8')).toBe('mine');
  });
});

describe('the chain', () => {
  test('is checked when the vault is opened; what is wrong is named with the person', () => {
    const { exports, logged } = setUp([yes], () => [
      { problem: 'receipt-changed', sequence: 2, event: 'given', receipt: yes },
      { problem: 'receipt-removed', sequence: 4, event: 'given', receipt: no },
      { problem: 'entry-removed', sequence: 3, event: null, receipt: null },
    ]);
    expect(exports.lastCheck()).toBeNull();
    exports.handleVaultOpened();
    expect(exports.lastCheck()).toEqual({
      ...{ checkedAt: 5, entries: 7, readable: true },
      troubles: [
        {
          ...{ problem: 'receipt-changed', sequence: 2, event: 'given' },
          receipt: { personName: yes.name, controllerName: 'Hanna', answeredAt: 2_000 },
        },
        { problem: 'receipt-removed', sequence: 4, event: 'given', receipt: null },
        { problem: 'entry-removed', sequence: 3, event: null, receipt: null },
      ],
    });
    expect(logged).toEqual(['the chain of receipts does not hold']);
    exports.handleVaultClosed();
    expect(exports.lastCheck()).toBeNull();
  });

  test('of documents that cannot even be read keeps no vault shut', () => {
    const { exports } = setUp([yes], () => {
      throw new SyntaxError('no JSON');
    });
    exports.handleVaultOpened();
    expect(exports.lastCheck()).toMatchObject({ readable: false, troubles: [] });
  });
});
