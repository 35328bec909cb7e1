import { useTranslation } from 'react-i18next';
import { localDay, noonOf } from '../../../common/privacy/deadline';
import type { OwnRequest } from '../../../common/privacy/requestLog';
import { useLanguage, useNavigation } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { urgentAmong, useDueWords } from './useDueWords';
import { askLog, askOwn, useRequestData } from './useRequestData';

/** Named one by one; the rest is counted. */
const named = 3;

/** On the start page: what is soon to be answered, and what was answered to oneself. */
export function RequestBanners() {
  return (
    <>
      <DueBanner />
      <NewsBanners />
    </>
  );
}

function DueBanner() {
  const { t } = useTranslation();
  const go = useNavigation((state) => state.go);
  const today = localDay(useClock(60_000));
  const due = useDueWords();
  const urgent = urgentAmong(useRequestData(askLog) ?? [], today);
  if (urgent.length === 0) return null;
  const isOverdue = urgent.some(({ dueOn }) => due(dueOn).urgency === 'overdue');
  const items = urgent
    .slice(0, named)
    .map(({ right, name, dueOn }) =>
      t('requests.dueItem', { right: t(`requests.right.${right}`), name, due: due(dueOn).left }),
    );
  return (
    <Banner
      tone={isOverdue ? 'danger' : 'warning'}
      role="region"
      title={t('requests.dueTitle', { count: urgent.length })}
      actions={<Button onPress={() => go({ page: 'requests' })}>{t('requests.view')}</Button>}
    >
      <span className="times">{items.join(' · ')}</span>
    </Banner>
  );
}

function NewsBanners() {
  const { t } = useTranslation();
  const language = useLanguage();
  const go = useNavigation((state) => state.go);
  const news = (useRequestData(askOwn) ?? []).filter(({ isNews }) => isNews);
  const title = ({ hostName: name, state, dueOn }: OwnRequest) =>
    state === 'open' && dueOn !== null
      ? t('requests.newsExtended', { name, date: formatDate(noonOf(dueOn), language) })
      : t('requests.newsTitle', { name, state: t(`requests.state.${state}`) });
  return news.map((request) => (
    <Banner
      key={request.requestId}
      role="region"
      title={title(request)}
      actions={<Button onPress={() => go({ page: 'consents' })}>{t('requests.newsView')}</Button>}
    />
  ));
}
