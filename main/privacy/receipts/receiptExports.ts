import { basename, join } from 'node:path';
import type { ChainCheck, ChainTrouble } from '../../../common/consent/chainCheck';
import { DomainError } from '../../../common/errors';
import type { Language } from '../../../common/meeting/models';
import { canonical } from '../../../common/protocol/canonical';
import type { StoredReceipt, Vault } from '../../vault/repositories';
import { createDocument, saveDocument, type DocumentPorts } from '../../documents/documents';
import { documentFileName } from '../../documents/documentFileName';
import { kantaraReceipt } from './kantaraReceipt';
import { receiptFile, receiptProof } from './receiptFile';

export type ReceiptFormat = 'dpv' | 'kantara';

export interface ReceiptExportsOptions {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly now: () => number;
  readonly documents: DocumentPorts;
  readonly log: { info(message: string): void; error(message: string, thrown?: unknown): void };
}

/** How many files of the same name a folder may hold before one gives up. */
const maxSameNames = 100;

/** Receipts as files, and the check of their chain. */
export class ReceiptExports {
  readonly #options: ReceiptExportsOptions;
  #lastCheck: ChainCheck | null = null;

  constructor(options: ReceiptExportsOptions) {
    this.#options = options;
  }

  /**
   * Saves one receipt, one's own or, as the host, somebody else's. Null when the person cancels. Throws
   * `receipt/not-found`, `receipt/no-consent` (Kantara knows only consent that stands), `document/not-written`.
   */
  async save(
    which: { readonly recordingId: string; readonly participantId: string },
    format: ReceiptFormat,
    language: Language,
  ): Promise<{ readonly fileName: string } | null> {
    const receipt = this.#options.vault().receipts.get(which.recordingId, which.participantId);
    if (!receipt) throw new DomainError('receipt/not-found');
    const text = this.#textOf(receipt, format);
    const kind = format === 'dpv' ? 'receipt' : 'kantara';
    const { documents } = this.#options;
    const path = await documents.chooseTarget(this.#nameOf(receipt, kind, language), kind, language);
    if (path === null) return null;
    await saveDocument(path, text);
    return { fileName: basename(path) };
  }

  /**
   * Saves the receipts of everybody who was asked in one recording into a folder; files that are there stay as they are. Null
   * when the person cancels. Throws `receipt/not-found`, `document/not-written`.
   */
  async saveAll(
    recordingId: string,
    language: Language,
  ): Promise<{ readonly folderName: string; readonly count: number } | null> {
    const { vault, documents } = this.#options;
    const files = vault()
      .receipts.ofRecording(recordingId)
      .map((receipt) => ({ name: this.#nameOf(receipt, 'receipt', language), text: this.#textOf(receipt, 'dpv') }));
    if (files.length === 0) throw new DomainError('receipt/not-found');
    const folder = await documents.chooseFolder(language);
    if (folder === null) return null;
    for (const { name, text } of files) await createNext(folder, name, text);
    return { folderName: basename(folder), count: files.length };
  }

  /** Compares the receipts of this vault with their chain, now. Throws `vault/locked`. */
  check(): ChainCheck {
    const { vault, now, log } = this.#options;
    const { receipts } = vault();
    const entries = receipts.chainLength();
    try {
      const troubles = receipts.verifyChain().map(({ receipt, ...finding }): ChainTrouble => {
        const stored = receipt && receipts.get(receipt.recordingId, receipt.participantId);
        return { ...finding, receipt: stored && shown(stored) };
      });
      this.#lastCheck = { checkedAt: now(), entries, troubles, readable: true };
    } catch (error) {
      // A document that is no JSON any more.
      log.error('the receipts could not be compared with their chain', error);
      this.#lastCheck = { checkedAt: now(), entries, troubles: [], readable: false };
    }
    return this.#lastCheck;
  }

  /** The same when the vault was opened; never throws. */
  handleVaultOpened(): void {
    try {
      const { troubles, readable } = this.check();
      if (troubles.length > 0 || !readable) this.#options.log.error('the chain of receipts does not hold');
    } catch (error) {
      this.#options.log.error('the chain of receipts could not be checked', error);
    }
  }

  handleVaultClosed(): void {
    this.#lastCheck = null;
  }

  /** What the last check found; null when there was none since the vault was opened. */
  lastCheck(): ChainCheck | null {
    return this.#lastCheck;
  }

  #textOf(receipt: StoredReceipt, format: ReceiptFormat): string {
    const { confirmations } = this.#options.vault();
    const proof = receiptProof(receipt, (signature) => confirmations.of(signature));
    if (format === 'dpv') return receiptFile(proof);
    const kantara = kantaraReceipt(proof);
    if (kantara === null) throw new DomainError('receipt/no-consent');
    return canonical(kantara);
  }

  #nameOf({ name, request }: StoredReceipt, kind: 'receipt' | 'kantara', language: Language): string {
    return documentFileName(kind, name, request.requestedAt, language);
  }
}

const shown = ({ name, request, answer }: StoredReceipt) => ({
  ...{ personName: name, controllerName: request.controllerName, answeredAt: answer.answeredAt },
});

async function createNext(folder: string, name: string, text: string): Promise<void> {
  const dot = name.lastIndexOf('.');
  for (let number = 1; number <= maxSameNames; number += 1) {
    const candidate = number === 1 ? name : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
    if (await createDocument(join(folder, candidate), text)) return;
  }
  throw new DomainError('document/not-written');
}
