import { AppWindow, BadgeCheck, MessageSquareText, Mic, NotebookText, Video, type LucideIcon } from 'lucide-react';
import type { RecordingKind } from '../../../common/consent/models';

/** The picture and the words of each kind that can be recorded: its name, one's own, everybody's. */
export const kindLooks = {
  audio: {
    icon: Mic,
    name: 'consent.audio',
    hint: 'consent.audioHint',
    own: 'consent.ownAudio',
    asked: 'consent.askedAudio',
  },
  video: {
    icon: Video,
    name: 'consent.video',
    hint: 'consent.videoHint',
    own: 'consent.ownVideo',
    asked: 'consent.askedVideo',
  },
  screen: {
    icon: AppWindow,
    name: 'consent.screen',
    hint: 'consent.screenHint',
    own: 'consent.ownScreen',
    asked: 'consent.askedScreen',
  },
  chat: {
    icon: MessageSquareText,
    name: 'consent.chat',
    hint: 'consent.chatHint',
    own: 'consent.ownChat',
    asked: 'consent.askedChat',
  },
  summary: {
    icon: NotebookText,
    name: 'consent.summary',
    hint: 'consent.summaryHint',
    own: 'consent.ownSummary',
    asked: 'consent.askedSummary',
  },
  clip: {
    icon: BadgeCheck,
    name: 'consent.clip',
    hint: 'consent.clipHint',
    own: 'consent.ownClip',
    asked: 'consent.askedClip',
  },
} as const satisfies Record<
  RecordingKind,
  { icon: LucideIcon; name: string; hint: string; own: string; asked: string }
>;
