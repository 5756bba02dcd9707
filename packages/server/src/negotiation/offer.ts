import * as build from '@madang/core/dsp/build.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import type { House } from '../participants/houses.ts';
import { checkCallback } from '../protocol/callback.ts';
import { head, send } from '../protocol/out.ts';
import type { Effect, Opening } from '../protocol/receive.ts';
import type { Exchange, Move } from '../protocol/types.ts';
import { contentOf, type NegotiationContent, termsOf } from './content.ts';

/** As provider: puts our own terms on the table. */
export function sendOffer(house: House, exchange: Exchange): Move {
  const { offer, contract, terms } = contentOf(exchange);
  const { id, providerPid, consumerPid } = head(exchange);
  const ours = contract ?? terms;
  const message = build.contractOffer({
    id,
    providerPid,
    consumerPid,
    offer: build.messageOffer(offer, exchange.dataset, ours, { assigner: house.did, assignee: exchange.peer }) as never,
  });
  return send(exchange, message, { content: { terms: ours, by: 'me' } });
}

/** As consumer: a provider offers something of its own accord. A person decides. */
export const openOffer: Opening<'ContractOfferMessage'> = async ({ ctx, house, partner, message }) => {
  const { providerPid, callbackAddress, offer } = message;
  checkCallback(ctx, house, callbackAddress);
  const content: NegotiationContent = { offer: offer['@id'], terms: termsOf(offer), by: 'them', purpose: partner.purpose };
  const create = {
    id: newUrn(),
    protocol: 'negotiation',
    role: 'consumer',
    peer: partner.did,
    peerPid: providerPid,
    peerAddress: callbackAddress,
    dataset: offer.target,
    title: offer.target,
    content: content as never,
  } as const;
  return { create };
};

/** As consumer: the provider answers our request with an offer. */
export const arriveOffer: Effect<'ContractOfferMessage'> = ({ message }, exchange) => {
  if (message.offer.target !== exchange.dataset) throw new MadangError('offer_unknown', { values: { id: message.offer.target } });
  return { content: { offer: message.offer['@id'], terms: termsOf(message.offer), by: 'them' } };
};
