import { compare, type Decimal, div, isZero } from '../decimal.ts';
import type { Footprint } from './pact.ts';
import { stagesOf } from './stages.ts';

export interface PrimaryShare {
  /** 0 to 1. */
  readonly share: Decimal;
  /** As the footprint writes it. */
  readonly raw: Decimal;
  /** Percent or fraction cannot be told from the number: ask the supplier. */
  readonly doubtful: boolean;
}

/**
 * The primary data share of a footprint, as a fraction of pcfExcludingBiogenicUptake.
 *
 * PACT 3 names no range. PACT 2.3, the PACT Methodology and Catena-X use percent (0 to 100); published samples write `"0.55"`.
 * We write percent, and our stage extension says so (`primaryDataShareUnit`). Read from others: above 1 is percent; 0 is 0;
 * above 0 up to 1 is taken as a fraction, as the samples mean it, and marked doubtful. Absent: undefined.
 */
export function primaryShareOf(footprint: Footprint): PrimaryShare | undefined {
  const raw = footprint.pcf.primaryDataShare;
  if (raw === undefined) return undefined;
  const ours = stagesOf(footprint)?.primaryDataShareUnit === 'percent';
  const percent = ours || isZero(raw) || compare(raw, '1') > 0;
  return { share: percent ? div(raw, '100', 30, 'half_even') : raw, raw, doubtful: !percent };
}
