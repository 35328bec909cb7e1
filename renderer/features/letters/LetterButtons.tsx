import { Copy, FileDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import type { LetterActions } from './useLetterActions';

export function LetterButtons({ actions, describedBy }: { actions: LetterActions; describedBy?: string }) {
  const { t } = useTranslation();
  const described = describedBy === undefined ? {} : { 'aria-describedby': describedBy };
  return (
    <div className="letter-buttons">
      <Button icon={FileDown} {...described} onPress={() => void actions.save()}>
        {t('letters.asFile')}
      </Button>
      <Button icon={Copy} {...described} onPress={() => void actions.copy()}>
        {t('letters.asMail')}
      </Button>
      {actions.objection !== undefined && (
        <ConfirmDialog
          title={t('rights.contactTitle', { name: actions.objection.name })}
          isOpen={actions.objection.isAsking}
          confirm={t('rights.contactGo')}
          danger={false}
          onConfirm={actions.objection.goOn}
          onClose={actions.objection.stop}
        >
          <p>{t('rights.contactText')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
