import type { RollUp } from '@madang/core/footprint/roll-up.ts';
import type { Item } from '@madang/core/item.ts';

/** What a footprint of ours was computed from. Kept beside the record and never part of a view. */
export interface FootprintBasis {
  readonly item: Pick<Item, 'id' | 'name'>;
  readonly rollUp: RollUp;
}

/** The basis of a footprint that was computed here; undefined for one that was received or imported. */
export const basisOf = (basis: unknown): FootprintBasis | undefined =>
  typeof basis === 'object' && basis !== null && 'rollUp' in basis ? (basis as FootprintBasis) : undefined;
