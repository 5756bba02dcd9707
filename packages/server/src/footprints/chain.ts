import type { ChainEdge, ChainNode, ChainState, ChainView, CoverageLine } from '@madang/core/api/views.ts';
import { MadangError } from '@madang/core/error.ts';
import type { Item } from '@madang/core/item.ts';
import type { Context } from '../context.ts';
import type { House } from '../participants/houses.ts';
import { partyName } from '../participants/partners.ts';
import { listAgreements } from '../protocol/find.ts';
import { newestRecords, productsWithLines } from '../records/records.ts';
import { coverage } from './coverage.ts';
import { viewFootprint } from './view.ts';

const STATE: Readonly<Record<CoverageLine['status'], ChainState>> = {
  received: 'received',
  waiting: 'waiting',
  refused: 'refused',
  not_offered: 'missing',
  not_asked: 'missing',
  unreachable: 'missing',
  no_source: 'missing',
  own: 'self',
};
const WORST: readonly ChainState[] = ['refused', 'missing', 'waiting', 'received'];

/** The chain of one product as far as it was opened to us: our suppliers, ourselves, our customers. What lies behind a supplier is one unnamed node. */
export async function chain(ctx: Context, house: House, wanted: string | undefined): Promise<ChainView> {
  const own = (await newestRecords(ctx, house, 'item'))
    .filter(({ received_from }) => received_from === null)
    .map(({ body }) => body as Item);
  const items = own.map(({ id, name }) => ({ id, name }));
  const withBom = new Set(await productsWithLines(ctx, house));
  const item = items.find(({ id }) => id === wanted) ?? items.find(({ id }) => withBom.has(id)) ?? items[0];
  if (!item) return { item: null, items, nodes: [], edges: [] };

  const self: ChainNode = { id: house.did, party: { did: house.did, name: house.name }, tier: 0, state: 'self', products: [item.name.ko] };
  const up = withBom.has(item.id) ? await suppliers(ctx, house, item.id) : { nodes: [], edges: [] };
  const down = await customers(ctx, house);
  return { item: item.id, items, nodes: [self, ...up.nodes, ...down.nodes], edges: [...up.edges, ...down.edges] };
}

interface Part {
  readonly nodes: ChainNode[];
  readonly edges: ChainEdge[];
}

async function suppliers(ctx: Context, house: House, item: string): Promise<Part> {
  const { lines } = await coverage(ctx, house, item);
  const shares = await sharesBySupplier(ctx, house, item);
  const nodes: ChainNode[] = [];
  const edges: ChainEdge[] = [];
  for (const [did, mine] of Map.groupBy(
    lines.filter((l) => l.supplier !== null),
    (l) => l.supplier?.did ?? '',
  )) {
    const state = WORST.find((s) => mine.some((l) => STATE[l.status] === s)) ?? 'missing';
    const names = mine.map((l) => l.name);
    nodes.push({ id: did, party: mine[0]?.supplier ?? null, tier: 1, state, products: names });
    edges.push({ from: did, to: house.did, share: shares.get(did) ?? null, label: names.join(', ') });
    if (state !== 'received') continue;
    nodes.push({ id: `${did}/behind`, party: null, tier: 2, state: 'private', products: [] });
    edges.push({ from: `${did}/behind`, to: did, share: null, label: '' });
  }
  return { nodes, edges };
}

async function sharesBySupplier(ctx: Context, house: House, item: string): Promise<Map<string, number>> {
  const shares = new Map<string, number>();
  try {
    for (const { share, source } of (await viewFootprint(ctx, house, item)).contributions) {
      if (source.kind === 'footprint') shares.set(source.from.did, (shares.get(source.from.did) ?? 0) + Number(share));
    }
  } catch (error) {
    // Not computed yet: the shares are not known.
    if (!(error instanceof MadangError && error.code === 'not_found')) throw error;
  }
  return shares;
}

async function customers(ctx: Context, house: House): Promise<Part> {
  const [agreements, name] = await Promise.all([listAgreements(ctx, house), partyName(ctx, house.id)]);
  const given = Map.groupBy(
    agreements.filter(({ role }) => role === 'provider'),
    ({ peer }) => peer,
  );
  const nodes = [...given].map(
    ([did, list]): ChainNode => ({
      id: did,
      party: { did, name: name(did) },
      tier: -1,
      state: 'received',
      products: [...new Set(list.map(({ title }) => title))],
    }),
  );
  return { nodes, edges: nodes.map(({ id, products }) => ({ from: house.did, to: id, share: null, label: products.join(', ') })) };
}
