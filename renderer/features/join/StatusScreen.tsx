import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useScreenFocus } from '../../app/useScreenFocus';
import { Spinner } from '../../ui/Spinner';

export interface StatusScreenProps {
  readonly icon: LucideIcon;
  readonly tone?: 'calm' | 'trouble';
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions: ReactNode;
  /** Something is going on; it may take a while. */
  readonly busy?: boolean;
}

/** One message in the middle of a quiet wall: connecting, waiting, refused, over. */
export function StatusScreen({ icon: Icon, tone = 'calm', title, children, actions, busy = false }: StatusScreenProps) {
  const heading = useScreenFocus();
  return (
    <main className="status">
      <div className="status-card">
        <div className={`medallion medallion-${tone}`} aria-hidden>
          {busy && <Spinner size={88} />}
          <Icon size={34} strokeWidth={1.6} />
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className="status-text">{children}</div>
        <div className="status-actions">{actions}</div>
      </div>
    </main>
  );
}
