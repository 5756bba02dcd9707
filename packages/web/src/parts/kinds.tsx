import './kinds.css';

/** How well a figure is founded; every drawing and table uses these four. */
export const KINDS = ['primary', 'secondary', 'assumed', 'missing'] as const;
export type Kind = (typeof KINDS)[number];

export const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind);

/** Fills of the four kinds, told apart in black and white too. `id` keeps several drawings on a page apart. */
export function KindFills({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-secondary`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="fill-secondary" width="6" height="6" />
        <rect className="fill-primary" width="1.6" height="6" />
      </pattern>
      <pattern id={`${id}-assumed`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className="fill-surface" width="6" height="6" />
        <circle className="fill-quiet" cx="3" cy="3" r="1.1" />
      </pattern>
    </defs>
  );
}

/** Attributes of a bar of a kind; null for a bar that says nothing of its data. */
export function fillOf(kind: Kind | null, id: string): { fill: string; className: string } {
  if (kind === null) return { fill: 'var(--edge)', className: 'bar' };
  if (kind === 'primary') return { fill: 'var(--primary)', className: 'bar' };
  if (kind === 'missing') return { fill: 'none', className: 'bar missing' };
  return { fill: `url(#${id}-${kind})`, className: `bar ${kind}` };
}

/** The same look in a line of text. */
export function KindMark({ kind, word }: { kind: Kind; word: string }) {
  return (
    <span className={`kind ${kind}`}>
      <span className="swatch" aria-hidden="true" />
      {word}
    </span>
  );
}
