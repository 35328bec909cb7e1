import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert } as const;

export interface BannerProps {
  readonly tone?: keyof typeof icons;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Trouble is announced at once, the rest when there is a pause. */
  readonly role?: 'status' | 'alert' | 'region';
}

export function Banner({ tone = 'info', title, children, actions, role = 'status' }: BannerProps) {
  const Icon = icons[tone];
  return (
    <section className={`banner banner-${tone}`} role={role} {...(role === 'region' ? { 'aria-label': title } : {})}>
      <Icon size={20} strokeWidth={2} aria-hidden />
      <div className="banner-text">
        <strong>{title}</strong>
        {children !== undefined && <div className="banner-body">{children}</div>}
      </div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
    </section>
  );
}
