import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ChainCheck, ChainEvent, ChainProblem, ChainTrouble } from '../../../common/consent/chainCheck';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';

const problemWords = {
  'entry-changed': 'consents.entryChanged',
  'entry-removed': 'consents.entryRemoved',
  'entry-reordered': 'consents.entryReordered',
  'receipt-changed': 'consents.receiptChanged',
  'receipt-removed': 'consents.receiptRemoved',
  'receipt-reordered': 'consents.receiptReordered',
  'receipt-not-in-chain': 'consents.receiptNotInChain',
} as const satisfies Record<ChainProblem, string>;

const eventWords = {
  asked: 'consents.eventAsked',
  given: 'consents.eventGiven',
  refused: 'consents.eventRefused',
  countersigned: 'consents.eventCountersigned',
  withdrawn: 'consents.eventWithdrawn',
  erased: 'consents.eventErased',
  expired: 'consents.eventExpired',
} as const satisfies Record<ChainEvent, string>;

/** Whether the receipts of this vault are what they were when they came; each thing that is wrong by its place and name. */
export function ChainReport({ check }: { check: ChainCheck }) {
  const { t } = useTranslation();
  const { troubles, entries, readable } = check;
  if (!readable) {
    return (
      <Banner tone="danger" role="alert" title={t('consents.chainUnreadable')}>
        {t('consents.chainTodo')}
      </Banner>
    );
  }
  if (troubles.length > 0) {
    return (
      <Banner tone="danger" role="alert" title={t('consents.chainBroken', { count: troubles.length })}>
        <ul className="chain-troubles">
          {troubles.map((trouble) => (
            <li key={JSON.stringify(trouble)}>
              <Trouble trouble={trouble} />
            </li>
          ))}
        </ul>
        <p>{t('consents.chainTodo')}</p>
      </Banner>
    );
  }
  return (
    <div className="chain-whole" role="status">
      <ShieldCheck size={20} strokeWidth={2} aria-hidden />
      <p>
        <strong>{t('consents.chainWhole', { count: entries })}</strong> {t('consents.chainWholeText')}
      </p>
    </div>
  );
}

function Trouble({ trouble: { problem, sequence, event, receipt } }: { trouble: ChainTrouble }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const whose =
    receipt === null
      ? null
      : t('consents.receiptOf', {
          person: receipt.personName,
          controller: receipt.controllerName,
          date: formatDate(receipt.answeredAt, language),
        });
  return [
    sequence === null ? null : t('consents.entryNumber', { number: sequence }),
    t(problemWords[problem]),
    event === null ? null : t(eventWords[event]),
    whose,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
