import { Archive } from 'lucide-react';
import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { BackupInfo, VaultState } from '../../../common/vaultState';
import { useBridge, useLanguage, useRun } from '../../app/AppContext';
import { useClock } from '../../app/useClock';
import { formatBytes, formatDay, formatTime } from '../../i18n/format';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { RestoreButton } from '../backup/RestoreButton';
import { Threshold } from './Threshold';

type Reason = Extract<VaultState, { phase: 'damaged' }>['reason'];

const texts = {
  database: { title: 'vault.damagedDatabase', text: 'vault.damagedDatabaseText' },
  key: { title: 'vault.damagedKey', text: 'vault.damagedKeyText' },
  'newer-version': { title: 'vault.damagedNewer', text: 'vault.damagedNewerText' },
} as const satisfies Record<Reason, object>;

export function DamagedScreen({ reason, backups }: { reason: Reason; backups: readonly BackupInfo[] }) {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const language = useLanguage();
  const now = useClock(60_000);
  const newestFirst = [...backups].sort((a, b) => b.takenAt - a.takenAt);
  const [chosen, setChosen] = useState<string | null>(newestFirst[0]?.id ?? null);
  const [busy, setBusy] = useState(false);

  async function restore(backupId: string) {
    setBusy(true);
    await run(bridge['vault.restore']({ backupId }));
    setBusy(false);
  }

  return (
    <Threshold title={t(texts[reason].title)} intro={t(texts[reason].text)}>
      <div className="form">
        <Banner title={t('vault.nothingLost')} role="region">
          {t('vault.nothingLostText')}
        </Banner>
        {newestFirst.length > 0 ? (
          <>
            <RadioGroup className="choices" aria-label={t('vault.backups')} value={chosen} onChange={setChosen}>
              <p className="field-label">{t('vault.backups')}</p>
              {newestFirst.map(({ id, takenAt, bytes }) => (
                <Radio key={id} value={id} className="choice">
                  <span className="choice-dot" aria-hidden />
                  <Archive size={18} aria-hidden />
                  <span className="choice-label times">
                    {t('common.dayAtTime', {
                      day: formatDay(takenAt, now, language),
                      time: formatTime(takenAt, language),
                    })}
                  </span>
                  <span className="choice-side times">{formatBytes(bytes, language)}</span>
                </Radio>
              ))}
            </RadioGroup>
            <div>
              <Button
                look="primary"
                size="l"
                isDisabled={chosen === null}
                isPending={busy}
                onPress={() => {
                  if (chosen !== null && !busy) void restore(chosen);
                }}
              >
                {busy ? t('vault.restoring') : t('vault.restore')}
              </Button>
            </div>
          </>
        ) : (
          reason !== 'newer-version' && (
            <p className="small">{reason === 'key' ? t('vault.keyHelp') : t('vault.noBackups')}</p>
          )
        )}
        <div>
          <RestoreButton />
        </div>
      </div>
    </Threshold>
  );
}
