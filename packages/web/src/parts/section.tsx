import { type ReactNode, useId } from 'react';

/** A named part of a page. */
export function Section({
  title,
  purpose,
  action,
  children,
}: {
  title: string;
  purpose?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <div>
          <h2 id={id}>{title}</h2>
          {purpose && <p className="quiet small">{purpose}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
