import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NoticeFacts } from '../../../common/meeting/models';
import { noticeChanges } from './noticeChanges';
import './notice.css';

/** What is another now: what was said, and what is said. */
export function NoticeChanges({ before, after }: { before: NoticeFacts; after: NoticeFacts }) {
  const { t } = useTranslation();
  const changes = noticeChanges(before, after, t);
  if (changes.length === 0) return <p>{t('notices.onlyWords')}</p>;
  return (
    <dl className="notice-changes">
      {changes.map(({ fact, title, before: was, after: is }) => (
        <div key={fact}>
          <dt>{title}</dt>
          <dd>
            <span className="visually-hidden">{t('notices.was')}</span>
            <del>{was}</del>
            <ArrowRight size={16} aria-hidden />
            <span className="visually-hidden">{t('notices.is')}</span>
            <ins>{is}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
