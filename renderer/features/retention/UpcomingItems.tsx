import { CalendarCheck, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HoldKind, RetentionOverview } from '../../../common/retention';
import { useLanguage } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Retention } from '../recordings/Retention';
import type { HoldSubject } from './HoldDialog';

const monthMs = 30 * 24 * 60 * 60 * 1000;
const kindNames = { recording: 'retention.kindRecording', chat: 'retention.kindChat' } as const;

export interface UpcomingItemsProps {
  readonly kinds: RetentionOverview['kinds'];
  readonly onHold: (subject: HoldSubject) => void;
}

/** The recordings and meetings that go next, each with the way to keep it. */
export function UpcomingItems({ kinds, onHold }: UpcomingItemsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const dated = (['recording', 'chat'] as const satisfies readonly HoldKind[])
    .flatMap((kind) =>
      kinds[kind].upcoming.flatMap(({ id, title, at }): HoldSubject[] =>
        id === null ? [] : [{ kind, id, title: title ?? '', deleteAfter: at, hold: null }],
      ),
    )
    .filter(({ deleteAfter }) => deleteAfter <= now + monthMs)
    .sort((a, b) => a.deleteAfter - b.deleteAfter);

  return (
    <section className="ledger-section" aria-labelledby="ledger-upcoming">
      <h2 id="ledger-upcoming">{t('retention.upcoming')}</h2>
      {dated.length === 0 ? (
        <EmptyState icon={CalendarCheck}>{t('retention.upcomingEmpty')}</EmptyState>
      ) : (
        <ul className="rows">
          {dated.map((subject) => (
            <li key={`${subject.kind} ${subject.id}`} className="ledger-item">
              <span className="row-main">
                <span className="row-title">{subject.title}</span>
                <span className="row-sub times">
                  {t(kindNames[subject.kind])} · {formatDate(subject.deleteAfter, language)}
                </span>
              </span>
              <Retention deleteAfter={subject.deleteAfter} now={now} />
              <Button
                icon={Lock}
                look="quiet"
                aria-label={t('retention.holdOf', { title: subject.title })}
                onPress={() => onHold(subject)}
              >
                {t('retention.hold')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
