import { z } from 'zod';
import { limits } from '../meeting/limits';
import { nameSchema, publicKeySchema } from '../meeting/models';

/** What somebody does not want done with them: to be recorded, to be in a summary, to be written to. */
export const objectionKinds = ['recording', 'summary', 'contact'] as const;
export const objectionKindSchema = z.enum(objectionKinds);
export type ObjectionKind = z.infer<typeof objectionKindSchema>;

/**
 * Why, chosen and not written, so that no entry names anybody: their particular situation (Art. 21 (1) GDPR), direct
 * marketing (Art. 21 (2)), or simply their wish.
 */
export const objectionReasons = ['wish', 'situation', 'advertising'] as const;
export const objectionReasonSchema = z.enum(objectionReasons);
export type ObjectionReason = z.infer<typeof objectionReasonSchema>;

export const emailSchema = z.string().trim().max(limits.contactLength).pipe(z.email());

/** By what somebody is recognised: any of it is enough. A name alone may be somebody else's too. */
export const objectorSchema = z
  .object({ identityKey: publicKeySchema, email: emailSchema, name: nameSchema })
  .partial()
  .refine((who) => Object.values(who).some((value) => value !== undefined));
export type Objector = z.infer<typeof objectorSchema>;

export const newObjectionSchema = z.object({
  kinds: z.array(objectionKindSchema).min(1).max(objectionKinds.length),
  reason: objectionReasonSchema,
  who: objectorSchema,
});

/** One entry of a list. Whose it is cannot be read from it, only asked of it. */
export interface Objection {
  readonly id: string;
  readonly kind: ObjectionKind;
  readonly reason: ObjectionReason;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}
