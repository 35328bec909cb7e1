import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton';

/** A panel beside the tiles; it takes its space from them instead of covering them. Escape closes it. */
export function SidePanel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (panel.current?.contains(document.activeElement) === false) heading.current?.focus();
  }, []);

  useEffect(() => {
    const element = panel.current;
    // Not React's own event: that would come from dialogs opened in here as well.
    function handleKey(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    }
    element?.addEventListener('keydown', handleKey);
    return () => element?.removeEventListener('keydown', handleKey);
  }, [onClose]);

  return (
    <aside ref={panel} className="side" aria-labelledby={titleId}>
      <header className="side-head">
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <IconButton label={t('common.close')} icon={X} onPress={onClose} />
      </header>
      {children}
    </aside>
  );
}
