import type { Decimal } from '@madang/core/decimal.ts';
import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { figure, percent } from '../format.ts';
import { fillOf, type Kind, KindFills } from './kinds.tsx';
import { useWidth } from './use-width.ts';
import { clip, falls, widthOf } from './waterfall.ts';
import './bars.css';

export interface WaterfallRow {
  readonly key: string;
  readonly name: string;
  readonly value: Decimal;
  readonly share: Decimal | null;
  readonly kind: Kind | null;
}

interface Props {
  label: string;
  rows: readonly WaterfallRow[];
  totalName: string;
  unit: string;
}

const NARROW = 560;

/** Contributions as a horizontal waterfall: each bar begins where the one above ended; the last is the sum. */
export function Waterfall({ label, rows, totalName, unit }: Props) {
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = width < NARROW;
  const { bars, total, extent } = falls(rows);
  const names = narrow ? 0 : Math.min(Math.max(...rows.map((r) => widthOf(r.name))) + 20, width * 0.4);
  const values = narrow ? 0 : 150;
  const step = narrow ? 44 : 30;
  const thick = narrow ? 14 : 18;
  const top = narrow ? 22 : 6;
  const x = scaleLinear(extent, [names, Math.max(names + 10, width - values)]);
  const height = (bars.length + 1) * step + 10;
  const totalAt = bars.length * step + 8;
  const text = (share: Decimal | null, value: Decimal) => `${figure(value)}${share === null ? '' : ` · ${percent(share)}`}`;
  return (
    <div ref={ref} className="bars">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={`${label}: ${totalName} ${figure(total)} ${unit}`}>
          <KindFills id={id} />
          {bars.map(({ row, from, to }, i) => {
            const left = x(Math.min(from, to));
            const wide = Math.max(1.5, Math.abs(x(to) - x(from)));
            const y = i * step;
            return (
              <g key={row.key}>
                <title>{row.name}</title>
                <text className="bar-name" x={0} y={y + (narrow ? 15 : 20)}>
                  {clip(row.name, narrow ? width - 150 : names - 12)}
                </text>
                <rect x={left} y={y + top} width={wide} height={thick} rx="2" {...fillOf(row.kind, id)} />
                {!narrow && <line className="bar-join" x1={x(to)} x2={x(to)} y1={y + top + thick} y2={y + step + top} />}
                <text
                  className="bar-value"
                  x={narrow ? width : left + wide + 8}
                  y={y + (narrow ? 15 : 20)}
                  textAnchor={narrow ? 'end' : 'start'}
                >
                  {text(row.share, row.value)}
                </text>
              </g>
            );
          })}
          <text className="bar-name total" x={0} y={totalAt + (narrow ? 15 : 20)}>
            {totalName}
          </text>
          <rect className="bar-total" x={x(0)} y={totalAt + top} width={Math.max(1.5, x(Number(total)) - x(0))} height={thick} rx="2" />
          <text
            className="bar-value total"
            x={narrow ? width : x(Number(total)) + 8}
            y={totalAt + (narrow ? 15 : 20)}
            textAnchor={narrow ? 'end' : 'start'}
          >
            {`${figure(total)} ${unit}`}
          </text>
        </svg>
      )}
    </div>
  );
}
