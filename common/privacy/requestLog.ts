import { z } from 'zod';
import { idSchema, nameSchema, publicKeySchema } from '../meeting/models';
import { daySchema } from './deadline';
import type { SignedPersonErasure } from './erasure';
import {
  answerTextSchema,
  extensionReasonSchema,
  requestRightSchema,
  requestTextSchema,
  type RequestRight,
  type RequestState,
} from './personRequests';

/** How a request came; `app`: from the person's own app, directly or as a letter. */
export const requestWays = ['app', 'email', 'word'] as const;
/** How it was found out that it is this person's (Art. 12 (6) GDPR). `key`: signed by the key they meet with. */
export const identityChecks = ['key', 'seen', 'contact', 'document', 'not-yet'] as const;
/** What can be chosen by hand: only a signature proves a key. */
const checksByHand = identityChecks.filter((one) => one !== 'key');
export type RequestWay = (typeof requestWays)[number];
export type IdentityCheck = (typeof identityChecks)[number];

/** One entry of the request log. */
export interface LoggedRequest {
  readonly requestId: string;
  /** Null: somebody whom this installation does not know. */
  readonly identityKey: string | null;
  /** As it was given; what a signed request says of itself. */
  readonly name: string;
  /** The name this vault knows the key under, when it is another. */
  readonly knownAs: string | null;
  readonly right: RequestRight;
  readonly text: string;
  readonly way: RequestWay;
  readonly check: IdentityCheck;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly dueOn: string;
  readonly extension: { readonly reason: string; readonly at: number } | null;
  /** Whether it can still be extended: open, not extended, and the first month is not over. */
  readonly extendable: boolean;
  readonly state: RequestState;
  readonly closedAt: number | null;
  readonly answer: string;
  /** Goes with the answer. */
  readonly erasure: SignedPersonErasure | null;
  readonly notes: string;
  /** Whether the person's app has what was last said; null where there is no app to tell. */
  readonly told: boolean | null;
}

/** A request of one's own to somebody who hosts. */
export interface OwnRequest {
  readonly requestId: string;
  readonly hostKey: string;
  readonly hostName: string;
  readonly right: RequestRight;
  readonly text: string;
  readonly madeAt: number;
  /** When it was taken back here; null: it was not. */
  readonly withdrawnAt: number | null;
  /** `waiting`: the host has not confirmed that it came. */
  readonly state: RequestState | 'waiting';
  /** True while it, or that it was taken back, is yet to be delivered. */
  readonly undelivered: boolean;
  readonly receivedAt: number | null;
  readonly dueOn: string | null;
  readonly answer: string;
  readonly erasure: SignedPersonErasure | null;
  /** The host has said something that was not looked at yet. */
  readonly isNews: boolean;
  /** What the host said, oldest first; each is signed by the host. */
  readonly history: readonly {
    readonly at: number;
    readonly state: RequestState;
    readonly dueOn: string;
    readonly extension: string | null;
    readonly answer: string;
  }[];
}

/** Somebody of whom one may ask something: they hosted a meeting or a recording one was in. */
export interface RequestableHost {
  readonly hostKey: string;
  readonly name: string;
}

export const addRequestSchema = z.object({
  identityKey: publicKeySchema.nullable(),
  name: nameSchema,
  right: requestRightSchema,
  text: requestTextSchema,
  way: z.enum(requestWays).exclude(['app']),
  check: z.enum(checksByHand),
  receivedOn: daySchema,
  notes: requestTextSchema,
});
export const noteRequestSchema = z.object({
  requestId: idSchema,
  notes: requestTextSchema,
  /** Absent: as it is. */
  check: z.enum(checksByHand).optional(),
});
export const extendRequestSchema = z.object({ requestId: idSchema, reason: extensionReasonSchema });
export const closeRequestSchema = z
  .object({
    requestId: idSchema,
    outcome: z.enum(['answered', 'refused', 'withdrawn']),
    answer: answerTextSchema,
  })
  // Art. 12 (4): whoever refuses says why.
  .refine(({ outcome, answer }) => outcome !== 'refused' || answer !== '');
export const makeRequestSchema = z.object({
  hostKey: publicKeySchema,
  right: requestRightSchema,
  text: requestTextSchema,
});
