import type { Look } from './look.ts';
import './badge.css';

/** The shape of a look on its own, 14 px: told apart without colour. */
export function Mark({ look }: { look: Look }) {
  return (
    <svg className={`mark ${look}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">
      <Shape look={look} />
    </svg>
  );
}

function Shape({ look }: { look: Look }) {
  if (look === 'force') return <rect x="2" y="2" width="10" height="10" rx="1.5" fill="currentColor" />;
  if (look === 'mine') return <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="3" />;
  if (look === 'theirs') return <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" />;
  if (look === 'stopped') return <path d="M2.5 2.5h9v9h-9zM1 13 13 1" fill="none" stroke="currentColor" strokeWidth="1.8" />;
  if (look === 'private') return <path d="M2 2h10v10H2zM2 8l6-6M2 12 12 2M6 12l6-6" fill="none" stroke="currentColor" strokeWidth="1.4" />;
  return <rect x="2" y="2" width="10" height="10" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="1.6 2" />;
}

/** A state: shape, colour and word together. */
export function Badge({ look, word }: { look: Look; word: string }) {
  return (
    <span className={`badge ${look}`}>
      <Mark look={look} />
      <span>{word}</span>
    </span>
  );
}
