import { MailPlus, MailQuestion, Table } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { noonOf } from '../../../common/privacy/deadline';
import type { LoggedRequest } from '../../../common/privacy/requestLog';
import { useBridge, useLanguage, useNotify, usePreferences, useRun } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Switch } from '../../ui/Switch';
import { PrivacyPage } from '../privacy/PrivacyPage';
import { AddRequestDialog } from './AddRequestDialog';
import { RequestDialog } from './RequestDialog';
import { requestTable } from './requestTable';
import { useDueWords } from './useDueWords';
import { askLog, useRequestData } from './useRequestData';
import './requests.css';

/** What people asked about their data, with the time that is left for the answer (Art. 12 (3) GDPR). */
export function RequestsScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const reminds = usePreferences((state) => state.preferences?.requestReminders ?? false);
  const requests = useRequestData(askLog);
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const open = requests?.filter(({ state }) => state === 'open') ?? [];
  const closed = requests?.filter(({ state }) => state !== 'open') ?? [];

  async function save() {
    const date = (at: number) => formatDate(at, language);
    const { content, missing } = requestTable(requests ?? [], t, date, (day) => date(noonOf(day)));
    const result = await run(
      bridge['privacy.saveDocument']({ document: 'requests', content, format: 'csv', language }),
    );
    if (!result.ok || result.value === null) return;
    say(
      t('requests.exported', { file: result.value.fileName }),
      missing === 0 ? null : t('requests.missing', { count: missing }),
    );
  }

  return (
    <PrivacyPage current="requests" title={t('requests.title')} intro={t('requests.intro')}>
      <div className="request-tools">
        <Button look="primary" icon={MailPlus} onPress={() => setAdding(true)}>
          {t('requests.add')}
        </Button>
        {requests !== null && requests.length > 0 && (
          <Button icon={Table} onPress={() => void save()}>
            {t('requests.export')}
          </Button>
        )}
      </div>
      {requests !== null && requests.length === 0 && <EmptyState icon={MailQuestion}>{t('requests.empty')}</EmptyState>}
      {requests !== null && requests.length > 0 && (
        <section className="ledger-section" aria-labelledby="requests-open">
          <h2 id="requests-open">{t('requests.open')}</h2>
          {open.length === 0 && <p>{t('requests.noneOpen')}</p>}
          <Rows requests={open} onOpen={setOpened} />
        </section>
      )}
      {closed.length > 0 && (
        <section className="ledger-section" aria-labelledby="requests-closed">
          <h2 id="requests-closed">{t('requests.closed')}</h2>
          <Rows requests={closed} onOpen={setOpened} />
        </section>
      )}
      <Switch
        label={t('requests.remind')}
        hint={t('requests.remindHint')}
        states={{ on: t('common.yes'), off: t('common.no') }}
        isSelected={reminds}
        onChange={(requestReminders) => void run(bridge['preferences.set']({ requestReminders }))}
      />
      <p className="small">{t('requests.holidays')}</p>
      <AddRequestDialog isOpen={adding} onClose={() => setAdding(false)} />
      <RequestDialog
        key={opened ?? ''}
        request={requests?.find(({ requestId }) => requestId === opened) ?? null}
        onClose={() => setOpened(null)}
      />
    </PrivacyPage>
  );
}

function Rows({ requests, onOpen }: { requests: readonly LoggedRequest[]; onOpen: (requestId: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const due = useDueWords();
  if (requests.length === 0) return null;
  return (
    <ul className="rows">
      {requests.map(({ requestId, right, name, knownAs, state, dueOn, receivedAt, way, closedAt }) => {
        const { urgency, date, left } = due(dueOn);
        return (
          <li key={requestId}>
            <AriaButton className="row" onPress={() => onOpen(requestId)}>
              <span className="row-main">
                <span className="row-title">
                  {t(`requests.right.${right}`)}
                  <span className="privacy-also">
                    {name}
                    {knownAs !== null && ` (${knownAs})`}
                  </span>
                </span>
                <span className="row-sub">
                  {t('requests.cameOn', { date: formatDate(receivedAt, language), way: t(`requests.way.${way}`) })}
                </span>
              </span>
              {state === 'open' ? (
                <span className="row-side times">
                  <span className={`request-left request-${urgency}`}>{left}</span>
                  <span className="row-sub">{t('requests.due', { date })}</span>
                </span>
              ) : (
                <span className="row-side times">
                  <span>{t(`requests.state.${state}`)}</span>
                  {closedAt !== null && (
                    <span className="row-sub">{t('requests.closedOn', { date: formatDate(closedAt, language) })}</span>
                  )}
                </span>
              )}
            </AriaButton>
          </li>
        );
      })}
    </ul>
  );
}
