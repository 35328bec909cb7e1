import { BookUser, Check, MailX, Plus, VideoOff, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../../../common/ipc/bridge';
import type { Objection, ObjectionKind } from '../../../../common/privacy/objections';
import { useLanguage } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PrivacyPage } from '../PrivacyPage';
import { useKeptData } from '../useKeptData';
import { AddObjectionDialog } from './AddObjectionDialog';
import { LookUp } from './LookUp';
import { RemoveObjectionDialog } from './RemoveObjectionDialog';

const icons: Readonly<Record<ObjectionKind, LucideIcon>> = { recording: VideoOff, summary: BookUser, contact: MailX };

const askObjections = (bridge: Bridge) => bridge['rights.objections']();

/** Who does not want what: when and why, never who (Art. 21 GDPR). */
export function ObjectionsScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const objections = useKeptData(askObjections);
  const [found, setFound] = useState<readonly Objection[] | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Objection | null>(null);
  const count = found?.length ?? 0;
  const answer = found === null ? '' : count === 0 ? t('rights.checkNone') : t('rights.checkFound', { count });
  const isFound = ({ id }: Objection) => found?.some((one) => one.id === id) ?? false;

  return (
    <PrivacyPage current="objections" title={t('rights.title')} intro={t('rights.intro')}>
      <section className="ledger-section" aria-labelledby="objections-look-up">
        <h2 id="objections-look-up">{t('rights.check')}</h2>
        <LookUp answer={answer} onFound={setFound} />
      </section>
      <section className="ledger-section" aria-labelledby="objections-entries">
        <header className="ledger-head">
          <h2 id="objections-entries">{t('rights.entries', { count: objections?.length ?? 0 })}</h2>
          <Button icon={Plus} look="primary" onPress={() => setAdding(true)}>
            {t('rights.add')}
          </Button>
        </header>
        {objections !== null && objections.length === 0 && <EmptyState icon={VideoOff}>{t('rights.empty')}</EmptyState>}
        {objections !== null && objections.length > 0 && (
          <ul className="rows">
            {objections.map((objection) => {
              const { id, kind, reason, addedAt } = objection;
              const Icon = icons[kind];
              const date = formatDate(addedAt, language);
              const list = t(`rights.list.${kind}`);
              return (
                <li key={id} className={isFound(objection) ? 'ledger-item objection-found' : 'ledger-item'}>
                  <Icon size={20} strokeWidth={1.8} aria-hidden />
                  <span className="row-main">
                    <span className="row-title">
                      {list}
                      {isFound(objection) && <Check size={18} strokeWidth={2.4} aria-label={t('rights.check')} />}
                    </span>
                    <span className="row-sub">{t(`rights.reasons.${reason}`)}</span>
                  </span>
                  <span className="row-side times">{t('rights.since', { date })}</span>
                  <Button aria-label={t('rights.removeOf', { list, date })} onPress={() => setRemoving(objection)}>
                    {t('rights.remove')}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      {isAdding && <AddObjectionDialog onAdded={() => setFound(null)} onClose={() => setAdding(false)} />}
      <RemoveObjectionDialog objection={removing} isKnown={false} onClose={() => setRemoving(null)} />
    </PrivacyPage>
  );
}
