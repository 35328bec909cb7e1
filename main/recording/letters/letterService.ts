import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  letterFormat,
  letterVersion,
  maxLetterSize,
  type AnyLetterOutcome,
  type Letter,
  type ProofLetter,
  type RequestLetterPort,
  type WithdrawalLetter,
  type WithdrawalNews,
} from '../../../common/consent/letters';
import { DomainError } from '../../../common/errors';
import type { Language } from '../../../common/meeting/models';
import { documentFileName } from '../../documents/documentFileName';
import { saveDocument, type DocumentPorts } from '../../documents/documents';
import { objectionsOf } from '../../vault/objectionsOf';
import type { StoredReceipt } from '../../vault/repositories';
import type { RecordingEnvironment } from '../environment';
import type { WithdrawalDesk } from '../withdrawalDesk';
import { unconfirmedWithdrawals } from '../withdrawalPort';
import { proofMail, withdrawalMail, type MailFacts } from './letterMail';
import { letterText, readLetters } from './readLetters';
import { takeProofLetter } from './takeProofLetter';
import { isOwnWriting } from './ownWriting';
import { takeWithdrawalLetter } from './takeWithdrawalLetter';
import { withdrawalNews } from './withdrawalNews';

interface ProofWish {
  readonly recordingId: string;
  readonly participantId: string;
  /** The sender knows that this person does not want to be written to. */
  readonly despiteObjection?: boolean | undefined;
}

export interface LetterServiceOptions {
  readonly environment: RecordingEnvironment;
  readonly desk: WithdrawalDesk;
  readonly documents: DocumentPorts;
  /** Where letters about requests go. */
  readonly requests: () => RequestLetterPort;
  /** Until when the host has seen what others took back, in milliseconds since 1970. */
  readonly seenUntil: { get(): number; set(at: number): void };
}

interface SavedDocument {
  readonly fileName: string;
}

/** Withdrawals and erasure proofs between people who do not meet: written and read as a file or as the text of an e-mail. */
export class LetterService {
  readonly #options: LetterServiceOptions;
  readonly #environment: RecordingEnvironment;

  constructor(options: LetterServiceOptions) {
    this.#options = options;
    this.#environment = options.environment;
  }

  /**
   * Saves what is taken back from a recording of somebody else's and not confirmed yet. Null when the person cancels.
   * Throws `letter/nothing-to-send`, `document/not-written`.
   */
  async saveWithdrawal(recordingId: string, language: Language): Promise<SavedDocument | null> {
    const { letter, facts } = this.#withdrawalLetter(recordingId);
    const name = documentFileName('withdrawal', facts.meetingTitle ?? facts.controllerName, facts.askedAt, language);
    return this.#save(name, 'withdrawal', letterText(letter), language);
  }

  /** The same as the text of an e-mail, on the clipboard. */
  async copyWithdrawal(recordingId: string, language: Language): Promise<void> {
    const { letter, facts } = this.#withdrawalLetter(recordingId);
    await this.#options.documents.copyText(withdrawalMail(letter, facts, language));
  }

  /**
   * Saves all erasure proofs of one person in one recording; at the host's to send them, at the person's to keep them. Null
   * when the person cancels. Throws `letter/nothing-to-send`, `document/not-written`, and `privacy/do-not-contact` where they
   * do not want to be written to, unless whoever sends it goes on all the same (`despiteObjection`).
   */
  async saveProof(
    { recordingId, participantId, despiteObjection }: ProofWish,
    language: Language,
  ): Promise<SavedDocument | null> {
    const { letter, facts } = this.#proofLetter(recordingId, participantId, despiteObjection);
    const name = documentFileName('erasure-proof', facts.meetingTitle ?? facts.personName, facts.askedAt, language);
    return this.#save(name, 'erasure-proof', letterText(letter), language);
  }

  /** The same as the text of an e-mail, on the clipboard. */
  async copyProof({ recordingId, participantId, despiteObjection }: ProofWish, language: Language): Promise<void> {
    const { letter, facts } = this.#proofLetter(recordingId, participantId, despiteObjection);
    await this.#options.documents.copyText(proofMail(letter, facts, language));
  }

  /** Asks for a file and reads it in like `readText`. Null when the person cancels. Throws `letter/unreadable` too. */
  async readFile(language: Language): Promise<readonly AnyLetterOutcome[] | null> {
    const path = await this.#options.documents.chooseSource(language);
    return path === null ? null : this.readText(await textOf(path));
  }

