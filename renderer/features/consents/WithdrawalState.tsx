import { Check, FileDown, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { kindsWith, ownStanding, type OwnConsent } from '../../../common/consent/ownConsent';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { useKindList } from '../consent/useRecordingMark';
import { LetterButtons } from '../letters/LetterButtons';
import { ProofFacts, useExportDays } from '../letters/ProofFacts';
import { useProofLetter, useWithdrawalLetter } from '../letters/useLetterActions';

/** What was taken back and is not confirmed yet, with the ways to deliver it oneself. */
export function WithdrawalWaiting({ consent, describedBy }: { consent: OwnConsent; describedBy: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const listKinds = useKindList();
  const { name, contact, self } = consent.controller;
  const actions = useWithdrawalLetter(consent.recordingId, name);
  const waiting = kindsWith(ownStanding(consent), 'waiting');
  if (waiting.length === 0) return null;
  const date = formatDate(Math.max(...consent.withdrawals.map(({ withdrawnAt }) => withdrawnAt)), language);
  const facts = { name, date, kinds: listKinds(waiting) };
  return (
    <div className="consent-entry-waiting">
      <Hourglass size={18} strokeWidth={1.9} aria-hidden />
      <div>
        <strong>{self ? t('consents.waitingOwn') : t('consents.waiting', { name })}</strong>
        <p>{t(self ? 'consents.waitingOwnText' : 'consents.waitingText', facts)}</p>
        {!self && (
          <>
            <p>{contact === '' ? t('consents.faster', { name }) : t('consents.fasterContact', { name, contact })}</p>
            <LetterButtons actions={actions} describedBy={describedBy} />
          </>
        )}
      </div>
    </div>
  );
}

/** What is confirmed: by the host's signed word, or, of one's own recording, by the files themselves. */
export function WithdrawalDone({ consent, describedBy }: { consent: OwnConsent; describedBy: string }) {
  const { t } = useTranslation();
  const listKinds = useKindList();
  const exportDays = useExportDays();
  const { name, self } = consent.controller;
  const actions = useProofLetter(consent, name);
  const proofs = consent.withdrawals.flatMap(({ proof }) => (proof === null ? [] : [proof]));
  const done = kindsWith(ownStanding(consent), 'done');
  if (proofs.length === 0) {
    if (done.length === 0) return null;
    return (
      <p className="consent-entry-note consent-entry-erased">
        <Check size={18} strokeWidth={2.2} aria-hidden />
        {t(self ? 'consents.doneOwnText' : 'consents.doneText', { name, kinds: listKinds(done) })}
      </p>
    );
  }
  const days = exportDays(proofs);
  return (
    <div className="consent-entry-proof">
      <Check size={18} strokeWidth={2.2} aria-hidden />
      <div>
        <strong>{t('consents.confirmedBy', { name })}</strong>
        <ProofFacts proofs={proofs} />
        {days !== null && <p>{t('letters.outOfReachPerson', { name, days })}</p>}
      </div>
      <Button look="quiet" icon={FileDown} aria-describedby={describedBy} onPress={() => void actions.save()}>
        {t('consents.saveProof')}
      </Button>
    </div>
  );
}
