import { FileCheck2 } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { kindsWith, ownStanding, type OwnConsent } from '../../../common/consent/ownConsent';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';

/** The receipt of one answer as a file. The Kantara format has words for consent that stands only. */
export function ReceiptButton({ consent, describedBy }: { consent: OwnConsent; describedBy: string }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const { say } = useNotify();
  const language = useLanguage();
  const { recordingId, participantId, countersigned } = consent;

  async function save(format: 'dpv' | 'kantara') {
    const result = await run(bridge['receipts.save']({ recordingId, participantId, format, language }));
    if (!result.ok || result.value === null) return;
    const file = result.value.fileName;
    say(
      t('consents.receiptSaved', { file }),
      format === 'kantara'
        ? t('consents.receiptKantaraText')
        : t(countersigned ? 'letters.receiptSavedText' : 'consents.receiptNotCountersigned', {
            name: consent.controller.name,
          }),
    );
  }

  const label = t('consents.saveReceipt');
  if (kindsWith(ownStanding(consent), 'yes').length === 0) {
    return (
      <Button look="quiet" icon={FileCheck2} aria-describedby={describedBy} onPress={() => void save('dpv')}>
        {label}
      </Button>
    );
  }
  return (
    <Menu
      label={label}
      trigger={
        <AriaButton className="button button-quiet" aria-describedby={describedBy}>
          <FileCheck2 size={18} strokeWidth={2} aria-hidden />
          <span>{label}</span>
        </AriaButton>
      }
      entries={[
        { id: 'dpv', label: t('consents.receiptDpv'), onAction: () => void save('dpv') },
        { id: 'kantara', label: t('consents.receiptKantara'), onAction: () => void save('kantara') },
      ]}
    />
  );
}
