import type { Format } from '@madang/core/api/views.ts';
import { contentHash } from '@madang/core/canonical.ts';
import * as build from '@madang/core/dsp/build.ts';
import type { DataAddress } from '@madang/core/dsp/types.ts';
import { MadangError } from '@madang/core/error.ts';
import { newUrn } from '@madang/core/id.ts';
import { offerOf } from '../catalog/offers.ts';
import { formatsOf } from '../catalog/terms.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { getPartner } from '../participants/partners.ts';
import { apply, created } from '../protocol/apply.ts';
import { checkCallback } from '../protocol/callback.ts';
import { findAgreement } from '../protocol/find.ts';
import { send } from '../protocol/out.ts';
import type { Opening } from '../protocol/receive.ts';
import type { Exchange } from '../protocol/types.ts';
import { kindOf, PULL, PUSH, type TransferContent } from './content.ts';
import { dataEndpoint, ENDPOINT_TYPE } from './start.ts';
import { ACCEPT } from './take.ts';
import { pushToken } from './token.ts';

/**
 * As consumer: asks for the data of an agreement in force. Returns the id of the transfer.
 * @throws MadangError `agreement_unknown`, `partner_unknown`
 */
export async function requestTransfer(ctx: Context, house: House, agreementId: string, format: Format = PULL): Promise<string> {
  const agreement = await findAgreement(ctx, house, agreementId);
  if (agreement?.role !== 'consumer') throw new MadangError('agreement_unknown', { values: { id: agreementId } });
  const partner = await getPartner(ctx, house.id, agreement.peer);
  const id = newUrn();
  const dataAddress = format === PUSH ? inbox(ctx, house, { id, peer: partner.did, agreement: agreementId }) : undefined;
  const content: TransferContent = { format, purpose: agreement.purpose ?? undefined, ...(dataAddress ? { dataAddress } : {}) };
  const create = {
    id,
    protocol: 'transfer',
    role: 'consumer',
    peer: partner.did,
    peerAddress: partner.dsp,
    dataset: agreement.dataset,
    title: agreement.title,
    agreement: agreementId,
    content: content as never,
  } as const;
  const message = build.transferRequest({
    id: newUrn(),
    consumerPid: id,
    agreementId,
    format,
    callbackAddress: house.dsp,
    ...(dataAddress ? { dataAddress } : {}),
  });
  await apply(ctx, house, { create, moves: [send(created(house, create), message)] });
  return id;
}

/** Where the provider is to send the data of a transfer, with a token of our own. */
const inbox = (ctx: Context, house: House, about: Pick<Exchange, 'id' | 'peer' | 'agreement'>): DataAddress =>
  build.dataAddress(ENDPOINT_TYPE, dataEndpoint(house, 'inbox', about.id), {
    authorization: pushToken(ctx, house, about),
    authType: 'bearer',
    accept: ACCEPT,
  });

/** As provider: a partner asks for the data of an agreement with it. An agreement of someone else is answered like one that does not exist. */
export const openRequest: Opening<'TransferRequestMessage'> = async ({ ctx, house, partner, message }) => {
  const { consumerPid, agreementId, format, callbackAddress, dataAddress } = message;
  checkCallback(ctx, house, callbackAddress);
  const agreement = await findAgreement(ctx, house, agreementId);
  if (agreement?.role !== 'provider' || agreement.peer !== partner.did)
    throw new MadangError('agreement_unknown', { values: { id: agreementId } });
  const shown = await shownBy(ctx, house, agreement.dataset);
  const known: readonly string[] = shown ? formatsOf(shown.view.kind) : [PULL];
  if (!known.includes(format)) throw new MadangError('format_unknown', { values: { format, known: known.join(', ') } });
  if (format === PUSH && !/^https?:$/.test(URL.parse(dataAddress?.endpoint ?? '')?.protocol ?? ''))
    throw new MadangError('data_address_missing', { values: { format } });
  const content: TransferContent = {
    format,
    purpose: agreement.purpose ?? partner.purpose,
    memberships: await partner.memberships(),
    ...(shown ? { kind: kindOf(shown.view.kind), view: await contentHash(shown.view) } : {}),
    ...(format === PUSH && dataAddress ? { dataAddress } : {}),
  };
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

/** The offer that an agreement was made of. */
async function shownBy(ctx: Context, house: House, dataset: string) {
  try {
    return await offerOf(ctx, house.id, dataset);
  } catch (error) {
    if (error instanceof MadangError && error.code === 'dataset_unknown') return undefined;
    throw error;
  }
}
