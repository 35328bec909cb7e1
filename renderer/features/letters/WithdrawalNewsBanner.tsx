import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WithdrawalNews } from '../../../common/consent/letters';
import { useBridge, useRun } from '../../app/AppContext';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { ProofFacts, useExportDays } from './ProofFacts';

/** What others took back while the host was not looking. It stays until they say that they have seen it. */
export function WithdrawalNewsBanner() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const exportDays = useExportDays();
  const [news, setNews] = useState<readonly WithdrawalNews[]>([]);

  const read = useCallback(async () => {
    const result = await bridge['letters.news']();
    if (result.ok) setNews(result.value);
  }, [bridge]);

  useEffect(() => {
    void read();
    return bridge.on('recordings.changed', () => void read());
  }, [bridge, read]);

  async function seen() {
    await run(bridge['letters.newsSeen']());
    await read();
  }

  return news.map(({ recordingId, participantId, personName, meetingTitle, proof }, index) => {
    const days = exportDays([proof]);
    return (
      <Banner
        key={`${recordingId} ${participantId} ${proof.withdrawalHash}`}
        role="region"
        title={
          meetingTitle === null
            ? t('letters.news', { name: personName })
            : t('letters.newsOf', { name: personName, title: meetingTitle })
        }
        {...(index === 0 ? { actions: <Button onPress={() => void seen()}>{t('letters.newsSeen')}</Button> } : {})}
      >
        <ProofFacts proofs={[proof]} />
        {days !== null && <p>{t('letters.outOfReachHost', { name: personName, days })}</p>}
      </Banner>
    );
  });
}
