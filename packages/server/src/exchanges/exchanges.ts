import type { AgreementView, ExchangeDetail, ExchangeView } from '@madang/core/api/views.ts';
import type { Policy as Terms } from '@madang/core/dsp/types.ts';
import { readWith } from '../catalog/offers.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { findAgreement, getExchange, listAgreements, listExchanges, listSteps } from '../protocol/find.ts';
import type { ExchangeFilter } from '../protocol/types.ts';
import { receivedIn } from '../transfer/content.ts';
import { transferDetail } from '../transfer/detail.ts';
import { actionsFor, termsOn, viewExchange, viewStep, viewTerms } from './views.ts';

export async function viewExchanges(ctx: Context, house: House, filter: ExchangeFilter): Promise<ExchangeView[]> {
  const [rows, name] = await Promise.all([listExchanges(ctx, house, filter), partyName(ctx, house.id)]);
  return rows.map((row) => viewExchange(row, name));
}

/** @throws MadangError `not_found` */
export async function exchangeDetail(ctx: Context, house: House, id: string): Promise<ExchangeDetail> {
  const exchange = await getExchange(ctx, house, id);
  const [steps, name, agreement] = await Promise.all([
    listSteps(ctx, house, id),
    partyName(ctx, house.id),
    exchange.agreement ? findAgreement(ctx, house, exchange.agreement) : undefined,
  ]);
  const terms = exchange.protocol === 'negotiation' ? termsOn(exchange) : (agreement?.document as Terms);
  return {
    ...viewExchange(exchange, name),
    steps: steps.map((row, i) => viewStep(row, steps[i - 1])),
    policy: viewTerms(terms ?? {}, readWith(name)),
    actions: actionsFor(exchange),
    received: receivedIn(exchange),
    transfer: exchange.protocol === 'transfer' ? await transferDetail(ctx, house, exchange) : null,
  };
}

export async function viewAgreements(ctx: Context, house: House): Promise<AgreementView[]> {
  const [rows, name] = await Promise.all([listAgreements(ctx, house), partyName(ctx, house.id)]);
  const read = readWith(name);
  return rows.map(({ id, role, peer, dataset, title, document, negotiation, signed_at: signedAt }) => ({
    id,
    role,
    partner: { did: peer, name: name(peer) },
    dataset,
    title,
    policy: viewTerms(document as Terms, read),
    negotiation,
    signedAt,
  }));
}
