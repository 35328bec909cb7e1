import { ShieldCheck, Signature } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChainCheck } from '../../../common/consent/chainCheck';
import { useBridge, useRun } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ReadLetterButton } from '../letters/ReadLetterButton';
import { OwnRequests } from '../requests/OwnRequests';
import { ChainReport } from './ChainReport';
import { ConsentEntry } from './ConsentEntry';
import { useOwnConsents } from './useOwnConsents';

/** Everything one ever agreed to or declined, each yes with the way back beside it (R6). */
export function ConsentsScreen() {
  const { t } = useTranslation();
  const bridge = useBridge();
  const run = useRun();
  const heading = useScreenFocus();
  const { consents, read, withdraw } = useOwnConsents();
  const [check, setCheck] = useState<ChainCheck | null>(null);

  useEffect(() => {
    let stopped = false;
    // What the opening of the vault found is shown without being asked for; that all is well is not.
    void bridge['receipts.lastCheck']().then((result) => {
      if (stopped || !result.ok || result.value === null) return;
      if (result.value.troubles.length > 0 || !result.value.readable) setCheck(result.value);
    });
    return () => {
      stopped = true;
    };
  }, [bridge]);

  async function checkChain() {
    const result = await run(bridge['receipts.check']());
    if (result.ok) setCheck(result.value);
  }

  return (
    <Page>
      <div className="column">
        <header className="page-head">
          <div>
            <h1 ref={heading} tabIndex={-1}>
              {t('consents.title')}
            </h1>
            <p>{t('consents.intro')}</p>
          </div>
          <div className="letter-buttons">
            <Button icon={ShieldCheck} onPress={() => void checkChain()}>
              {t('consents.check')}
            </Button>
            <ReadLetterButton onRead={() => void read()} />
          </div>
        </header>
        {check !== null && <ChainReport check={check} />}
        <OwnRequests />
        {consents !== null && consents.length === 0 && <EmptyState icon={Signature}>{t('consents.empty')}</EmptyState>}
        {consents !== null && consents.length > 0 && (
          <ul className="rows">
            {consents.map((consent) => (
              <li key={`${consent.recordingId} ${consent.participantId}`}>
                <ConsentEntry consent={consent} onWithdraw={(kinds) => withdraw(consent, kinds)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
