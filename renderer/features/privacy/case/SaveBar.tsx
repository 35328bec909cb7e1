import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button';
import './case.css';

/** In sight as long as something is not saved. */
export function SaveBar({ text, onSave }: { text: string; onSave: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="case-save">
      <span>{text}</span>
      <Button look="primary" onPress={onSave}>
        {t('common.save')}
      </Button>
    </div>
  );
}
