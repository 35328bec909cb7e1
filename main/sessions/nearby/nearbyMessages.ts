import { decode, encode } from 'dns-packet';
import { z } from 'zod';

/** What is announced of a meeting, and nothing else: see [Note: what an announcement says]. */
export interface Announcement {
  /** 16 hexadecimal digits, random for each announcing: neither the computer nor the person can be told from it. */
  readonly instance: string;
  /** The nine digits of the meeting. */
  readonly number: string;
  readonly port: number;
}

/** An announcement as it was heard. */
export interface Heard extends Announcement {
  readonly address: string;
  /** For how long it is valid; 0: the meeting takes its leave. */
  readonly ttlSeconds: number;
}

export type NearbyMessage =
  { readonly type: 'question'; readonly known: readonly string[] } | { readonly type: 'answer'; readonly heard: Heard };

/** DNS-SD (RFC 6763). Another version of what is said would be another TXT version. */
const service = '_konklave._tcp.local';
const version = 'v=1';
/** How long an announcement is valid: short, for a computer that is shut takes no leave. */
export const announcedSeconds = 120;

/** Asks everybody in the network for their meetings. */
export function questionMessage(): Buffer {
  return encode({ type: 'query', id: 0, questions: [{ type: 'PTR', name: service }] });
}

/**
 * [Note: what an announcement says] A random name, the address and port (which every packet shows anyway), the meeting's
 * number and a version. `ttlSeconds` 0 takes the leave (RFC 6762, 10.1).
 */
export function answerMessage({ instance, number, port }: Announcement, address: string, ttlSeconds: number): Buffer {
  const name = `${instance}.${service}`;
  // Not the computer's own name, which would tell whose it is.
  const target = `${instance}.local`;
  const unique = { class: 'IN', flush: true, ttl: ttlSeconds } as const;
  return encode({
    type: 'response',
    id: 0,
    flags: authoritative,
    answers: [
      { type: 'PTR', name: service, class: 'IN', ttl: ttlSeconds, data: name },
      { ...unique, type: 'SRV', name, data: { port, target } },
      { ...unique, type: 'TXT', name, data: [version, `id=${number}`] },
      { ...unique, type: 'A', name: target, data: address },
    ],
  });
}

const authoritative = 1 << 10;

/**
 * What a neighbour said, or null when it is not about meetings, not canonical, or names another address than the
 * sender's own: nobody can point at a third. Never throws.
 */
export function parseNearbyMessage(bytes: Buffer, sender: string): NearbyMessage | null {
  // Printers and televisions talk here as well: that is not even decoded.
  if (!bytes.includes('_konklave')) return null;
  const packet = decoded(bytes);
  if (packet === null) return null;
  return packet.type === 'query' ? readQuestion(packet) : readAnswer(packet, sender);
}

const records = z.array(z.unknown()).max(64);
const packetSchema = z.object({
  type: z.enum(['query', 'response']),
  questions: records,
  answers: records,
  additionals: records,
});
type Packet = z.output<typeof packetSchema>;

const ttlSchema = z.number().int().nonnegative();
const instanceOf = new RegExp(`^([0-9a-f]{16})\\.${service.replaceAll('.', '\\.')}$`);
const instanceSchema = z.string().regex(instanceOf);
const questionSchema = z.object({ type: z.enum(['PTR', 'ANY']), name: z.literal(service) });
const pointerSchema = z.object({
  type: z.literal('PTR'),
  name: z.literal(service),
  ttl: ttlSchema,
  data: instanceSchema,
});
const serverSchema = z.object({
  type: z.literal('SRV'),
  name: instanceSchema,
  data: z.object({ port: z.number().int().min(1).max(65_535), target: z.string().max(100) }),
});
const textSchema = z.object({
  type: z.literal('TXT'),
  name: instanceSchema,
  data: z.array(z.instanceof(Uint8Array).transform((part) => Buffer.from(part).toString('latin1'))).length(2),
});
const addressSchema = z.object({ type: z.literal('A'), name: z.string(), data: z.ipv4() });

function decoded(bytes: Buffer): Packet | null {
  try {
    return packetSchema.safeParse(decode(bytes)).data ?? null;
  } catch {
    return null;
  }
}

function readQuestion({ questions, answers }: Packet): NearbyMessage | null {
  if (firstAs(questionSchema, questions) === null) return null;
  // Whoever knows a meeting already says so, and is not told again (RFC 6762, 7.1).
  const known = answers.flatMap((record) => {
    const { data } = pointerSchema.safeParse(record);
    return data === undefined || data.ttl < announcedSeconds / 2 ? [] : [data.data.slice(0, 16)];
  });
  return { type: 'question', known };
}

function readAnswer({ answers, additionals }: Packet, sender: string): NearbyMessage | null {
  const all = [...answers, ...additionals];
  const pointer = firstAs(pointerSchema, all);
  const server = firstAs(serverSchema, all);
  const text = firstAs(textSchema, all);
  const address = firstAs(addressSchema, all);
  if (pointer === null || server === null || text === null || address === null) return null;
  const name = pointer.data;
  const number = /^id=([1-9][0-9]{8})$/.exec(text.data[1] ?? '')?.[1];
  if (server.name !== name || text.name !== name || address.name !== server.data.target) return null;
  if (text.data[0] !== version || number === undefined || address.data !== sender) return null;
  const ttlSeconds = Math.min(pointer.ttl, announcedSeconds);
  return {
    type: 'answer',
    heard: { instance: name.slice(0, 16), number, port: server.data.port, address: sender, ttlSeconds },
  };
}

function firstAs<Schema extends z.ZodType>(schema: Schema, all: readonly unknown[]): z.output<Schema> | null {
  for (const one of all) {
    const parsed = schema.safeParse(one);
    if (parsed.success) return parsed.data;
  }
  return null;
}
