import { CheckCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LetterOutcome } from '../../../common/consent/letters';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { LetterButtons } from './LetterButtons';
import { ProofFacts, useExportDays } from './ProofFacts';
import { useProofLetter } from './useLetterActions';

/** What came of a letter: whose, which recording, what is gone, what is not, and what to do now. */
export function LetterResult({ outcome }: { outcome: LetterOutcome }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const exportDays = useExportDays();
  const atHost = outcome.type === 'carried-out';
  const name = atHost ? outcome.personName : outcome.controllerName;
  const actions = useProofLetter(outcome, name);
  const { meetingTitle, askedAt, proofs, repeated } = outcome;
  const days = exportDays(proofs);
  const date = formatDate(askedAt, language);
  return (
    <section className="letter-result" role="status">
      <div className="letter-result-head">
        <CheckCheck size={28} strokeWidth={1.7} aria-hidden />
        <div>
          <strong>{t(atHost ? 'letters.carriedOut' : 'letters.confirmed', { name })}</strong>
          <p className="small">
            {meetingTitle === null
              ? t('letters.recordingOf', { date })
              : t('letters.recordingTitled', { title: meetingTitle, date })}
          </p>
        </div>
      </div>
      {repeated && <p>{t('letters.repeated')}</p>}
      <ProofFacts proofs={proofs} />
      {days !== null && (
        <Banner tone="warning" role="region" title={t('letters.outOfReach')}>
          {t(atHost ? 'letters.outOfReachHost' : 'letters.outOfReachPerson', { name, days })}
        </Banner>
      )}
      <p>{t(atHost ? 'letters.sendBack' : 'letters.kept', { name })}</p>
      {atHost && <LetterButtons actions={actions} />}
    </section>
  );
}
