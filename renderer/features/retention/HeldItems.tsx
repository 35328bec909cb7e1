import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HeldItem } from '../../../common/retention';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import type { HoldSubject } from './HoldDialog';

export interface HeldItemsProps {
  readonly holds: readonly HeldItem[];
  readonly onLift: (subject: HoldSubject) => void;
}

/** What is kept beyond its date, why, and the way to let it go. */
export function HeldItems({ holds, onLift }: HeldItemsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  return (
    <section className="ledger-section" aria-labelledby="ledger-holds">
      <h2 id="ledger-holds">{t('retention.holds')}</h2>
      {holds.length === 0 ? (
        <EmptyState icon={Lock}>{t('retention.holdsEmpty')}</EmptyState>
      ) : (
        <ul className="rows">
          {holds.map(({ kind, id, title, reason, since, deleteAfter }) => (
            <li key={`${kind} ${id}`} className="ledger-item">
              <Lock size={20} strokeWidth={1.8} aria-hidden className="ledger-held" />
              <span className="row-main">
                <span className="row-title">{title}</span>
                <span className="ledger-reason">{reason}</span>
              </span>
              <span className="row-side times">
                <span>{t('retention.heldSince', { date: formatDate(since, language) })}</span>
                <span className="row-sub">
                  {t(deleteAfter <= now ? 'retention.heldOver' : 'retention.heldUntil', {
                    date: formatDate(deleteAfter, language),
                  })}
                </span>
              </span>
              <Button
                icon={LockOpen}
                aria-label={t('retention.liftOf', { title })}
                onPress={() => onLift({ kind, id, title, deleteAfter, hold: { reason, since } })}
              >
                {t('retention.lift')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
