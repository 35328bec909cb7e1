import { useId, type ReactNode } from 'react';

/** One step of a case, with its heading. */
export function CaseSection({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="case-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className="small">{text}</p>}
      </header>
      <div className="case-fields">{children}</div>
    </section>
  );
}
