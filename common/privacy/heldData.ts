import { z } from 'zod';
import { publicKeySchema } from '../meeting/models';

/** What a vault can hold about a person, in the order in which it is shown. */
export const personalKinds = ['contact', 'meeting', 'registration', 'chat', 'recording', 'consent', 'request'] as const;
export type PersonalKind = (typeof personalKinds)[number];

/**
 * Why something may be kept, by the articles of the GDPR: consent (Art. 6 (1) (a)), the meeting that was wanted
 * (Art. 6 (1) (b)), a duty to prove (Art. 6 (1) (c) with Art. 5 (2) and 7 (1)), the duty to answer and to prove that
 * (Art. 6 (1) (c) with Art. 5 (2) and 12), a legitimate interest (Art. 6 (1) (f)).
 */
export type LegalBasis = 'consent' | 'meeting' | 'proof' | 'answer' | 'interest';

/** On what each kind rests. */
export const legalBases: Readonly<Record<PersonalKind, LegalBasis>> = {
  contact: 'interest',
  meeting: 'meeting',
  registration: 'meeting',
  chat: 'meeting',
  recording: 'consent',
  consent: 'proof',
  request: 'answer',
};

/** One thing that is kept about one person. */
export interface HeldItem {
  readonly kind: PersonalKind;
  /** The meeting's ID for meeting, registration and chat, the recording's for recording and consent, the request's, null for a contact. */
  readonly id: string | null;
  /** Of the meeting or recording; null where its title is not kept any more. */
  readonly title: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** When it goes by itself; null while it is on hold. */
  readonly until: number | null;
  /** Chat lines, or tracks; else 1. */
  readonly count: number;
}

/** A person this vault holds something about. Two keys are two people: names prove nothing. */
export interface HeldPerson {
  readonly identityKey: string;
  /** The name they were met under last. */
  readonly name: string;
  /** Other names under which something is kept. */
  readonly otherNames: readonly string[];
  readonly isSelf: boolean;
  /** Their data may only be stored for now (Art. 18 GDPR). */
  readonly isRestricted: boolean;
  /** Oldest first. */
  readonly items: readonly HeldItem[];
}

export const personSchema = z.object({ identityKey: publicKeySchema });
