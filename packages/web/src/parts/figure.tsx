import type { Decimal } from '@madang/core/decimal.ts';
import { figure, unitSign } from '../format.ts';

/** A figure with its unit; the exact value on hover and to whoever copies it. */
export function Figure({ value, unit, places }: { value: Decimal; unit?: string | undefined; places?: number }) {
  return (
    <data className="figure" value={value} title={`${value}${unit ? ` ${unit}` : ''}`}>
      {figure(value, places)}
      {unit && <span className="unit">{unitSign(unit)}</span>}
    </data>
  );
}
