import { useId, type ReactNode } from 'react';
import { classNames } from '../../../ui/classNames';
import './case.css';

/** One step of a case, with its heading. */
export function CaseSection({
  title,
  text,
  wide,
  children,
}: {
  title: string;
  text?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="case-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className="small">{text}</p>}
      </header>
      <div className={classNames('case-fields', wide && 'case-wide')}>{children}</div>
    </section>
  );
}
