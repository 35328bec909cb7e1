import { AppWindow, BadgeCheck, MessageSquareText, Mic, NotebookText, Video, type LucideIcon } from 'lucide-react';
import type { RecordingKind } from '../../../common/consent/models';

/** The picture and the words of each kind that can be recorded. */
export const kindLooks = {
  audio: { icon: Mic, name: 'consent.audio', hint: 'consent.audioHint', own: 'consent.ownAudio' },
  video: { icon: Video, name: 'consent.video', hint: 'consent.videoHint', own: 'consent.ownVideo' },
  screen: { icon: AppWindow, name: 'consent.screen', hint: 'consent.screenHint', own: 'consent.ownScreen' },
  chat: { icon: MessageSquareText, name: 'consent.chat', hint: 'consent.chatHint', own: 'consent.ownChat' },
  summary: { icon: NotebookText, name: 'consent.summary', hint: 'consent.summaryHint', own: 'consent.ownSummary' },
  clip: { icon: BadgeCheck, name: 'consent.clip', hint: 'consent.clipHint', own: 'consent.ownClip' },
} as const satisfies Record<RecordingKind, { icon: LucideIcon; name: string; hint: string; own: string }>;
