import { basename } from 'node:path';
import type { Signer } from '../../common/meeting/meetingChannel';
import type { Language } from '../../common/meeting/models';
import type { ErasurePreview, SignedPersonErasure } from '../../common/privacy/erasure';
import type { ObjectionKind } from '../../common/privacy/objections';
import type { HeldPerson } from '../../common/privacy/heldData';
import { canonical } from '../../common/protocol/canonical';
import { DomainError } from '../../common/errors';
import { documentFileName } from '../documents/documentFileName';
import { saveDocument, type DocumentPorts } from '../documents/documents';
import type { Vault } from '../vault/repositories';
import { accessContent } from './access/accessDocument';
import { writeAccessArchive } from './access/accessArchive';
import { erasePerson } from './erasure/erasePerson';
import { erasurePlan } from './erasure/erasurePlan';
import { heldPeople } from './heldData';

export interface PersonRightsOptions {
  /** The open vault; throws DomainError `vault/locked` when there is none. */
  readonly vault: () => Vault;
  readonly signer: () => Signer;
  readonly now: () => number;
  readonly documents: DocumentPorts;
  /** The meeting this installation is in; null outside of one. */
  readonly runningMeeting: () => string | null;
  /** How far the archive is, 0 to 1. */
  readonly progress: (fraction: number) => void;
  /** What is kept is less now. */
  readonly changed: () => void;
  /** Somebody was erased: the proof, which is handed over and not kept. What it throws is logged: the erasure is done. */
  readonly erased: (signed: SignedPersonErasure) => void;
  readonly log: { info(message: string): void };
}

/** What a person may ask for (Art. 15, 17, 20 GDPR), carried out by whoever keeps the data. */
export class PersonRights {
  readonly #options: PersonRightsOptions;
  #archive: { readonly of: string; readonly abort: AbortController } | null = null;
  #lastErasure: { readonly name: string; readonly signed: SignedPersonErasure } | null = null;

  constructor(options: PersonRightsOptions) {
    this.#options = options;
  }

  people(): readonly HeldPerson[] {
    return heldPeople(this.#options.vault());
  }

  /**
   * Writes everything about a person into an archive. Null when the dialog is cancelled, or the writing is with
   * `cancelAccess`; a second one gives up the first. Throws `privacy/not-found`, `document/not-written`.
   */
  async saveAccess(identityKey: string, language: Language): Promise<{ readonly fileName: string } | null> {
    const { vault, now, documents, progress, log } = this.#options;
    const name = documentFileName('access', this.#person(identityKey).name, now(), language);
    const path = await documents.chooseTarget(name, 'access', language);
    if (path === null) return null;
    const content = accessContent(vault(), identityKey, now());
    if (content === null) throw new DomainError('privacy/not-found');
    this.cancelAccess();
    const abort = new AbortController();
    const archive = { of: identityKey, abort };
    this.#archive = archive;
    try {
      await writeAccessArchive(path, content, {
        ...{ vault: vault(), language, onProgress: progress, signal: abort.signal },
      });
      log.info('an access request was answered');
      return { fileName: basename(path) };
    } catch (error) {
      if (abort.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#archive === archive) this.#archive = null;
    }
  }

  cancelAccess(): void {
    this.#archive?.abort.abort();
  }

  /** Throws `privacy/not-found`, and `privacy/self` for the vault's owner, whose data is the vault. */
  previewErasure(identityKey: string, keepProofs: boolean): ErasurePreview {
    return this.#plan(this.#other(identityKey), keepProofs);
  }

  /** Carries out what `previewErasure` shows, as it is now, and puts the person on these lists first. Throws like it. */
  async erase(
    identityKey: string,
    keepProofs: boolean,
    objections: readonly ObjectionKind[] = [],
  ): Promise<SignedPersonErasure> {
    const { vault, signer, now, runningMeeting, changed, erased, log } = this.#options;
    const person = this.#other(identityKey);
    // What is being erased is not handed out meanwhile.
    if (this.#archive?.of === identityKey) this.cancelAccess();
    // Under the key alone: the name is often somebody else's too.
    for (const kind of objections) {
      vault().objections.add({ kind, reason: 'wish', addedAt: now(), who: { identityKey } });
    }
    // A seat that a crash left behind names everybody who was there; what follows takes it out of the backups too.
    if (runningMeeting() === null) vault().keptSeat.clear();
    const proof = await erasePerson(vault(), person, this.#plan(person, keepProofs), now());
    const signed = { proof, signature: signer().sign('personErasure', proof) };
    this.#lastErasure = { name: person.name, signed };
    log.info('a person was erased');
    try {
      erased(signed);
    } catch {
      log.info('the proof of an erasure could not be put beside what was asked');
    }
    changed();
    return signed;
  }

  /** Saves the proof of the last erasure, which is kept in memory until the next. Throws `privacy/not-found` without one. */
  async saveErasureProof(language: Language): Promise<{ readonly fileName: string } | null> {
    if (this.#lastErasure === null) throw new DomainError('privacy/not-found');
    const { name, signed } = this.#lastErasure;
    const suggested = documentFileName('person-erasure', name, signed.proof.erasedAt, language);
    const path = await this.#options.documents.chooseTarget(suggested, 'person-erasure', language);
    if (path === null) return null;
    await saveDocument(path, canonical(signed));
    return { fileName: basename(path) };
  }

  /** Forgets whom the last erasure was about. */
  handleVaultClosed(): void {
    this.cancelAccess();
    this.#lastErasure = null;
  }

  #plan(person: HeldPerson, keepProofs: boolean): ErasurePreview {
    const { vault, runningMeeting } = this.#options;
    return erasurePlan(vault(), person, { keepProofs, runningMeeting: runningMeeting() });
  }

  #other(identityKey: string): HeldPerson {
    const person = this.#person(identityKey);
    if (person.isSelf) throw new DomainError('privacy/self');
    return person;
  }

  #person(identityKey: string): HeldPerson {
    const person = this.people().find((one) => one.identityKey === identityKey);
    if (person === undefined) throw new DomainError('privacy/not-found');
    return person;
  }
}
