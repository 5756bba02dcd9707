import type { FootprintView } from '@madang/core/api/views.ts';
import type { BomLine } from '@madang/core/footprint/bom.ts';
import type { Item } from '@madang/core/item.ts';
import type { Stage } from './stage.ts';

/** What a company makes, and what goes into it. */
export interface Product {
  readonly item: Item;
  readonly lines: readonly BomLine[];
}

/** The company's own items that are made of something, or that it states a footprint for. */
export async function productsOf(stage: Stage, id: string): Promise<Product[]> {
  const client = stage.client(id);
  const { signal } = stage;
  const own = async (kind: 'item' | 'bom-line') =>
    (await client.call('records', { params: { kind }, query: { limit: 500 }, signal })).records.filter((r) => r.receivedFrom === null);
  const items = (await own('item')).map((r) => r.body as Item);
  const lines = (await own('bom-line')).map((r) => r.body as BomLine);
  for (const item of items) stage.addProduct(item.id, item.name);
  return items.map((item) => ({ item, lines: lines.filter((line) => line.item === item.id) }));
}

/** The company's own newest footprint of a product. */
export async function ownFootprint(stage: Stage, id: string, product: Product): Promise<FootprintView | undefined> {
  const { footprints } = await stage.client(id).call('footprints', { signal: stage.signal });
  return footprints.find((f) => f.receivedFrom === null && isOf(f, product));
}

const isOf = (f: FootprintView, { item }: Product) => f.item === item.id || item.productIds.includes(f.item);
