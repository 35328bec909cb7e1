import type { ReactNode } from 'react';
import { Page } from '../../app/Page';
import { useScreenFocus } from '../../app/useScreenFocus';
import { PrivacyTabs, type PrivacyPlace } from './PrivacyTabs';

export interface PrivacyPageProps {
  readonly current: PrivacyPlace;
  readonly title: string;
  readonly intro: string;
  readonly children: ReactNode;
}

/** The frame of each part of data protection. */
export function PrivacyPage({ current, title, intro, children }: PrivacyPageProps) {
  const heading = useScreenFocus();
  return (
    <Page>
      <div className="column ledger">
        <header className="page-head">
          <div>
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            <p>{intro}</p>
          </div>
        </header>
        <PrivacyTabs current={current} />
        {children}
      </div>
    </Page>
  );
}
