import type { ReactNode } from 'react';
import './empty.css';

/** A place without anything yet: one sentence that says the first step, and the step. */
export function Empty({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
        <path d="M20 12V4H4v16h16v-2" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="square" />
      </svg>
      <p>{text}</p>
      {children}
    </div>
  );
}
