import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useScreenFocus } from '../../app/useScreenFocus';
import { Logo } from '../../ui/Logo';

/** The way in: a closed door on one side, on the other what is needed to open it. */
export function Threshold({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  const heading = useScreenFocus();
  return (
    <div className="threshold">
      <aside className="door" aria-hidden>
        <div className="door-panel door-panel-upper">
          <Logo size={44} onPanel />
          <p className="door-name">Konklave</p>
          <p className="door-line">{t('vault.tagline')}</p>
        </div>
        <div className="door-lock">
          <svg width="34" height="92" viewBox="0 0 34 92">
            <rect x="1" y="1" width="32" height="90" rx="16" fill="var(--brass-bright)" />
            <circle cx="17" cy="26" r="9" fill="#f6deA2" stroke="#b98a2f" strokeWidth="1.5" />
            <path
              d="M17 52a6.500 6.500 0 0 1 3.500 12l2.200 11.500h-11.400L13.500 64A6.500 6.500 0 0 1 17 52Z"
              fill="#3a2a08"
            />
          </svg>
        </div>
        <div className="door-panel door-panel-lower" />
      </aside>
      <main className="threshold-main">
        <div className="threshold-inner">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {intro !== undefined && <p className="intro">{intro}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
