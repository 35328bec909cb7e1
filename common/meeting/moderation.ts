import { z } from 'zod';
import type { ErrorCode } from '../errors';
import { idSchema, type Participant } from './models';

/**
 * Order at the door and in the room. What is not in here is the host's alone: co-hosts, the passcode, recordings, ending
 * the meeting. Nothing in here, and no other message, switches a microphone or a camera on (R11).
 */
export const moderationSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('admit'), knockId: idSchema }),
  z.object({ action: z.literal('deny'), knockId: idSchema }),
  z.object({ action: z.literal('remove'), participantId: idSchema }),
  z.object({ action: z.literal('mute'), participantId: idSchema }),
  z.object({ action: z.literal('mute-all') }),
  z.object({ action: z.literal('lock') }),
  z.object({ action: z.literal('unlock') }),
]);
export type Moderation = z.infer<typeof moderationSchema>;

/** Whom `mute-all` by this person concerns. */
export function mutedByAll(by: Participant, participants: readonly Participant[]): readonly Participant[] {
  return participants.filter((one) => isBelow(one, by));
}

/**
 * Why this person may not do this, or null when it may: the host everything, a co-host everything that does not concern
 * the host or a co-host, a guest nothing. Somebody at the door who has gone meanwhile is no reason.
 */
export function moderationRefusal(
  by: Participant,
  moderation: Moderation,
  participants: readonly Participant[],
): Extract<ErrorCode, 'session/not-host' | 'session/unknown-participant'> | null {
  if (by.role === 'guest') return 'session/not-host';
  if (moderation.action !== 'remove' && moderation.action !== 'mute') return null;
  const target = participants.find((one) => one.id === moderation.participantId);
  if (target === undefined || target.id === by.id) return 'session/unknown-participant';
  return isBelow(target, by) ? null : 'session/not-host';
}

function isBelow(target: Participant, by: Participant): boolean {
  if (target.id === by.id || target.role === 'host') return false;
  return by.role === 'host' || (by.role === 'co-host' && target.role === 'guest');
}
