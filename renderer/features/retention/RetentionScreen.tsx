import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { PrivacyTabs } from '../privacy/PrivacyTabs';
import { DeletionLog } from './DeletionLog';
import { HeldItems } from './HeldItems';
import { HoldDialog, type HoldSubject } from './HoldDialog';
import { KeptKinds } from './KeptKinds';
import { LeapBanner } from './LeapBanner';
import { UpcomingItems } from './UpcomingItems';

/** What is kept, how long, what goes next, what must not go, and what went (R21). */
export function RetentionScreen() {
  const { t } = useTranslation();
  const heading = useScreenFocus();
  const overview = useLibrary((state) => state.retention);
  const [subject, setSubject] = useState<HoldSubject | null>(null);

  return (
    <Page>
      <div className="column ledger">
        <header className="page-head">
          <div>
            <h1 ref={heading} tabIndex={-1}>
              {t('retention.title')}
            </h1>
            <p>{t('retention.intro')}</p>
          </div>
        </header>
        <PrivacyTabs current="retention" />
        <LeapBanner />
        {overview !== null && (
          <>
            <KeptKinds kinds={overview.kinds} />
            <UpcomingItems kinds={overview.kinds} onHold={setSubject} />
            <HeldItems holds={overview.holds} onLift={setSubject} />
            <DeletionLog entries={overview.log} />
          </>
        )}
      </div>
      <HoldDialog subject={subject} onClose={() => setSubject(null)} />
    </Page>
  );
}
