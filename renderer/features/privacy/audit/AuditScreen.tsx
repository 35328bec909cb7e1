import { ScrollText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { auditShown, type AuditLog } from '../../../../common/privacy/auditLog';
import { useBridge, useLanguage, useRun } from '../../../app/AppContext';
import { formatDate, formatTime } from '../../../i18n/format';
import { Banner } from '../../../ui/Banner';
import { EmptyState } from '../../../ui/EmptyState';
import { PrivacyPage } from '../PrivacyPage';

/** What was done with data here, and whether the log of it still holds (R25). */
export function AuditScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const log = useAuditLog();

  return (
    <PrivacyPage current="audit" title={t('audit.title')} intro={t('audit.intro')}>
      {log !== null && log.finding !== null && (
        <Banner tone="danger" role="alert" title={t(`audit.${log.finding.problem}`)}>
          {t(`audit.${log.finding.problem}Text`, { number: log.finding.sequence })}
        </Banner>
      )}
      {log !== null && log.count === 0 && <EmptyState icon={ScrollText}>{t('audit.intact')}</EmptyState>}
      {log !== null && log.count > 0 && (
        <section className="ledger-section" aria-labelledby="audit-entries">
          <header className="ledger-head">
            <h2 id="audit-entries">{t('audit.entries', { count: log.count })}</h2>
            {log.finding === null && <p className="small">{t('audit.intact')}</p>}
          </header>
          <table className="ledger-table ledger-log" aria-labelledby="audit-entries">
            <thead>
              <tr>
                <th scope="col">{t('audit.when')}</th>
                <th scope="col">{t('audit.what')}</th>
              </tr>
            </thead>
            <tbody>
              {log.entries.map(({ sequence, at, action }) => (
                <tr key={sequence}>
                  <td className="times">
                    {t('common.dayAtTime', { day: formatDate(at, language), time: formatTime(at, language) })}
                  </td>
                  <td>{t(`audit.action.${action}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {log.count > auditShown && <p className="small">{t('audit.shown', { count: auditShown })}</p>}
        </section>
      )}
    </PrivacyPage>
  );
}

/** Null until read; read again with each new entry. */
function useAuditLog(): AuditLog | null {
  const bridge = useBridge();
  const run = useRun();
  const [log, setLog] = useState<AuditLog | null>(null);
  useEffect(() => {
    let stopped = false;
    const read = () =>
      void run(bridge['privacy.auditLog']()).then((result) => {
        if (!stopped && result.ok) setLog(result.value);
      });
    read();
    const unsubscribe = bridge.on('privacy.auditChanged', read);
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [bridge, run]);
  return log;
}
