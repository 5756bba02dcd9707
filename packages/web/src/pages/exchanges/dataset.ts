import type { CatalogDataset } from '@madang/core/api/views.ts';
import { type Live, useLive } from '../../live.ts';
import { useMe } from '../../session.tsx';

/** A dataset of a partner's kept catalogue; null when it is not in there. Reads nothing without an id. */
export function useDataset(did: string, id: string | null): Live<CatalogDataset | null> {
  const { client } = useMe();
  return useLive(id === null ? null : `dataset ${did} ${id}`, ['partner'], async (signal) => {
    const { datasets } = await client.call('catalog', { body: { partner: did, dataset: id ?? '', refresh: false, limit: 1 }, signal });
    return datasets.find((d) => d.id === id) ?? null;
  });
}
