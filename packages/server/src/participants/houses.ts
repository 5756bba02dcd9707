import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import { didOf } from '../identity/did-web.ts';
import { type HouseRow, houseRows } from './store.ts';

/** A hosted participant and its addresses. */
export interface House {
  readonly id: string;
  readonly name: string;
  readonly did: string;
  /** Base of its Dataspace Protocol endpoints. */
  readonly dsp: string;
  readonly management: string;
}

/** The register of hosted participants: public facts, small enough to be kept in memory. */
export interface Houses {
  all(): readonly House[];
  find(id: string): House | undefined;
  /** @throws MadangError `not_found` */
  get(id: string): House;
  byDid(did: string): House | undefined;
  add(row: HouseRow): House;
}

export async function openHouses(store: Store, publicUrl: string): Promise<Houses> {
  const byId = new Map<string, House>();
  const byDid = new Map<string, House>();
  const houses: Houses = {
    all: () => [...byId.values()],
    find: (id) => byId.get(id),
    get(id) {
      const house = byId.get(id);
      if (!house) throw new MadangError('not_found', { values: { what: id.slice(0, 60) } });
      return house;
    },
    byDid: (did) => byDid.get(did),
    add({ participant: id, name, did }) {
      const house = { id, name, did, dsp: `${publicUrl}/participants/${id}/dsp/2025-1`, management: `${publicUrl}/participants/${id}/api` };
      byId.set(id, house);
      byDid.set(did, house);
      return house;
    },
  };
  for (const row of await store.host(houseRows)) {
    const expected = didOf(publicUrl, row.participant);
    if (row.did !== expected) throw new MadangError('public_url_changed', { values: { url: publicUrl, did: row.did } });
    houses.add(row);
  }
  return houses;
}
