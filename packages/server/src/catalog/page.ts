import { evaluate } from '@madang/core/policy/evaluate.ts';
import type { Evidence } from '@madang/core/policy/model.ts';
import type { Reader } from '../db/store.ts';
import type { Place } from './cursor.ts';
import type { Filter } from './filter.ts';
import { askerOf } from './sieve.ts';
import { type Candidate, candidates, type OfferRow } from './store.ts';

/** A page that is asked for: datasets after or before a place, the first ones without. */
export interface Wanted {
  readonly filter: Filter;
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
}

export interface Page {
  readonly offers: readonly Candidate[];
  /** There are more, further in the direction of the walk. */
  readonly more: boolean;
}

/** Whether an offer is there for a partner: not withdrawn, and open to it by its access policy. */
export const visible = ({ access, withdrawn_at }: Pick<OfferRow, 'access' | 'withdrawn_at'>, evidence: Evidence): boolean =>
  withdrawn_at === null && evaluate(access, evidence).allowed;

/**
 * The offers of a page, each judged by its access policy: by the database where it can, else by the policy itself.
 * Nothing that is hidden moves a page's edge.
 */
export async function findPage(db: Reader, evidence: Evidence, { filter, after, before }: Wanted): Promise<Page> {
  const asker = askerOf(evidence);
  const wanted = filter.limit + 1;
  const found: Candidate[] = [];
  let skip = filter.offset;
  let edge = { after, before };
  for (let limit = Math.min(wanted + skip, MOST_READ); found.length < wanted; limit = Math.min(limit * 2, MOST_READ)) {
    const rows = await candidates(db, asker, filter, { ...edge, limit });
    for (const row of rows)
      if ((row.access === null || evaluate(row.access, evidence).allowed) && (skip === 0 || skip-- === 0)) found.push(row);
    const last = rows.at(-1);
    if (!last || rows.length < limit) break;
    edge = before ? { after: undefined, before: placeOf(last) } : { after: placeOf(last), before: undefined };
  }
  const offers = found.slice(0, filter.limit);
  return { offers: before ? offers.reverse() : offers, more: found.length >= wanted };
}

/** Rows of one query. */
const MOST_READ = 2_000;

export const placeOf = ({ created_at, id }: Candidate): Place => [created_at, id];
