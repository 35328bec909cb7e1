import { useTranslation } from 'react-i18next';
import type { EarlierKey } from '../../../common/verification/standing';
import { useLanguage } from '../../app/AppContext';
import { formatDate } from '../../i18n/format';
import { Banner } from '../../ui/Banner';

/** When somebody of this name was last met, and what it may mean that the key is another: nobody can tell from here. */
export function useEarlierKeyText(name: string, { lastMetAt, wasVerified }: EarlierKey): string {
  const { t } = useTranslation();
  const date = formatDate(lastMetAt, useLanguage());
  const met = wasVerified ? t('verification.changedVerified', { date }) : t('verification.changedMet', { date });
  return `${met} ${t('verification.changedMeans', { name })}`;
}

/** At the door and in front of it: a name one knows comes with another key. `list`: there is no room to say more. */
export function EarlierKeyWarning({
  name,
  earlierKey,
  place,
}: {
  name: string;
  earlierKey: EarlierKey;
  place: 'door' | 'preview' | 'list';
}) {
  const { t } = useTranslation();
  const text = useEarlierKeyText(name, earlierKey);
  return (
    <Banner tone="danger" role="alert" title={t('verification.changedTitle', { name })}>
      {place === 'door' && `${text} ${t('verification.changedDoor')}`}
      {place === 'preview' && `${text} ${t('verification.changedPreview')}`}
      {place === 'list' && t('verification.changedDoor')}
    </Banner>
  );
}
