import { MessageSquareText, Mic, Video, type LucideIcon } from 'lucide-react';
import type { RecordingKind } from '../../../common/consent/models';

/** The picture and the words of each kind that can be recorded. */
export const kindLooks = {
  audio: { icon: Mic, name: 'consent.audio', hint: 'consent.audioHint', own: 'consent.ownAudio' },
  video: { icon: Video, name: 'consent.video', hint: 'consent.videoHint', own: 'consent.ownVideo' },
  chat: { icon: MessageSquareText, name: 'consent.chat', hint: 'consent.chatHint', own: 'consent.ownChat' },
} as const satisfies Record<RecordingKind, { icon: LucideIcon; name: string; hint: string; own: string }>;
