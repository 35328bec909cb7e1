import { useTranslation } from 'react-i18next';
import { noticeBeforeDeletionMs } from '../../../common/retention';
import { useLanguage, useLibrary, useNavigation } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatList, formatShortDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** Named one by one; more are counted. */
const named = 3;

/** A week's notice: the recordings whose time is nearly up, and where they can be kept. */
export function SoonDeleted() {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const go = useNavigation((state) => state.go);
  const recordings = useLibrary((state) => state.recordings);
  const soon = (recordings ?? [])
    .filter(({ phase, hold }) => hold === null && (phase === 'ready' || phase === 'recovered'))
    .filter(({ deleteAfter }) => deleteAfter - now <= noticeBeforeDeletionMs)
    .sort((a, b) => a.deleteAfter - b.deleteAfter);
  if (soon.length === 0) return null;

  const items = soon
    .slice(0, named)
    .map(({ title, deleteAfter }) =>
      deleteAfter <= now
        ? t('retention.soonItemNow', { title })
        : t('retention.soonItem', { title, date: formatShortDate(deleteAfter, language) }),
    );
  if (soon.length > named) items.push(t('retention.more', { count: soon.length - named }));
  return (
    <Banner
      role="region"
      title={t('retention.soonTitle', { count: soon.length })}
      actions={<Button onPress={() => go({ page: 'retention' })}>{t('retention.view')}</Button>}
    >
      <span className="times">{soon.length > named ? items.join(', ') : formatList(items, language)}</span>
    </Banner>
  );
}
