import { FileArchive } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPerson } from '../../../common/privacy/heldData';
import { useBridge, useLanguage, useNotify, useRun } from '../../app/AppContext';
import { formatPercent } from '../../i18n/format';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';

/** Saves everything about a person, with progress and a way out (Art. 15, 20 GDPR). */
export function AccessButton({ person: { identityKey }, onSaved }: { person: HeldPerson; onSaved?: () => void }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const { say } = useNotify();
  const [fraction, setFraction] = useState<number | null>(null);
  useEffect(() => bridge.on('privacy.accessProgress', (progress) => setFraction(progress.fraction)), [bridge]);

  async function save() {
    const result = await run(bridge['privacy.saveAccess']({ identityKey, language }));
    setFraction(null);
    if (result.ok && result.value !== null) {
      say(t('privacy.accessSaved', { file: result.value.fileName }), t('privacy.accessCheck'));
      onSaved?.();
    }
  }

  if (fraction !== null) {
    return (
      <div className="privacy-progress">
        <ProgressBar
          label={t('privacy.accessSaving')}
          fraction={fraction}
          format={(part) => formatPercent(part, language)}
        />
        <Button onPress={() => void bridge['privacy.cancelAccess']()}>{t('common.cancel')}</Button>
      </div>
    );
  }
  return (
    <div className="privacy-action">
      <Button icon={FileArchive} onPress={() => void save()}>
        {t('privacy.access')}
      </Button>
      <p className="small">{t('privacy.accessHint')}</p>
    </div>
  );
}
