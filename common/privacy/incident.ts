import { z } from 'zod';
import { idSchema, publicKeySchema, timestampSchema } from '../meeting/models';
import { personalKinds } from './heldData';

/** Text of some lines that somebody types: no control characters but line breaks, no text-direction overrides. */
const lines = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|[\n\t])*$/u);

export const noteLength = 2_000;
export const noteSchema = lines(noteLength);

/** What happened. `loss`: data is gone, or cannot be read any more. */
export const incidentKinds = ['device', 'recipient', 'intruder', 'recording', 'malware', 'loss', 'other'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What was broken (Art. 4 no. 12 GDPR). */
export const breachedGoals = ['confidentiality', 'integrity', 'availability'] as const;
export type BreachedGoal = (typeof breachedGoals)[number];

/** What to expect of each kind before anybody has looked. */
export const likelyGoals: Readonly<Record<IncidentKind, readonly BreachedGoal[]>> = {
  device: ['confidentiality', 'availability'],
  recipient: ['confidentiality'],
  intruder: ['confidentiality'],
  recording: ['confidentiality'],
  malware: ['confidentiality', 'integrity', 'availability'],
  loss: ['availability'],
  other: [],
};

/** How grave it is for the people: no likely risk (Art. 33 (1)), a risk, a high one (Art. 34 (1)). */
export const incidentRisks = ['unlikely', 'risk', 'high'] as const;
export type IncidentRisk = (typeof incidentRisks)[number];

/** Why those concerned need not be told: there is no high risk (Art. 34 (1)), or Art. 34 (3) (a), (b), (c). */
export const silenceGrounds = ['no-high-risk', 'encrypted', 'afterwards', 'effort'] as const;
export type SilenceGround = (typeof silenceGrounds)[number];

/** Which part of the vault it is about. */
export const incidentScopeSchema = z.object({
  /** Everything on this computer; then the rest says nothing more. */
  device: z.boolean(),
  meetingIds: z.array(idSchema).max(500),
  recordingIds: z.array(idSchema).max(500),
});
export type IncidentScope = z.infer<typeof incidentScopeSchema>;

/** The same, and single people: those are counted, and not kept. */
export const incidentMeasureSchema = incidentScopeSchema.extend({ identityKeys: z.array(publicKeySchema).max(500) });

const count = z.number().int().nonnegative().max(10_000_000);
const affectedSchema = incidentScopeSchema.extend({
  /** How many people, about. */
  people: count,
  /** How many entries of each kind; kinds of which there is none are missing. */
  kinds: z.partialRecord(z.enum(personalKinds), count),
  /** Other data and other people, in words. */
  other: noteSchema,
  /** Whether data of special categories (Art. 9 GDPR) or under a duty of secrecy is among it; null: not looked at yet. */
  sensitive: z.boolean().nullable(),
});

/** What a person writes down about an incident. Numbers and IDs of meetings and recordings; names only where they type some. */
export const incidentSchema = z.object({
  kind: z.enum(incidentKinds),
  /** When somebody here knew with reasonable certainty that it is a breach: from here on the 72 hours count. */
  noticedAt: timestampSchema,
  /** When it happened; null: not known. */
  happenedAt: timestampSchema.nullable(),
  what: noteSchema.min(1),
  goals: z.array(z.enum(breachedGoals)).max(breachedGoals.length),
  affected: affectedSchema,
  consequences: noteSchema,
  /** Taken, or meant to be taken. */
  remedies: noteSchema,
  risk: z.enum(incidentRisks).nullable(),
  riskReason: noteSchema,
  authority: z.object({
    decision: z.enum(['notify', 'no']).nullable(),
    reason: noteSchema,
    sentAt: timestampSchema.nullable(),
    lateReason: noteSchema,
    /** Under which the authority keeps it. */
    reference: lines(200),
  }),
  people: z.object({
    decision: z.enum(['tell', 'no']).nullable(),
    ground: z.enum(silenceGrounds).nullable(),
    reason: noteSchema,
    toldAt: timestampSchema.nullable(),
  }),
  /** What was found out, done or handed in later (Art. 33 (4) GDPR), oldest first. */
  supplements: z.array(z.object({ at: timestampSchema, text: noteSchema.min(1) })).max(50),
});
export type Incident = z.infer<typeof incidentSchema>;

export const newIncidentSchema = incidentSchema.pick({ kind: true, noticedAt: true, what: true });
export const incidentRefSchema = z.object({ incidentId: idSchema });

export interface StoredIncident {
  readonly id: string;
  /** When it was first written down here, by this computer's clock. */
  readonly recordedAt: number;
  /** Null while something is still to be done. */
  readonly closedAt: number | null;
  readonly incident: Incident;
}

/** What a part of the vault holds, and about whom. */
export interface IncidentMeasure {
  readonly people: number;
  readonly kinds: Incident['affected']['kinds'];
  /** To tell them; this is not kept with the incident. */
  readonly names: readonly string[];
}

/** An incident as it begins, with what can be expected of its kind. */
export function newIncident({ kind, noticedAt, what }: z.infer<typeof newIncidentSchema>): Incident {
  return {
    ...{ kind, noticedAt, what, happenedAt: null, goals: [...likelyGoals[kind]] },
    affected: { device: false, meetingIds: [], recordingIds: [], people: 0, kinds: {}, other: '', sensitive: null },
    ...{ consequences: '', remedies: '', risk: null, riskReason: '' },
    authority: { decision: null, reason: '', sentAt: null, lateReason: '', reference: '' },
    people: { decision: null, ground: null, reason: '', toldAt: null },
    supplements: [],
  };
}
