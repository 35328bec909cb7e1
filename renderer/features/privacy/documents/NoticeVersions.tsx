import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { ToldNotice } from '../../../../common/privacy/notice';
import { useLanguage } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { useKeptData } from '../useKeptData';
import { DocumentButtons } from './DocumentButtons';
import { DocumentDialog } from './DocumentDialog';
import { noticeDocument } from './noticeDocument';

/** Every version of the notice that people here were ever told, the newest first. */
export function NoticeVersions({ current }: { current: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const versions = useKeptData(askVersions);
  const [read, setRead] = useState<ToldNotice | null>(null);
  const documentOf = ({ facts, version: { number, since } }: ToldNotice) =>
    noticeDocument(facts, t, formatDate(since, language), number);

  return (
    <section aria-labelledby="notice-versions" className="privacy-versions">
      <h2 id="notice-versions">{t('notices.versions')}</h2>
      <p className="small">{t('notices.versionsIntro')}</p>
      <ul className="rows">
        {versions?.map((told) => {
          const { number, since } = told.version;
          const name = t('notices.versionTitle', { number });
          return (
            <li key={number} className="ledger-item privacy-document">
              <History size={20} strokeWidth={1.7} aria-hidden className="ledger-held" />
              <span className="row-main">
                <span className="row-title">{name}</span>
                <span className="ledger-text">
                  {t('notices.since', { date: formatDate(since, language) })}
                  {number === current && ` · ${t('notices.current')}`}
                </span>
              </span>
              <DocumentButtons
                name={name}
                document="notice"
                content={() => documentOf(told)}
                formats={['pdf', 'html']}
                onRead={() => setRead(told)}
              />
            </li>
          );
        })}
      </ul>
      <DocumentDialog content={read === null ? null : documentOf(read)} onClose={() => setRead(null)} />
    </section>
  );
}

const askVersions = (bridge: Bridge) => bridge['privacy.noticeVersions']();
