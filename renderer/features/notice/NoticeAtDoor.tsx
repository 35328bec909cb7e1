import { useTranslation } from 'react-i18next';
import type { Invitation } from '../../../common/meeting/sessionState';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { NoticeChanges } from './NoticeChanges';

/** Before the notice: whether it has been read before, and what is another since. */
export function NoticeAtDoor({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { noticeBefore, noticeKnown, noticeRenewed, notice } = invitation;
  if (noticeKnown !== null) {
    return <p className="small notice-known">{t('notices.unchanged', { date: formatDate(noticeKnown, language) })}</p>;
  }
  if (noticeBefore === null) return null;
  return (
    <Banner
      tone="warning"
      title={noticeRenewed ? t('notices.renewed') : t('notices.changedSince')}
      role={noticeRenewed ? 'alert' : 'status'}
    >
      <NoticeChanges before={noticeBefore.facts} after={notice} />
    </Banner>
  );
}

/** Which version of the notice it is, in words. */
export function useVersionWords(): (version: Invitation['noticeVersion']) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ number, since }) => t('notices.version', { number, date: formatDate(since, language) });
}
