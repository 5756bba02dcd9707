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
  let at = 0;
  return (
    <div ref={ref} className="coverage">
      <svg
        width={width}
        height={26}
        role="img"
        aria-label={`${label}: ${shares.map((s) => `${words.dataLong[s.kind]} ${percent(s.share)}`).join(', ')}`}
      >
        <KindFills id={id} />
        {shares.map(({ kind, share }) => {
          const wide = Number(share) * (width - 2);
          const left = 1 + at;
          at += wide;
          return wide > 0 && <rect key={kind} x={left} y={2} width={Math.max(1, wide - 2)} height={22} rx="3" {...fillOf(kind, id)} />;
        })}
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
