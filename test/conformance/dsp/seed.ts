import * as build from '@madang/core/dsp/build.ts';
import type { Sender } from '@madang/core/dsp/state.ts';
import { newUrn } from '@madang/core/id.ts';
import type { Context } from '@madang/server/context.ts';
import type { House } from '@madang/server/participants/houses.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import type { Peer } from '../../wire.ts';

export const TERMS = { permission: [{ action: 'use' }] };

/** Puts an agreement in force, as if it had been negotiated before, with the house in a role. The dataset is `dataset-` and the id. */
export async function seedAgreement(context: Context, house: House, partner: Peer, role: Sender, id: string): Promise<void> {
  const [assigner, assignee] = role === 'provider' ? [house.did, partner.did] : [partner.did, house.did];
  const dataset = `dataset-${id}`;
  const timestamp = new Date().toISOString();
  const document = build.agreement({ id, target: dataset, assigner, assignee, timestamp }, TERMS);
  const create = {
    id: newUrn(),
    protocol: 'negotiation',
    role,
    peer: partner.did,
    peerPid: newUrn(),
    peerAddress: partner.dsp,
    dataset,
    title: id,
    content: {},
  } as const;
  const move = { from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } } as const;
  await apply(context, house, { create, moves: [move] });
}

/** A dataset of a partner as its catalogue would show it. */
export const shownDataset = (id: string, offer: string) => ({
  ...build.nestedDataset(id, [build.offer(offer, TERMS)], [build.distribution('HttpData-PULL', 'service')]),
});
