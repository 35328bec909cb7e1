import {
  BookUser,
  ClipboardList,
  Disc2,
  MailQuestion,
  MessagesSquare,
  ScrollText,
  Signature,
  Siren,
  type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  retentionChoices,
  retentionKinds,
  type RetentionKind,
  type RetentionOfKind,
  type RetentionOverview,
} from '../../../common/retention';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatDate } from '../../i18n/format';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Select } from '../../ui/Select';
import { usePeriodWords } from './usePeriodWords';

const looks = {
  recording: { icon: Disc2, name: 'retention.recording', text: 'retention.recordingText' },
  chat: { icon: MessagesSquare, name: 'retention.chat', text: 'retention.chatText' },
  registration: { icon: ClipboardList, name: 'retention.registration', text: 'retention.registrationText' },
  receipt: { icon: Signature, name: 'retention.receipt', text: 'retention.receiptText' },
  contact: { icon: BookUser, name: 'retention.contact', text: 'retention.contactText' },
  request: { icon: MailQuestion, name: 'retention.request', text: 'retention.requestText' },
  log: { icon: ScrollText, name: 'retention.log', text: 'retention.logText' },
  incident: { icon: Siren, name: 'retention.incident', text: 'retention.incidentText' },
} as const satisfies Record<RetentionKind, { icon: LucideIcon; name: string; text: string }>;

/** One line for each kind of data: how many, how long, what goes next. */
export function KeptKinds({ kinds }: { kinds: RetentionOverview['kinds'] }) {
  const { t } = useTranslation();
  return (
    <section className="ledger-section" aria-labelledby="ledger-kept">
      <h2 id="ledger-kept">{t('retention.kept')}</h2>
      <table className="ledger-table ledger-kinds">
        <thead>
          <tr>
            <th scope="col">{t('retention.columnKind')}</th>
            <th scope="col" className="ledger-number">
              {t('retention.columnCount')}
            </th>
            <th scope="col">{t('retention.columnPeriod')}</th>
            <th scope="col">{t('retention.columnNext')}</th>
          </tr>
        </thead>
        <tbody>
          {retentionKinds.map((kind) => (
            <KindRow key={kind} kind={kind} state={kinds[kind]} />
          ))}
        </tbody>
      </table>
      <p className="small">{t('retention.periodNote')}</p>
    </section>
  );
}

function KindRow({ kind, state: { period, count, upcoming } }: { kind: RetentionKind; state: RetentionOfKind }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const words = usePeriodWords();
  const [shorter, setShorter] = useState<number | null>(null);
  const { icon: Icon, name, text } = looks[kind];
  // Of these three the new period counts for what is yet to come.
  const reachesKept = kind !== 'recording' && kind !== 'chat' && kind !== 'registration';

  async function save(next: number) {
    const result = await run(bridge['retention.setPeriod']({ kind, period: next }));
    if (result.ok) say(t('common.saved'));
  }

  return (
    <tr>
      <th scope="row">
        <span className="ledger-kind">
          <Icon size={20} strokeWidth={1.7} aria-hidden />
          <span>
            <span className="row-title">{t(name)}</span>
            <span className="ledger-text">{t(text)}</span>
          </span>
        </span>
      </th>
      <td className="ledger-number times">{count}</td>
      <td className="ledger-period">
        <Select
          label={t('retention.periodOf', { kind: t(name) })}
          hideLabel
          options={retentionChoices(kind, period).map((one) => ({ id: String(one), label: words(kind, one) }))}
          value={String(period)}
          onChange={(id) => {
            const next = Number(id);
            if (next === period) return;
            if (reachesKept && next < period && count > 0) setShorter(next);
            else void save(next);
          }}
        />
        <ConfirmDialog
          title={t('retention.shortenTitle')}
          isOpen={shorter !== null}
          confirm={t('retention.shorten')}
          onConfirm={() => {
            if (shorter !== null) void save(shorter);
          }}
          onClose={() => setShorter(null)}
        >
          <p>{t('retention.shortenText', { period: words(kind, shorter ?? period) })}</p>
        </ConfirmDialog>
      </td>
      <td className="times">
        <Next upcoming={upcoming} />
      </td>
    </tr>
  );
}

function Next({ upcoming: [first] }: Pick<RetentionOfKind, 'upcoming'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  if (first === undefined) return <span className="ledger-text">{t('retention.nothing')}</span>;
  return (
    <>
      <span>{first.at <= now ? t('retention.withinHour') : formatDate(first.at, language)}</span>
      {first.title !== null && <span className="ledger-text ledger-cut">{first.title}</span>}
    </>
  );
}
