import * as build from '@madang/core/dsp/build.ts';
import type { ContractRequestMessage, Offer } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import { parsePolicy } from '@madang/core/policy/parse.ts';
import { evidenceFor } from '../catalog/evidence.ts';
import { type DescribedDataset, fetchDataset, productsIn, titleOf } from '../catalog/fetch.ts';
import { visible } from '../catalog/page.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { apply, created } from '../protocol/apply.ts';
import { checkCallback } from '../protocol/callback.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect, Opening } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf, type NegotiationContent, termsOf } from './content.ts';

interface Wish {
  readonly partner: string;
  readonly dataset: string;
  readonly offer?: string | undefined;
  readonly purpose?: string | undefined;
}

/**
 * As consumer: asks for an offer of a partner's dataset, on the partner's own terms. Returns the id of the negotiation.
 * @throws MadangError `partner_unknown`, `peer_refused`, `offer_unknown`; `policy_not_enforced` when its terms hold a rule that we could not keep
 */
export async function requestNegotiation(ctx: Context, house: House, wish: Wish, known?: DescribedDataset): Promise<string> {
  const partner = await getPartner(ctx, house.id, wish.partner);
  const dataset = known ?? (await fetchDataset(ctx, house, partner, wish.dataset, wish.purpose));
  const offer = dataset.hasPolicy.find((o: Offer) => wish.offer === undefined || o['@id'] === wish.offer);
  if (!offer) throw new MadangError('offer_unknown', { values: { id: wish.offer ?? wish.dataset } });
  parsePolicy(offer);
  const terms = termsOf(offer);
  const content: NegotiationContent = {
    offer: offer['@id'],
    terms,
    asked: terms,
    by: 'me',
    purpose: wish.purpose,
    products: productsIn(dataset),
  };
  const create = {
    id: newUrn(),
    protocol: 'negotiation',
    role: 'consumer',
    peer: partner.did,
    peerAddress: partner.dsp,
    dataset: wish.dataset,
    title: titleOf(dataset),
    content: content as never,
  } as const;
  const parties = { assigner: partner.did, assignee: house.did };
  const message = build.contractRequest({
    id: newUrn(),
    consumerPid: create.id,
    callbackAddress: house.dsp,
    offer: build.messageOffer(offer['@id'], wish.dataset, terms, parties),
  });
  await apply(ctx, house, { create, moves: [send(created(house, create), message)] });
  return create.id;
}

/** As consumer: answers the provider's offer with the terms it was first asked for. */
export function counterRequest(house: House, exchange: Exchange): Move {
  const { offer, terms, asked = terms } = contentOf(exchange);
  const { id, consumerPid, providerPid } = head(exchange);
  const parties = { assigner: exchange.peer, assignee: house.did };
  const message = build.contractRequest({
    id,
    consumerPid,
    providerPid,
    offer: build.messageOffer(offer, exchange.dataset, asked, parties),
  });
  return send(exchange, message, { content: { terms: asked, by: 'me' } });
}

/** As provider: a partner asks for one of our offers. An offer that it may not see is answered like one that does not exist. */
export const openRequest: Opening<'ContractRequestMessage'> = async ({ ctx, house, partner, message }) => {
  const { consumerPid, callbackAddress, offer: asked } = message;
  checkCallback(ctx, house, callbackAddress);
  const memberships = await partner.memberships();
  const { offer: row, evidence } = await evidenceFor(
    ctx,
    house,
    { did: partner.did, purpose: partner.purpose, memberships },
    { offer: asked['@id'] },
  );
  if (!row || !visible(row, evidence) || (asked.target !== undefined && asked.target !== row.dataset))
    throw new MadangError('offer_unknown', { values: { id: asked['@id'] } });
  const content: NegotiationContent = {
    offer: row.id,
    terms: termsOf(asked),
    by: 'them',
    contract: termsOf(row.contract as never),
    answer: row.answer,
    purpose: partner.purpose,
    memberships,
  };
  const create = {
    id: newUrn(),
    protocol: 'negotiation',
    role: 'provider',
    peer: partner.did,
    peerPid: consumerPid,
    peerAddress: callbackAddress,
    dataset: row.dataset,
    title: row.title,
    content: content as never,
  } as const;
  return { create, evidence };
};

/** As provider: the consumer answers our offer with terms of its own. */
export const arriveRequest: Effect<'ContractRequestMessage'> = ({ message }: { message: ContractRequestMessage }) => ({
  content: { terms: termsOf(message.offer), by: 'them' },
});
