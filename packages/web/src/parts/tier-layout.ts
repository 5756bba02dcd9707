export interface LaidNode<Node> {
  readonly node: Node;
  readonly column: number;
  readonly row: number;
}

export interface Laid<Node> {
  /** Tiers from the farthest supplier to the customers, left to right. */
  readonly tiers: readonly number[];
  readonly nodes: readonly LaidNode<Node>[];
  /** Rows of the tallest column. */
  readonly rows: number;
}

const SWEEPS = 4;

/**
 * Columns by tier, and in each column an order in which edges cross little: four sweeps of sorting by the mean place of the
 * neighbours in the column before, left to right and back. Columns shorter than the tallest stand in its middle.
 */
export function layTiers<Node extends { readonly id: string; readonly tier: number }>(
  nodes: readonly Node[],
  edges: readonly { readonly from: string; readonly to: string }[],
): Laid<Node> {
  const tiers = [...new Set(nodes.map((n) => n.tier))].sort((a, b) => b - a);
  const columns = tiers.map((tier) => nodes.filter((n) => n.tier === tier));
  const neighbours = new Map<string, string[]>(nodes.map((n) => [n.id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = columns.map((_, i) => i);
    if (sweep % 2 === 1) order.reverse();
    for (const [k, i] of order.entries()) {
      const before = columns[order[k - 1] ?? -1];
      if (before) columns[i] = byMeanPlace(columns[i] ?? [], before, neighbours);
    }
  }
  const rows = Math.max(0, ...columns.map((c) => c.length));
  const laid = columns.flatMap((c, column) => c.map((node, i) => ({ node, column, row: i + (rows - c.length) / 2 })));
  return { tiers, nodes: laid, rows };
}

function byMeanPlace<Node extends { readonly id: string }>(
  column: readonly Node[],
  before: readonly Node[],
  neighbours: ReadonlyMap<string, readonly string[]>,
): Node[] {
  const place = new Map(before.map((n, i) => [n.id, i / before.length]));
  const means = new Map(
    column.map((n, i) => {
      const places = (neighbours.get(n.id) ?? []).flatMap((id) => place.get(id) ?? []);
      const own = i / column.length;
      return [n.id, places.length === 0 ? own : places.reduce((a, b) => a + b, 0) / places.length];
    }),
  );
  return [...column].sort((a, b) => (means.get(a.id) ?? 0) - (means.get(b.id) ?? 0));
}
