import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Objection } from '../../../../common/privacy/objections';
import type { PersonStanding, Statement } from '../../../../common/privacy/personStanding';
import { useBridge, useLanguage, useRun } from '../../../app/AppContext';
import { formatDate } from '../../../i18n/format';
import { Banner } from '../../../ui/Banner';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { Button } from '../../../ui/Button';
import { RemoveObjectionDialog } from '../objections/RemoveObjectionDialog';

export interface InForceProps {
  readonly standing: PersonStanding;
  readonly onLift: () => void;
}

/** What of this person's wishes is in force, each with the way back. Nothing, where they have asked for nothing. */
export function InForce({ standing, onLift }: InForceProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const bridge = useBridge();
  const run = useRun();
  const [removing, setRemoving] = useState<Objection | null>(null);
  const { restriction, correction, statements, objections } = standing;
  const date = (at: number) => formatDate(at, language);
  const [removingStatement, setRemovingStatement] = useState<Statement | null>(null);
  const isEmpty = correction === null && statements.length === 0 && objections.length === 0;

  return (
    <>
      {restriction !== null && (
        <Banner
          tone="warning"
          role="region"
          title={t('rights.restrictedSince', {
            date: date(restriction.since),
            ground: t(`rights.grounds.${restriction.ground}`),
          })}
          actions={<Button onPress={onLift}>{t('rights.lift')}</Button>}
        >
          {t('rights.restrictedText')}
        </Banner>
      )}
      {!isEmpty && (
        <section className="privacy-group" aria-label={t('rights.inForce')}>
          <h3>{t('rights.inForce')}</h3>
          <ul className="privacy-items">
            {correction !== null && (
              <li className="privacy-wish">
                {t('rights.correctedTo', { name: correction.name, date: date(correction.correctedAt) })}
              </li>
            )}
            {objections.map((objection) => {
              const about = { list: t(`rights.list.${objection.kind}`), date: date(objection.addedAt) };
              return (
                <li key={objection.id} className="privacy-wish">
                  <span>{t('rights.on', about)}</span>
                  <Button look="quiet" aria-label={t('rights.removeOf', about)} onPress={() => setRemoving(objection)}>
                    {t('rights.remove')}
                  </Button>
                </li>
              );
            })}
            {statements.map((statement) => (
              <li key={statement.id} className="privacy-wish">
                <span>
                  <span className="small">{t('rights.statementAt', { date: date(statement.madeAt) })}</span>
                  <span className="privacy-statement">{statement.text}</span>
                </span>
                <Button
                  look="quiet"
                  aria-label={t('rights.statementRemoveOf', { date: date(statement.madeAt) })}
                  onPress={() => setRemovingStatement(statement)}
                >
                  {t('rights.statementRemove')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ConfirmDialog
        title={t('rights.statementRemoveTitle')}
        isOpen={removingStatement !== null}
        confirm={t('rights.statementRemove')}
        onConfirm={() => {
          if (removingStatement !== null) void run(bridge['rights.removeStatement']({ id: removingStatement.id }));
        }}
        onClose={() => setRemovingStatement(null)}
      >
        <p>{t('rights.statementRemoveText')}</p>
      </ConfirmDialog>
      <RemoveObjectionDialog objection={removing} isKnown onClose={() => setRemoving(null)} />
    </>
  );
}
