import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LocalNetworkTrouble } from '../../../common/meeting/nearby';
import { Switch } from '../../ui/Switch';

export interface NearbySwitchProps {
  readonly isSelected: boolean;
  readonly onChange: (visible: boolean) => void;
  /** Why it is not seen although it may be. */
  readonly trouble?: LocalNetworkTrouble | null;
}

/** Shows a meeting in the local network, and says in plain words what that tells to whom. */
export function NearbySwitch({ isSelected, onChange, trouble = null }: NearbySwitchProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="switch-list">
        <Switch
          icon={Radar}
          label={t('nearby.show')}
          hint={t('nearby.showHint')}
          states={{ on: t('consent.stateYes'), off: t('consent.stateNo') }}
          isSelected={isSelected}
          onChange={onChange}
        />
      </div>
      <p className={trouble === null ? 'visually-hidden' : 'small'} role="status">
        {trouble !== null && t(`nearby.trouble.${trouble}`)}
      </p>
    </>
  );
}
