import { z } from 'zod';
import { chatTextSchema, idSchema, nameSchema } from '../meeting/models';
import { personSchema } from './heldData';
import type { Objection } from './objections';

/**
 * Why somebody's data may only be stored for now (Art. 18 (1) (a) to (d) GDPR): they contest that it is right, it was
 * unlawful and they do not want it erased, they need it for claims, they objected and that is being looked at.
 */
export const restrictionGrounds = ['accuracy', 'unlawful', 'claims', 'objection'] as const;
export const restrictionGroundSchema = z.enum(restrictionGrounds);
export type RestrictionGround = z.infer<typeof restrictionGroundSchema>;

export interface Restriction {
  readonly ground: RestrictionGround;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** The name that is right, said by the person and noted by whoever keeps the data (Art. 16 GDPR). */
export interface NameCorrection {
  readonly name: string;
  readonly correctedAt: number;
}

/** What the person wants to have said about what is kept of them (Art. 16, second sentence, GDPR). */
export interface Statement {
  readonly id: string;
  /** The chat line it is about; null: about the person as such. */
  readonly chatId: string | null;
  readonly text: string;
  readonly madeAt: number;
}

/** What a person has asked for and what of it is in force. */
export interface PersonStanding {
  readonly restriction: Restriction | null;
  readonly correction: NameCorrection | null;
  readonly statements: readonly Statement[];
  /** Entries of the lists that cover this person, by key or by name. */
  readonly objections: readonly Objection[];
}

export const restrictSchema = personSchema.extend({ ground: restrictionGroundSchema });
/** `told`: that the person knows before it is lifted (Art. 18 (3) GDPR). */
export const liftRestrictionSchema = personSchema.extend({ told: z.literal(true) });
export const correctNameSchema = personSchema.extend({ name: nameSchema });
export const addStatementSchema = personSchema.extend({ chatId: idSchema.nullable(), text: chatTextSchema });
export const statementSchema = z.object({ id: idSchema });
