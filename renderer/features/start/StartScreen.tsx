import { DoorOpen, KeyRound, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useLanguage, useVault } from '../../app/AppContext';
import { Page } from '../../app/Page';
import { useClock } from '../../app/useClock';
import { useScreenFocus } from '../../app/useScreenFocus';
import { dayPart, formatWeekday, type DayPart } from '../../i18n/format';
import { ChainAlarm } from '../consents/ChainAlarm';
import { WithdrawalNewsBanner } from '../letters/WithdrawalNewsBanner';
import { IncidentDeadline } from '../privacy/incidents/IncidentDeadline';
import { RequestBanners } from '../requests/RequestBanners';
import { RecoveredBanner } from '../recordings/RecoveredBanner';
import { LeapBanner } from '../retention/LeapBanner';
import { CreateMeetingDialog } from './CreateMeetingDialog';
import { JoinDialog } from './JoinDialog';
import { RecentMeetings } from './RecentMeetings';
import { RecentRecordings } from './RecentRecordings';
import { ReturnBanner } from './ReturnBanner';
import { SoonDeleted } from './SoonDeleted';

const greetings = {
  morning: 'start.morning',
  day: 'start.day',
  evening: 'start.evening',
} as const satisfies Record<DayPart, string>;

export function StartScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClock(60_000);
  const heading = useScreenFocus();
  const name = useVault(({ profile }) => profile?.name ?? '');
  const [open, setOpen] = useState<'create' | 'join' | null>(null);
  const greeting = t(greetings[dayPart(new Date(now).getHours())]);

  return (
    <Page>
      <div className="column start">
        <header className="greeting">
          <h1 ref={heading} tabIndex={-1}>
            {name === '' ? t('start.greeting', { greeting }) : t('start.greetingName', { greeting, name })}
          </h1>
          <p>{formatWeekday(now, language)}</p>
        </header>
        <ReturnBanner />
        <IncidentDeadline />
        <RecoveredBanner />
        <ChainAlarm />
        <WithdrawalNewsBanner />
        <RequestBanners />
        <LeapBanner />
        <SoonDeleted />
        <div className="doors">
          <DoorButton
            look="green"
            icon={DoorOpen}
            title={t('start.create')}
            text={t('start.createText')}
            onPress={() => setOpen('create')}
          />
          <DoorButton
            look="plaster"
            icon={KeyRound}
            title={t('start.join')}
            text={t('start.joinText')}
            onPress={() => setOpen('join')}
          />
        </div>
        <div className="recents">
          <RecentMeetings />
          <RecentRecordings />
        </div>
      </div>
      <CreateMeetingDialog isOpen={open === 'create'} onClose={() => setOpen(null)} />
      <JoinDialog isOpen={open === 'join'} onClose={() => setOpen(null)} />
    </Page>
  );
}

interface DoorButtonProps {
  readonly look: 'green' | 'plaster';
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly onPress: () => void;
}

/** One of the two doors: a panel with a moulding and a brass knob. */
function DoorButton({ look, icon: Icon, title, text, onPress }: DoorButtonProps) {
  return (
    <Button className={`door-button door-${look}`} aria-label={title} aria-description={text} onPress={onPress}>
      <span className="door-button-inner">
        <Icon size={30} strokeWidth={1.5} aria-hidden />
        <span className="door-button-title">{title}</span>
        <span className="door-button-text">{text}</span>
      </span>
      <span className="knob" aria-hidden />
    </Button>
  );
}
