import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../app/AppContext';
import { PrivacyPage } from '../privacy/PrivacyPage';
import { DeletionLog } from './DeletionLog';
import { HeldItems } from './HeldItems';
import { HoldDialog, type HoldSubject } from './HoldDialog';
import { KeptKinds } from './KeptKinds';
import { LeapBanner } from './LeapBanner';
import { UpcomingItems } from './UpcomingItems';

/** What is kept, how long, what goes next, what must not go, and what went (R21). */
export function RetentionScreen() {
  const { t } = useTranslation();
  const overview = useLibrary((state) => state.retention);
  const [subject, setSubject] = useState<HoldSubject | null>(null);

  return (
    <PrivacyPage current="retention" title={t('retention.title')} intro={t('retention.intro')}>
      <LeapBanner />
      {overview !== null && (
        <>
          <KeptKinds kinds={overview.kinds} />
          <UpcomingItems kinds={overview.kinds} onHold={setSubject} />
          <HeldItems holds={overview.holds} onLift={setSubject} />
          <DeletionLog entries={overview.log} />
        </>
      )}
      <HoldDialog subject={subject} onClose={() => setSubject(null)} />
    </PrivacyPage>
  );
}
