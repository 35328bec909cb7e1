import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { NearbyMeetings } from '../../../common/meeting/nearby';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Spinner } from '../../ui/Spinner';
import { useNearbyMeetings } from './useNearbyMeetings';
import './nearby.css';

type Meeting = NearbyMeetings['meetings'][number];

const idOf = ({ meetingId, address }: Meeting) => `${meetingId} ${address}`;

/** The meetings that show themselves in the local network. It is asked while this is on the screen, and not otherwise. */
export function NearbyList({ chosen, onChoose }: { chosen: Meeting; onChoose: (meeting: Meeting) => void }) {
  const { t } = useTranslation();
  const { state, meetings, again } = useNearbyMeetings();
  return (
    <section className="nearby" aria-label={t('nearby.title')}>
      {meetings.length > 0 && (
        <Choices
          label={t('nearby.title')}
          dense
          options={meetings.map((meeting) => ({ id: idOf(meeting), title: meeting.meetingId, text: meeting.address }))}
          value={meetings.some((meeting) => idOf(meeting) === idOf(chosen)) ? idOf(chosen) : null}
          onChange={(id) => {
            const meeting = meetings.find((one) => idOf(one) === id);
            if (meeting !== undefined) onChoose(meeting);
          }}
        />
      )}
      <p className="nearby-state small" role="status">
        {state === 'looking' && <Spinner size={16} />}
        <span>
          {state === 'looking'
            ? t(meetings.length > 0 ? 'nearby.compare' : 'nearby.looking')
            : t(`nearby.trouble.${state}`)}
        </span>
      </p>
      {state === 'off' && (
        <Button icon={Radar} onPress={again}>
          {t('nearby.again')}
        </Button>
      )}
    </section>
  );
}
