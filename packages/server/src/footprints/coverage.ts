import type { CoverageLine, CoverageView, LineStatus, PartyRef, Reason } from '@madang/core/api/views.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import { rollUp } from '@madang/core/footprint/roll-up.ts';
import type { Context } from '../context.ts';
import { contentOf } from '../negotiation/content.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { listExchanges } from '../protocol/find.ts';
import { ended } from '../protocol/table.ts';
import type { Exchange } from '../protocol/types.ts';
import { sameProduct } from '../records/views.ts';
import { type Bill, readBill, textOf } from './inputs.ts';

/** What the last request for a part came to. */
export interface Asked {
  readonly status: LineStatus;
  readonly exchange: string | null;
  readonly reasons: readonly Reason[];
  readonly took: number;
}

const MOST = 500;

/** Line by line who answered, who is awaited, who refused and why; without asking anyone. @throws MadangError `not_found`, `bom_missing` */
export async function coverage(ctx: Context, house: House, itemId: string): Promise<CoverageView> {
  const bill = await readBill(ctx, house, itemId);
  const negotiations = (await listExchanges(ctx, house, { protocol: 'negotiation', limit: MOST })).filter(
    ({ role }) => role === 'consumer',
  );
  return describe(ctx, house, bill, ({ supplier, component }) => {
    const found = negotiations.find((n) => n.peer === supplier && sameProduct(component ?? '', contentOf(n).products ?? []));
    return found ? fromExchange(found) : { status: 'not_asked', exchange: null, reasons: [], took: 0 };
  });
}

function fromExchange(exchange: Exchange): Asked {
  const status = exchange.state === 'TERMINATED' ? 'refused' : ended(exchange) ? 'received' : 'waiting';
  return {
    status,
    exchange: exchange.id,
    reasons: exchange.reasons,
    took: Date.parse(exchange.updated_at) - Date.parse(exchange.started_at),
  };
}

export async function describe(ctx: Context, house: House, bill: Bill, asked: (line: BomLine) => Asked): Promise<CoverageView> {
  const name = await partyName(ctx, house.id);
  const lines = bill.lines.map((line): CoverageLine => {
    const input = bill.inputs.get(line.line);
    const supplier: PartyRef | null = line.supplier === null ? null : { did: line.supplier, name: name(line.supplier) };
    const base = { line: line.line, name: textOf(line.name), component: line.component, supplier };
    if (line.supplier === null)
      return { ...base, status: line.factor ? 'own' : 'no_source', footprint: null, exchange: null, reasons: [], took: 0 };
    const { status, ...rest } = asked(line);
    // A footprint that came before still stands while a newer one is awaited or was refused.
    return {
      ...base,
      ...rest,
      status: input ? 'received' : status === 'received' ? 'waiting' : status,
      footprint: input?.recordId ?? null,
    };
  });
  return { item: bill.item.id, lines, complete: rollUp(bill.item, bill.lines, bill.inputs).complete };
}
