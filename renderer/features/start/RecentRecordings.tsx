import { Disc2 } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLanguage, useLibrary, useNavigation } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDay, formatDuration } from '../../i18n/format';
import { EmptyState } from '../../ui/EmptyState';
import { Retention } from '../recordings/Retention';

export function RecentRecordings() {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const recordings = useLibrary((state) => state.recordings);
  const go = useNavigation((state) => state.go);
  const ready = recordings?.filter(({ phase }) => phase === 'ready') ?? null;

  return (
    <section className="recent" aria-labelledby="recent-recordings">
      <header className="recent-head">
        <h2 id="recent-recordings">{t('start.recentRecordings')}</h2>
      </header>
      {ready !== null && ready.length === 0 && <EmptyState icon={Disc2}>{t('start.noRecordings')}</EmptyState>}
      {ready !== null && ready.length > 0 && (
        <ul className="rows">
          {ready.slice(0, 6).map(({ id, title, startedAt, durationMs, deleteAfter, hold }) => (
            <li key={id}>
              <Button className="row" onPress={() => go({ page: 'recording', recordingId: id })}>
                <span className="row-main">
                  <span className="row-title">{title}</span>
                  <span className="row-sub times">
                    {formatDay(startedAt, now, language)} · {formatDuration(durationMs, language)}
                  </span>
                </span>
                <Retention deleteAfter={deleteAfter} now={now} held={hold !== null} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
