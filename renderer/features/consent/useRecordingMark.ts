import { CircleDot, CircleSlash2, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RecordingKind, RecordingState } from '../../../common/consent/models';
import { useLanguage } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { kindLooks } from './kindLooks';
import { recordedKinds } from './recordedKinds';

export interface RecordingMark {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly recorded: boolean;
}

/** What a person's tile says while something is being recorded; null when nothing is. */
export function useRecordingMark(recording: RecordingState | null, participantId: string): RecordingMark | null {
  const { t } = useTranslation();
  const listKinds = useKindList();
  if (recording === null) return null;
  const kinds = recordedKinds(recording, participantId);
  return kinds.length === 0
    ? { icon: CircleSlash2, text: t('consent.notInRecording'), recorded: false }
    : { icon: CircleDot, text: t('consent.inRecording', { kinds: listKinds(kinds) }), recorded: true };
}

/** `Ton, Bild und Chat` */
export function useKindList(): (kinds: readonly RecordingKind[]) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (kinds) =>
    formatList(
      kinds.map((kind) => t(kindLooks[kind].name)),
      language,
    );
}
