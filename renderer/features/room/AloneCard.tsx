import { useTranslation } from 'react-i18next';
import { InviteDetails, type InviteDetailsProps } from './InviteDetails';

/** The room is open and nobody is there yet: how to get them in. */
export function AloneCard(props: InviteDetailsProps) {
  const { t } = useTranslation();
  return (
    <section className="alone" aria-labelledby="alone-title">
      <h2 id="alone-title">{t('room.aloneTitle')}</h2>
      <p>{t('room.aloneText')}</p>
      <InviteDetails key={props.invite.link} {...props} />
    </section>
  );
}
