import type { Decimal } from '@madang/core/decimal.ts';
import { useId } from 'react';
import { percent } from '../format.ts';
import { useWords } from '../language.tsx';
import { fillOf, type Kind, KindFills, KindMark } from './kinds.tsx';
import { useWidth } from './use-width.ts';
import './bars.css';

export interface CoverageShare {
  readonly kind: Kind;
  readonly share: Decimal;
}

/** How much of a total rests on which kind of data: one bar, then the four in words. */
export function Coverage({ label, shares }: { label: string; shares: readonly CoverageShare[] }) {
  const words = useWords();
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={ref} className="coverage">
      <svg
        width={width}
        height={26}
        role="img"
        aria-label={`${label}: ${shares.map((s) => `${words.dataLong[s.kind]} ${percent(s.share)}`).join(', ')}`}
      >
        <KindFills id={id} />
        {laid(shares, width).map(
          ({ kind, left, wide }) =>
            wide > 0 && <rect key={kind} x={left} y={2} width={Math.max(1, wide - 2)} height={22} rx="3" {...fillOf(kind, id)} />,
        )}
      </svg>
      <ul className="row small">
        {shares.map((s) => (
          <li key={s.kind} className="row">
            <KindMark kind={s.kind} word={words.dataLong[s.kind] ?? s.kind} />
            <span className="figure">{percent(s.share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where each part lies on a bar of a width in px. */
function laid(shares: readonly CoverageShare[], width: number): { kind: Kind; left: number; wide: number }[] {
  const room = Math.max(0, width - 2);
  const before = (i: number) => shares.slice(0, i).reduce((sum, s) => sum + Number(s.share), 0);
  return shares.map(({ kind, share }, i) => ({ kind, left: 1 + before(i) * room, wide: Number(share) * room }));
}
