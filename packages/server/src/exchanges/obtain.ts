import type { obtainBody } from '@madang/core/api/bodies.ts';
import type { ObtainStatus, ObtainView, PartnerView, Reason } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { z } from 'zod';
import { type DescribedDataset, fetchDataset, findDataset, kindOf, productsIn } from '../catalog/fetch.ts';
import type { Context } from '../context.ts';
import { requestNegotiation } from '../negotiation/request.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { getExchange, newestExchange } from '../protocol/find.ts';
import { reasonOf } from '../protocol/reasons.ts';
import { ended } from '../protocol/table.ts';
import type { Exchange } from '../protocol/types.ts';
import { sameProduct } from '../records/views.ts';
import { PULL, receivedIn } from '../transfer/content.ts';
import { requestTransfer } from '../transfer/request.ts';

type Wish = z.infer<typeof obtainBody>;

/** Two calls for the same thing at once become one. Whatever name it was asked by: a dataset may hold several products. */
const underWay = new Map<string, Promise<unknown>>();

function once<T>(key: readonly unknown[], work: () => Promise<T>): Promise<T> {
  const text = JSON.stringify(key);
  const running = underWay.get(text) as Promise<T> | undefined;
  if (running) return running;
  const result = work().finally(() => underWay.delete(text));
  underWay.set(text, result);
  return result;
}

/**
 * Catalogue, negotiation, transfer and storing in one call. An agreement in force, a negotiation or a transfer under way is gone on with;
 * one that ended in a refusal is tried anew, and so is one for another purpose. So asking again never doubles anything.
 * @throws MadangError `partner_unknown`, `policy_not_enforced`
 */
export function obtain(ctx: Context, house: House, wish: Wish): Promise<ObtainView> {
  const { partner, dataset, product, kind, purpose } = wish;
  return once(['obtain', house.did, partner, dataset, product, kind, purpose], () => walk(ctx, house, wish));
}

async function walk(ctx: Context, house: House, wish: Wish): Promise<ObtainView> {
  const start = performance.now();
  const partner = await getPartner(ctx, house.id, wish.partner);
  const until = Date.now() + wish.wait * 1000;
  const state: State = { dataset: null, negotiation: null, transfer: null };

  const view = (status: ObtainStatus, reasons: readonly Reason[] = []): ObtainView => ({
    status,
    partner: { did: partner.did, name: partner.name },
    dataset: state.dataset?.['@id'] ?? null,
    negotiation: state.negotiation?.id ?? null,
    transfer: state.transfer?.id ?? null,
    agreement: state.negotiation?.agreement ?? null,
    records: status === 'received' && state.transfer ? receivedIn(state.transfer) : [],
    reasons,
    took: Math.round(performance.now() - start),
  });

  try {
    state.dataset = await find(ctx, house, partner, wish);
    if (!state.dataset) return view('not_offered');
    state.negotiation = await settled(ctx, house, await negotiation(ctx, house, wish, state.dataset), until, 'FINALIZED');
    if (state.negotiation.state !== 'FINALIZED') return view(ended(state.negotiation) ? 'refused' : 'waiting', state.negotiation.reasons);
    state.transfer = await settled(ctx, house, await transfer(ctx, house, state.negotiation), until, 'COMPLETED');
    if (state.transfer.state === 'COMPLETED') return view('received');
    return view(state.transfer.state === 'TERMINATED' ? 'refused' : 'waiting', state.transfer.reasons);
  } catch (error) {
    if (!(error instanceof MadangError)) throw error;
    if (error.code === 'outbound_unreachable') return view('unreachable', [reasonOf(error)]);
    if (error.code === 'peer_refused') return view('refused', [reasonOf(error)]);
    throw error;
  }
}

interface State {
  dataset: DescribedDataset | null;
  negotiation: Exchange | null;
  transfer: Exchange | null;
}

async function find(ctx: Context, house: House, partner: PartnerView, wish: Wish): Promise<DescribedDataset | null> {
  if (wish.dataset !== undefined) return fetchDataset(ctx, house, partner, wish.dataset, wish.purpose);
  const { product } = wish;
  const asked = { purpose: wish.purpose, filter: [{ kind: wish.kind, ...(product === undefined ? {} : { product }) }] };
  return findDataset(
    ctx,
    house,
    partner,
    asked,
    (d) => kindOf(d) === wish.kind && (product === undefined || sameProduct(product, productsIn(d))),
  );
}

function negotiation(ctx: Context, house: House, { partner, purpose }: Wish, described: DescribedDataset): Promise<Exchange> {
  const dataset = described['@id'];
  return once(['negotiate', house.did, partner, dataset, purpose], async () => {
    const known = await newestExchange(ctx, house, 'negotiation', { partner, dataset, purpose });
    if (known && known.state !== 'TERMINATED') return known;
    return getExchange(ctx, house, await requestNegotiation(ctx, house, { partner, dataset, purpose }, described));
  });
}

function transfer(ctx: Context, house: House, { peer: partner, dataset, agreement, content }: Exchange): Promise<Exchange> {
  return once(['transfer', house.did, partner, agreement], async () => {
    const { purpose } = content as { purpose?: string };
    const known = await newestExchange(ctx, house, 'transfer', { partner, dataset, purpose });
    // What was received before is asked for again: the provider may have a newer version. It is stored only if it differs.
    if (known && !ended(known) && known.agreement === agreement && (known.content as { format?: string }).format === PULL) return known;
    return getExchange(ctx, house, await requestTransfer(ctx, house, agreement ?? ''));
  });
}

/** The exchange once it has ended, reached `goal` or waits for a person of ours, or when the time is over. */
async function settled(ctx: Context, house: House, exchange: Exchange, until: number, goal: string): Promise<Exchange> {
  let latest = exchange;
  const look = async () => {
    latest = await getExchange(ctx, house, exchange.id);
    const waits = latest.role === 'consumer' && latest.state === 'OFFERED';
    return ended(latest) || latest.state === goal || waits ? true : undefined;
  };
  await ctx.changes.until(house.id, until - Date.now(), look, ({ id }) => id === exchange.id);
  return latest;
}
