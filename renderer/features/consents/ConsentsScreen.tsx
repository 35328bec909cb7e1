import { Signature } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { EmptyState } from '../../ui/EmptyState';
import { ConsentEntry } from './ConsentEntry';
import { useOwnConsents } from './useOwnConsents';

/** Everything one ever agreed to or declined, each yes with the way back beside it (R6). */
export function ConsentsScreen() {
  const { t } = useTranslation();
  const heading = useScreenFocus();
  const { consents, withdraw } = useOwnConsents();

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
        </header>
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
