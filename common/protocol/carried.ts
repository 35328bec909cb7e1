import { z } from 'zod';
import { limits } from '../meeting/limits';
import { idSchema } from '../meeting/models';
import { envelopeSchema } from './bodies';

/**
 * What travels over the data channel of a peer connection while somebody cannot reach the host: an envelope, which stands
 * by its signature and not by the way it takes.
 */
export const carriedSchema = z.object({
  envelope: envelopeSchema,
  /** Whom it is to reach; null: everybody. */
  for: idSchema.nullable(),
  /** It has been passed on by somebody who could reach both, and is not passed on again. */
  passedOn: z.boolean(),
});
export type Carried = z.infer<typeof carriedSchema>;

/** The text of a carried envelope, as it goes over a data channel. */
export const carriedTextSchema = z.string().min(2).max(limits.carriedCharacters);
