import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner';
import { Switch } from '../../ui/Switch';

export interface AtWorkProps {
  readonly isConfirmed: boolean;
  readonly isMissing: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** Says before a recording that consent at work may not be free, and asks whether it is needed at all (R28). */
export function AtWork({ isConfirmed, isMissing, onConfirm }: AtWorkProps) {
  const { t } = useTranslation();
  return (
    <Banner tone="warning" title={t('consent.workTitle')} role="region">
      <p>{t('consent.workText')}</p>
      <Switch
        label={t('consent.workConfirm')}
        states={{ on: t('common.yes'), off: t('common.no') }}
        isSelected={isConfirmed}
        onChange={onConfirm}
      />
      {isMissing && (
        <p className="field-error" role="alert">
          {t('consent.workMissing')}
        </p>
      )}
    </Banner>
  );
}
