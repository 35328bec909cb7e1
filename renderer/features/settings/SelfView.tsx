import { useTranslation } from 'react-i18next';
import { useMedia, useVault } from '../../app/AppContext';
import { Avatar } from '../../ui/Avatar';
import { avatarColor } from '../../ui/avatarColor';
import { Spinner } from '../../ui/Spinner';
import { VideoView } from '../../ui/VideoView';

/** One's own picture as in a mirror, or who one is while the camera is off. */
export function SelfView({ name }: { name: string }) {
  const { t } = useTranslation();
  const camera = useMedia((state) => state.camera);
  const picture = useMedia((state) => state.selfView);
  const ownKey = useVault(({ profile }) => profile?.identityKey ?? '');
  if (picture !== null && camera.phase === 'on')
    return <VideoView stream={picture} mirrored label={t('settings.selfView')} />;
  return (
    <div className={`self-off person-${avatarColor(ownKey)}`}>
      {camera.phase === 'starting' ? <Spinner size={40} /> : <Avatar id={ownKey} name={name} size={96} />}
      <p>{camera.phase === 'starting' ? t('settings.cameraStarting') : t('settings.cameraOffText')}</p>
    </div>
  );
}
