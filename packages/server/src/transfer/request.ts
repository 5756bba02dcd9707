import * as build from '@madang/core/dsp/build.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import { PULL } from '../catalog/request.ts';
import type { Context } from '../context.ts';
import { checkCallback } from '../negotiation/request.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { apply, created } from '../protocol/apply.ts';
import { findAgreement } from '../protocol/find.ts';
import { send } from '../protocol/out.ts';
import type { Opening } from '../protocol/receive.ts';
import type { TransferContent } from './content.ts';

/**
 * As consumer: asks for the data of an agreement in force. Returns the id of the transfer.
 * @throws MadangError `agreement_unknown`, `partner_unknown`
 */
export async function requestTransfer(ctx: Context, house: House, agreementId: string): Promise<string> {
  const agreement = await findAgreement(ctx, house, agreementId);
  if (agreement?.role !== 'consumer') throw new MadangError('agreement_unknown', { values: { id: agreementId } });
  const partner = await getPartner(ctx, house.id, agreement.peer);
  const content: TransferContent = { format: PULL, purpose: agreement.purpose ?? undefined };
  const create = {
    id: newUrn(),
    protocol: 'transfer',
    role: 'consumer',
    peer: partner.did,
    peerAddress: partner.dsp,
    dataset: agreement.dataset,
    title: agreement.title,
    agreement: agreementId,
    content: content as never,
  } as const;
  const message = build.transferRequest({ id: newUrn(), consumerPid: create.id, agreementId, format: PULL, callbackAddress: house.dsp });
  await apply(ctx, house, { create, moves: [send(created(house, create), message)] });
  return create.id;
}

/** As provider: a partner asks for the data of an agreement with it. An agreement of someone else is answered like one that does not exist. */
export const openRequest: Opening<'TransferRequestMessage'> = async ({ ctx, house, partner, message }) => {
  const { consumerPid, agreementId, format, callbackAddress } = message;
  checkCallback(callbackAddress);
  const agreement = await findAgreement(ctx, house, agreementId);
  if (agreement?.role !== 'provider' || agreement.peer !== partner.did)
    throw new MadangError('agreement_unknown', { values: { id: agreementId } });
  if (format !== PULL) throw new MadangError('format_unknown', { values: { format, known: PULL } });
  const content: TransferContent = { format, purpose: agreement.purpose ?? partner.purpose, memberships: await partner.memberships() };
  const create = {
    id: newUrn(),
    protocol: 'transfer',
    role: 'provider',
    peer: partner.did,
    peerPid: consumerPid,
    peerAddress: callbackAddress,
    dataset: agreement.dataset,
    title: agreement.title,
    agreement: agreement.id,
    content: content as never,
  } as const;
  return { create };
};
