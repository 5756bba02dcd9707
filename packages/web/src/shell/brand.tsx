import { useWords } from '../language.tsx';

/** The letter ㅁ as a courtyard with one opening, and the name. */
export function Brand({ size = 24 }: { size?: number }) {
  return (
    <span className="brand">
      <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
        <path d="M20 12V4H4v16h16v-2" fill="none" stroke="currentColor" strokeWidth="3.2" strokeLinecap="square" />
      </svg>
      <span>{useWords().brand}</span>
    </span>
  );
}
