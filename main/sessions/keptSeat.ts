import { z } from 'zod';
import { limits } from '../../common/meeting/limits';
import {
  hashSchema,
  idSchema,
  nameSchema,
  noticeFactsSchema,
  participantSchema,
  passcodeSchema,
  publicKeySchema,
  timestampSchema,
  titleSchema,
} from '../../common/meeting/models';
import { returnTokenSchema, secretSchema } from '../../common/protocol/messages';
import type { Vault } from '../vault/repositories';
import type { History } from './host/hostAuthority';
import { parseAs, readJson } from './json';
import type { KnownDoor, Seat } from './seat';

const addressSchema = z.object({ host: z.string().max(253), port: z.number().int().min(1).max(65_535) });

const keptDoorSchema = z.object({
  hostId: idSchema,
  hostKey: publicKeySchema,
  addresses: z.array(addressSchema),
  relay: z.object({ address: addressSchema, room: z.string() }).nullable(),
  /** base64url. */
  pin: z.string(),
  token: returnTokenSchema,
});

const keptSeatSchema = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('guest'),
    /** What it is kept for ends then, by this computer's clock. */
    until: timestampSchema,
    meetingId: idSchema,
    title: titleSchema,
    selfId: idSchema,
    hostId: idSchema,
    term: z.number().int().nonnegative(),
    relayOnly: z.boolean(),
    doors: z.array(keptDoorSchema),
  }),
  z.object({
    role: z.literal('host'),
    /** As long as the invite, whose door it is. */
    until: timestampSchema,
    meetingId: idSchema,
    title: titleSchema,
    selfId: idSchema,
    name: nameSchema,
    startedAt: timestampSchema,
    term: z.number().int().nonnegative(),
    notice: noticeFactsSchema,
    passcode: passcodeSchema.nullable(),
    relayOnly: z.boolean(),
    certificate: z.object({ privateKeyPem: z.string(), certificatePem: z.string(), fingerprint: hashSchema }),
    port: z.number().int().min(1).max(65_535),
    relayTicket: z.string().nullable(),
    invite: z.object({
      number: z.string(),
      secret: secretSchema,
      retired: z.array(secretSchema),
      expiresAt: timestampSchema,
    }),
    locked: z.boolean(),
    revision: z.number().int().nonnegative(),
    removedKeys: z.array(publicKeySchema),
    participants: z.array(participantSchema).max(limits.participants),
    tokens: z.array(z.tuple([idSchema, returnTokenSchema])),
    formerHostId: idSchema.nullable(),
    doors: z.array(keptDoorSchema),
  }),
]);
export type KeptSeat = z.infer<typeof keptSeatSchema>;
export type KeptHostSeat = Extract<KeptSeat, { role: 'host' }>;
export type KeptGuestSeat = Extract<KeptSeat, { role: 'guest' }>;

type KeptDoor = z.infer<typeof keptDoorSchema>;

export function keptDoors(doors: ReadonlyMap<string, KnownDoor>): KeptDoor[] {
  return [...doors].map(([hostId, { door, hostKey, token }]) => ({
    ...{ hostId, hostKey, token, relay: door.relay, addresses: [...door.addresses] },
    pin: Buffer.from(door.pin).toString('base64url'),
  }));
}

export function doorsOf(kept: readonly KeptDoor[]): ReadonlyMap<string, KnownDoor> {
  return new Map(
    kept.map(({ hostId, hostKey, token, addresses, relay, pin }) => [
      hostId,
      { door: { addresses, relay, pin: Buffer.from(pin, 'base64url') }, hostKey, token },
    ]),
  );
}

/** Who has hosted the meeting that is continued; of a new one nobody. */
export function historyOf(continued: KeptHostSeat | Seat | undefined): History {
  if (continued === undefined) return { term: 0, doors: new Map(), formerHostId: null };
  if (!('role' in continued)) {
    const former = continued.participants.find((one) => one.role === 'host');
    return { term: continued.term, doors: continued.doors, formerHostId: former?.id ?? null };
  }
  const { term, doors, formerHostId } = continued;
  return { term, doors: doorsOf(doors), formerHostId };
}

export function keptHistory({ term, doors, formerHostId }: History) {
  return { term, formerHostId, doors: keptDoors(doors) };
}

export interface KeptSeatsOptions {
  readonly vault: () => Vault;
  readonly clock: () => number;
  readonly report: (error: unknown) => void;
}

/**
 * What a process needs to come back to its meeting after a crash, in the vault while the meeting lasts. A vault that
 * fails keeps no meeting from going on.
 */
export class KeptSeats {
  readonly #options: KeptSeatsOptions;
  #written = '';

  constructor(options: KeptSeatsOptions) {
    this.#options = options;
  }

  keep(seat: KeptSeat): void {
    const document = JSON.stringify(seat);
    if (document === this.#written) return;
    this.#attempt((vault) => vault.keptSeat.set(document));
    this.#written = document;
  }

  forget(): void {
    this.#written = '';
    this.#attempt((vault) => vault.keptSeat.clear());
  }

  /** What there is to come back to; null when there is nothing, or it is too old. */
  read(): KeptSeat | null {
    const seat = this.#attempt((vault) => parseAs(keptSeatSchema, readJson(vault.keptSeat.get() ?? 'null'))) ?? null;
    if (seat === null) return null;
    const left = seat.until - this.#options.clock();
    // A clock that was set back must not make it last longer than it may.
    if (left > 0 && left <= limits.inviteLifetimeMs) return seat;
    this.forget();
    return null;
  }

  #attempt<Value>(work: (vault: Vault) => Value): Value | null {
    try {
      return work(this.#options.vault());
    } catch (error) {
      this.#options.report(error);
      return null;
    }
  }
}
