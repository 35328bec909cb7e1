import { useTranslation } from 'react-i18next';
import type { NearbyVisibility } from '../../../common/meeting/nearby';
import type { Invite } from '../../../common/meeting/sessionState';
import { InviteDetails } from './InviteDetails';

/** The room is open and nobody is there yet: how to get them in. */
export function AloneCard({ invite, nearby }: { invite: Invite; nearby: NearbyVisibility | null }) {
  const { t } = useTranslation();
  return (
    <section className="alone" aria-labelledby="alone-title">
      <h2 id="alone-title">{t('room.aloneTitle')}</h2>
      <p>{t('room.aloneText')}</p>
      <InviteDetails key={invite.link} invite={invite} nearby={nearby} />
    </section>
  );
}
