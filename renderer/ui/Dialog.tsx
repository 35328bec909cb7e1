import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './classNames';
import { IconButton } from './IconButton';

export interface DialogProps {
  readonly title: string;
  /** Above the title, for example the person who asks. */
  readonly lead?: ReactNode;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the bottom; they stay in sight when the text scrolls. */
  readonly footer?: ReactNode;
  readonly size?: 's' | 'm' | 'l' | 'xl';
  readonly role?: 'dialog' | 'alertdialog';
  /** Whether a click beside it closes it. A question that needs an answer says no. */
  readonly isDismissable?: boolean;
  readonly hideClose?: boolean;
}

export function Dialog({
  title,
  lead,
  isOpen,
  onClose,
  children,
  footer,
  size = 'm',
  role = 'dialog',
  isDismissable = true,
  hideClose,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      className="scrim"
      isOpen={isOpen}
      isDismissable={isDismissable}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classNames('modal', `modal-${size}`)}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog-head">
            {lead}
            <Heading slot="title" level={2} className="dialog-title">
              {title}
            </Heading>
            {!hideClose && (
              <IconButton slot={null} label={t('common.close')} icon={X} onPress={onClose} className="dialog-close" />
            )}
          </header>
          <div className="dialog-body">{children}</div>
          {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
