import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useToasts } from '../app/AppContext';

/**
 * Short notes at the bottom, and the voice of the app for screen readers. Both stay reachable while a dialog is open
 * (React Aria leaves `data-live-announcer` alone).
 */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts((state) => state.toasts);
  const announcement = useToasts((state) => state.announcement);
  const dismiss = useToasts((state) => state.dismiss);
  return (
    <>
      <div
        className="visually-hidden"
        role="status"
        aria-live="assertive"
        data-live-announcer="true"
        data-testid="announcer"
      >
        <span key={announcement.id}>{announcement.text}</span>
      </div>
      <div
        className="toasts"
        role="status"
        aria-live="polite"
        data-live-announcer="true"
        data-react-aria-top-layer="true"
      >
        {toasts.map((toast) => (
          <div key={toast.id} className={`toast toast-${toast.tone}`}>
            {toast.tone === 'danger' ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
            <div className="toast-text">
              <strong>{toast.title}</strong>
              {toast.text !== null && <span>{toast.text}</span>}
            </div>
            <Button
              className="icon-button toast-close"
              aria-label={t('common.dismiss')}
              onPress={() => dismiss(toast.id)}
            >
              <X size={16} aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </>
  );
}
