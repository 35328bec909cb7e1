import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ChatHit } from '../../../common/meeting/models';
import { useBridge, useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatTime } from '../../i18n/format';
import { Avatar } from '../../ui/Avatar';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/TextField';
import { markHits } from './markHits';

interface ChatSearchDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpenMeeting: (meetingId: string) => void;
}

/** Finds what was written in any meeting on this computer; a hit leads to its meeting. */
export function ChatSearchDialog({ isOpen, onClose, onOpenMeeting }: ChatSearchDialogProps) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const language = useLanguage();
  const now = useClock(60_000);
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState<readonly ChatHit[] | null>(null);
  const [isPartial, setPartial] = useState(false);

  useEffect(() => {
    if (!isOpen) {
      setQuery('');
      return undefined;
    }
    let stopped = false;
    void bridge['privacy.people']().then((result) => {
      if (!stopped && result.ok) setPartial(result.value.some(({ isRestricted }) => isRestricted));
    });
    return () => {
      stopped = true;
    };
  }, [bridge, isOpen]);

  useEffect(() => {
    if (query.trim() === '') {
      setHits(null);
      return undefined;
    }
    let stopped = false;
    // While somebody types, only the last query counts.
    const timer = setTimeout(() => {
      void bridge['chat.search']({ query }).then((result) => {
        if (!stopped) setHits(result.ok ? result.value : []);
      });
    }, 150);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [bridge, query]);

  return (
    <Dialog title={t('start.searchChat')} isOpen={isOpen} onClose={onClose}>
      <TextField
        label={t('start.searchLabel')}
        hideLabel
        type="search"
        icon={Search}
        value={query}
        onChange={setQuery}
        autoFocus
        maxLength={200}
        placeholder={t('start.searchExample')}
      />
      <div className="hits" aria-live="polite">
        {hits === null && <p className="small">{t('start.searchHint')}</p>}
        {hits !== null && isPartial && <p className="small">{t('rights.searchRestricted')}</p>}
        {hits !== null && hits.length === 0 && <p className="small">{t('start.searchNothing', { query })}</p>}
        {hits !== null && hits.length > 0 && (
          <>
            <p className="small">{t('start.searchCount', { count: hits.length })}</p>
            <ul>
              {hits.map(({ message, meetingTitle }) => (
                <li key={message.id}>
                  <Button className="hit" onPress={() => onOpenMeeting(message.meetingId)}>
                    <Avatar id={message.senderKey} name={message.senderName} size={32} />
                    <span className="hit-body">
                      <span className="hit-head times">
                        <strong>{message.mine ? t('common.you') : message.senderName}</strong>
                        <span>
                          {meetingTitle} ·{' '}
                          {t('common.dayAtTime', {
                            day: formatDay(message.sentAt, now, language),
                            time: formatTime(message.sentAt, language),
                          })}
                        </span>
                      </span>
                      <span className="hit-text">
                        {markHits(message.text, query).map(({ text, hit, at }) =>
                          hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
                        )}
                      </span>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}
