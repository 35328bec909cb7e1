import { MessagesSquare, Search } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { MeetingSummary } from '../../../common/meeting/models';
import { useLanguage, useLibrary } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatDuration, formatList, formatTime } from '../../i18n/format';
import { Button as TextButton } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { IconButton } from '../../ui/IconButton';
import { ChatSearchDialog } from './ChatSearchDialog';
import { MeetingDialog } from './MeetingDialog';

/** As many as fit beside the recent recordings. */
const few = 6;

export function RecentMeetings() {
  const { t } = useTranslation();
  const meetings = useLibrary((state) => state.meetings);
  const [opened, setOpened] = useState<MeetingSummary | null>(null);
  const [searching, setSearching] = useState(false);
  const [showsAll, setShowsAll] = useState(false);

  return (
    <section className="recent" aria-labelledby="recent-meetings">
      <header className="recent-head">
        <h2 id="recent-meetings">{t('start.recentMeetings')}</h2>
        {meetings !== null && meetings.length > 0 && (
          <IconButton label={t('start.searchChat')} icon={Search} onPress={() => setSearching(true)} />
        )}
      </header>
      {meetings !== null && meetings.length === 0 && (
        <EmptyState icon={MessagesSquare}>{t('start.noMeetings')}</EmptyState>
      )}
      {meetings !== null && meetings.length > 0 && (
        <ul className="rows">
          {(showsAll ? meetings : meetings.slice(0, few)).map((meeting) => (
            <li key={meeting.meetingId}>
              <MeetingRow meeting={meeting} onOpen={() => setOpened(meeting)} />
            </li>
          ))}
        </ul>
      )}
      {meetings !== null && meetings.length > few && !showsAll && (
        <TextButton look="quiet" onPress={() => setShowsAll(true)}>
          {t('start.allMeetings', { count: meetings.length })}
        </TextButton>
      )}
      <MeetingDialog meeting={opened} onClose={() => setOpened(null)} />
      <ChatSearchDialog
        isOpen={searching}
        onClose={() => setSearching(false)}
        onOpenMeeting={(meetingId) => {
          setSearching(false);
          setOpened(meetings?.find((meeting) => meeting.meetingId === meetingId) ?? null);
        }}
      />
    </section>
  );
}

function MeetingRow({ meeting, onOpen }: { meeting: MeetingSummary; onOpen: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const { title, startedAt, endedAt, participantNames, messageCount } = meeting;
  return (
    <Button className="row" onPress={onOpen}>
      <span className="row-main">
        <span className="row-title">{title}</span>
        <span className="row-sub">
          {participantNames.length > 0 ? formatList(participantNames, language) : t('start.nobodyElse')}
        </span>
      </span>
      <span className="row-side times">
        <span>
          {t('common.dayAtTime', { day: formatDay(startedAt, now, language), time: formatTime(startedAt, language) })}
        </span>
        <span className="row-sub">
          {endedAt === null ? t('start.interrupted') : formatDuration(endedAt - startedAt, language)}
          {messageCount > 0 && ` · ${t('start.messages', { count: messageCount })}`}
        </span>
      </span>
    </Button>
  );
}
