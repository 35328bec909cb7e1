import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingState } from '../../../common/consent/models';
import type { MeetingState } from '../../../common/meeting/sessionState';
import { useLanguage, useNotify } from '../../app/AppContext';
import { formatList } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { recordingNotes, type RecordingNote } from './recordingNotes';
import { useKindList } from './useRecordingMark';

export interface RecordingNotesProps {
  readonly recording: RecordingState;
  readonly meeting: MeetingState;
  readonly onOpenMine: () => void;
}

/** One thing at a time that a person should know about the recording; it stays until they have put it away. */
export function RecordingNotes({ recording, meeting, onOpenMine }: RecordingNotesProps) {
  const { t } = useTranslation();
  const { announce } = useNotify();
  const words = useNoteWords();
  const [away, setAway] = useState<readonly string[]>([]);
  const { recordingId } = recording.request;
  const keyOf = ({ type }: RecordingNote) => `${recordingId} ${type}`;
  const note = recordingNotes(recording, meeting).find((one) => !away.includes(keyOf(one)));
  const { title, text } = note === undefined ? { title: '', text: '' } : words(note);
  const said = useRef<string | null>(null);
  const key = note === undefined ? null : keyOf(note);

  useEffect(() => {
    if (key === null || said.current === key) return;
    said.current = key;
    announce(`${title} ${text}`);
  }, [announce, key, text, title]);

  if (note === undefined) return null;
  return (
    <Banner
      role="region"
      tone={note.type === 'loudspeaker' ? 'warning' : 'info'}
      title={title}
      actions={
        <>
          {note.type === 'time-ran-out' && <Button onPress={onOpenMine}>{t('consent.agreeAfterAll')}</Button>}
          {(note.type === 'same-terms' || note.type === 'no-beforehand' || note.type === 'own-setting') && (
            <Button onPress={onOpenMine}>{t('consent.change')}</Button>
          )}
          <IconButton
            icon={X}
            label={t('common.dismiss')}
            onPress={() => setAway((before) => [...before, keyOf(note)])}
          />
        </>
      }
    >
      {text}
    </Banner>
  );
}

function useNoteWords() {
  const { t } = useTranslation();
  const language = useLanguage();
  const listKinds = useKindList();
  return (note: RecordingNote): { readonly title: string; readonly text: string } => {
    switch (note.type) {
      case 'objected':
        return { title: t('rights.selfTitle'), text: t('rights.selfText', { name: note.host }) };
      case 'own-setting':
        return { title: t('rights.ownSetting'), text: t('rights.ownSettingText') };
      case 'time-ran-out':
        return { title: t('consent.timeRanOut'), text: t('consent.timeRanOutText') };
      case 'same-terms':
        return {
          title:
            note.kinds.length === 0
              ? t('consent.asBeforeNothing')
              : t('consent.asBefore', { kinds: listKinds(note.kinds) }),
          text: t('consent.asBeforeText'),
        };
      case 'no-beforehand':
        return { title: t('consent.noBeforehand'), text: t('consent.noBeforehandText') };
      case 'loudspeaker': {
        const names = formatList(note.names, language);
        return note.own
          ? { title: t('consent.loudspeakerOwn'), text: t('consent.loudspeakerOwnText', { names }) }
          : { title: t('consent.loudspeaker', { names }), text: t('consent.loudspeakerText') };
      }
    }
  };
}
