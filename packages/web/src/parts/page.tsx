import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../language.tsx';
import { movesSoFar } from '../router.ts';
import './page.css';

interface Props {
  title: string;
  /** One sentence: what this page is for. */
  purpose?: ReactNode;
  /** The one main action. */
  action?: ReactNode;
  /** Where this page hangs, above the title. */
  above?: ReactNode;
  children: ReactNode;
}

/** Names the document and moves the focus to the title when someone came here from another page. */
export function Page({ title, purpose, action, above, children }: Props) {
  const { brand } = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === brand ? brand : `${title} · ${brand}`;
  }, [title, brand]);
  useEffect(() => {
    if (movesSoFar() > 0) head.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page">
      {above}
      <header className="page-head">
        <div>
          <h1 ref={head} tabIndex={-1}>
            {title}
          </h1>
          {purpose && <p className="quiet">{purpose}</p>}
        </div>
        {action && <div className="page-action">{action}</div>}
      </header>
      {children}
    </div>
  );
}
