import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionEntry } from '../../../common/retention';
import { useLanguage } from '../../app/AppContext';
import { formatDate, formatTime } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';

const few = 8;

/** What went, when and why: no names, no content. */
export function DeletionLog({ entries }: { entries: readonly DeletionEntry[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? entries : entries.slice(0, few);
  return (
    <section className="ledger-section" aria-labelledby="ledger-log">
      <header className="ledger-head">
        <h2 id="ledger-log">{t('retention.logTitle')}</h2>
        {entries.length > 0 && <p className="small">{t('retention.logIntro')}</p>}
      </header>
      {entries.length === 0 ? (
        <EmptyState icon={ScrollText}>{t('retention.logEmpty')}</EmptyState>
      ) : (
        <table className="ledger-table ledger-log" aria-labelledby="ledger-log">
          <thead>
            <tr>
              <th scope="col">{t('retention.logWhen')}</th>
              <th scope="col">{t('retention.logWhat')}</th>
              <th scope="col">{t('retention.logWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ kind, at, why, count }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- counted from the end: entries are only added at the top
              <tr key={entries.length - index}>
                <td className="times">
                  {t('common.dayAtTime', { day: formatDate(at, language), time: formatTime(at, language) })}
                </td>
                <td>{t(`retention.deleted.${kind}`, { count })}</td>
                <td>{t(`retention.why.${why}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entries.length > few && !showsAll && (
        <Button look="quiet" className="ledger-all" onPress={() => setShowsAll(true)}>
          {t('retention.logAll', { count: entries.length })}
        </Button>
      )}
    </section>
  );
}