  /**
   * Carries out the withdrawals in a letter of somebody who was recorded here, or keeps the erasure proofs in one about a
   * withdrawal from here: of each letter all or nothing. What was done before is not done again and gives the same.
   *
   * Returns what is new of it, or the one thing that was done before. Throws when nothing is new and something could not be
   * read or is refused: what `readLetters` names, `letter/own`, `letter/not-for-here`, `letter/forged`. Nothing
   * changed then.
   */
  readText(text: string): readonly AnyLetterOutcome[] {
    const own = this.#environment.signer().publicKey;
    const read = readLetters(text);
    // A reply holds the letter it answers, too.
    const foreign = read.filter((one) => one instanceof DomainError || !isOwnWriting(one, own));
    if (foreign.length === 0) throw new DomainError('letter/own');
    const unseen = this.news().length;
    const done = foreign.map((one) => (one instanceof DomainError ? one : this.#take(one)));
    const outcomes = done.filter((one): one is AnyLetterOutcome => !(one instanceof DomainError));
    const fresh = outcomes.filter(({ repeated }) => !repeated);
    const failure = done.find((one) => one instanceof DomainError);
    // An old letter quoted below a new one that is damaged must not pass for the new one.
    if (fresh.length === 0 && failure !== undefined) throw failure;
    // What the host reads in they see at once.
    if (unseen === 0 && fresh.some(({ type }) => type === 'carried-out')) this.markSeen();
    return fresh.length > 0 ? fresh : outcomes.slice(0, 1);
  }

  /** What others took back since the host last looked. */
  news(): readonly WithdrawalNews[] {
    return withdrawalNews(this.#environment, this.#options.seenUntil.get());
  }

  markSeen(): void {
    this.#options.seenUntil.set(this.#environment.now());
  }

  #take(letter: Letter): AnyLetterOutcome | DomainError {
    try {
      switch (letter.type) {
        case 'withdrawal':
          return takeWithdrawalLetter(this.#environment, this.#options.desk, letter);
        case 'erasure-proof':
          return takeProofLetter(this.#environment, letter);
        case 'data-request':
        case 'data-answer':
          return this.#options.requests().take(letter);
      }
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  #withdrawalLetter(recordingId: string): { readonly letter: WithdrawalLetter; readonly facts: MailFacts } {
    const own = this.#environment.signer().publicKey;
    const receipt = this.#environment
      .vault()
      .receipts.ofRecording(recordingId)
      .find(({ identityKey }) => identityKey === own);
    if (!receipt || receipt.request.controllerKey === own) throw new DomainError('letter/nothing-to-send');
    const withdrawals = unconfirmedWithdrawals(this.#environment, receipt.request.controllerKey).filter(
      ({ withdrawal }) => withdrawal.recordingId === recordingId,
    );
    if (withdrawals.length === 0) throw new DomainError('letter/nothing-to-send');
    const letter: WithdrawalLetter = {
      ...{ format: letterFormat, version: letterVersion, type: 'withdrawal', recordingId, personKey: own },
      withdrawals: withdrawals.map(({ withdrawal, signature }) => ({ withdrawal, signature })),
    };
    return { letter, facts: this.#facts(receipt) };
  }

  #proofLetter(
    recordingId: string,
    participantId: string,
    despiteObjection = false,
  ): { readonly letter: ProofLetter; readonly facts: MailFacts } {
    const vault = this.#environment.vault();
    const { receipts, confirmations } = vault;
    const receipt = receipts.get(recordingId, participantId);
    if (!receipt) throw new DomainError('letter/nothing-to-send');
    const isTheirs = receipt.identityKey !== this.#environment.signer().publicKey;
    if (isTheirs && !despiteObjection && objectionsOf(vault, receipt).some(({ kind }) => kind === 'contact')) {
      throw new DomainError('privacy/do-not-contact');
    }
    const erasures = receipts
      .ofRecording(recordingId)
      .filter(({ identityKey }) => identityKey === receipt.identityKey)
      .flatMap(({ withdrawals }) => withdrawals)
      .flatMap(({ withdrawal, signature: withdrawalSignature }) => {
        const confirmed = confirmations.of(withdrawalSignature);
        if (!confirmed?.proof) return [];
        return [{ withdrawal, withdrawalSignature, proof: confirmed.proof, signature: confirmed.hostSignature }];
      });
    if (erasures.length === 0) throw new DomainError('letter/nothing-to-send');
    const letter: ProofLetter = {
      ...{ format: letterFormat, version: letterVersion, type: 'erasure-proof', recordingId },
      ...{ personKey: receipt.identityKey, hostKey: receipt.request.controllerKey, erasures },
    };
    return { letter, facts: this.#facts(receipt) };
  }

  #facts({ recordingId, name, request }: StoredReceipt): MailFacts {
    const { recordings, meetings } = this.#environment.vault();
    return {
      personName: name,
      controllerName: request.controllerName,
      meetingTitle: recordings.get(recordingId)?.title ?? meetings.titleOf(request.meetingId),
      askedAt: request.requestedAt,
    };
  }

  async #save(
    name: string,
    kind: 'withdrawal' | 'erasure-proof',
    text: string,
    language: Language,
  ): Promise<SavedDocument | null> {
    const path = await this.#options.documents.chooseTarget(name, kind, language);
    if (path === null) return null;
    await saveDocument(path, text);
    return { fileName: basename(path) };
  }
}

/** Reads no more than a letter can have: somebody may choose a film. */
async function textOf(path: string): Promise<string> {
  try {
    const handle = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(maxLetterSize + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < buffer.length; length += read) {
        read = (await handle.read(buffer, length, buffer.length - length, length)).bytesRead;
      }
      if (length > maxLetterSize) throw new DomainError('letter/too-large');
      return buffer.toString('utf8', 0, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError('letter/unreadable', error);
  }
}
