import { MadangError } from '../error.ts';
import { solveLoop } from './loop.ts';

/** Amounts of parts in their parents, for bulk arithmetic: edges of parent p are `from[p] .. from[p + 1]`. */
export interface PartGraph {
  readonly nodes: number;
  readonly from: Uint32Array;
  readonly part: Uint32Array;
  /** Units of the part in one unit of the parent. */
  readonly amount: Float64Array;
}

/** Groups of nodes in an order in which parts come before what is made of them; a group of several is a loop. */
export interface Order {
  readonly nodes: Uint32Array;
  /** Group g is `nodes[start[g]] .. nodes[start[g + 1]]`. */
  readonly start: Uint32Array;
}

/** Builds the graph from an edge list; node numbers are 0 to `nodes` - 1. Throws RangeError for an edge outside. */
export function partGraph(nodes: number, parent: ArrayLike<number>, part: ArrayLike<number>, amount: ArrayLike<number>): PartGraph {
  const edges = parent.length;
  const from = new Uint32Array(nodes + 1);
  for (let e = 0; e < edges; e++) {
    const p = parent[e]!;
    if (!(p >= 0 && p < nodes && part[e]! >= 0 && part[e]! < nodes)) throw new RangeError(`edge ${e} leaves the graph`);
    from[p + 1]!++;
  }
  for (let p = 0; p < nodes; p++) from[p + 1]! += from[p]!;
  const next = from.slice();
  const graph = { nodes, from, part: new Uint32Array(edges), amount: new Float64Array(edges) };
  for (let e = 0; e < edges; e++) {
    const at = next[parent[e]!]!++;
    graph.part[at] = part[e]!;
    graph.amount[at] = amount[e]!;
  }
  return graph;
}

/** Strongly connected components, parts first (Tarjan's algorithm with its stack on the heap: depth is not limited). */
export function partOrder({ nodes, from, part }: PartGraph): Order {
  const seen = new Uint32Array(nodes);
  const low = new Uint32Array(nodes);
  const cursor = from.slice(0, nodes);
  const closed = new Uint8Array(nodes);
  const open = new Uint32Array(nodes);
  const path = new Uint32Array(nodes);
  const out = new Uint32Array(nodes);
  const start = new Uint32Array(nodes + 1);
  let [count, openTop, placed, groups] = [0, 0, 0, 0];
  for (let root = 0; root < nodes; root++) {
    if (seen[root] !== 0) continue;
    let depth = 0;
    path[0] = root;
    seen[root] = low[root] = ++count;
    open[openTop++] = root;
    while (depth >= 0) {
      const node = path[depth]!;
      if (cursor[node]! < from[node + 1]!) {
        const child = part[cursor[node]!++]!;
        if (seen[child] === 0) {
          seen[child] = low[child] = ++count;
          open[openTop++] = child;
          path[++depth] = child;
        } else if (closed[child] === 0 && seen[child]! < low[node]!) low[node] = seen[child]!;
        continue;
      }
      if (low[node] === seen[node]) {
        let member: number;
        do {
          member = open[--openTop]!;
          closed[member] = 1;
          out[placed++] = member;
        } while (member !== node);
        start[++groups] = placed;
      }
      depth--;
      if (depth >= 0 && low[node]! < low[path[depth]!]!) low[path[depth]!] = low[node]!;
    }
  }
  return { nodes: out, start: start.slice(0, groups + 1) };
}

interface Options {
  readonly order?: Order;
  /** `refuse` names the first loop; `solve` takes loops that use less of themselves than they make. */
  readonly loops?: 'refuse' | 'solve';
  /** For the error's text. */
  readonly nameOf?: (node: number) => string;
}

/**
 * Totals of all nodes in one pass: total = own + sum of amount x total of the part; loops are solved densely,
 * (I - M) x = own. Error `bom_cycle` with the loop named: any loop with `refuse`, a loop whose spectral radius is 1 or more with `solve`.
 *
 * Floats: without loops and negative amounts the relative error of a total stays below depth x (most parts of a node + 2) x 1.2e-16;
 * a test holds it against exact decimals. Linear in `own`: run it once more with the primary part of `own` for primary data shares.
 */
export function rollUpGraph(
  graph: PartGraph,
  own: Float64Array,
  { order = partOrder(graph), loops = 'refuse', nameOf = String }: Options = {},
): Float64Array {
  const { from, part, amount } = graph;
  const total = new Float64Array(graph.nodes);
  for (let g = 0; g + 1 < order.start.length; g++) {
    const first = order.start[g]!;
    const node = order.nodes[first]!;
    if (order.start[g + 1]! - first === 1 && !usesItself(graph, node)) {
      let x = own[node]!;
      for (let e = from[node]!; e < from[node + 1]!; e++) x += amount[e]! * total[part[e]!]!;
      total[node] = x;
      continue;
    }
    const members = order.nodes.subarray(first, order.start[g + 1]!);
    if (loops === 'refuse' || !solveLoop(graph, members, own, total)) {
      throw new MadangError('bom_cycle', { values: { loop: loopOf(graph, members).map(nameOf).join(' → ') } });
    }
  }
  return total;
}

function usesItself({ from, part }: PartGraph, node: number): boolean {
  for (let e = from[node]!; e < from[node + 1]!; e++) if (part[e] === node) return true;
  return false;
}

/** One closed way through a strongly connected component, first and last node the same. */
function loopOf({ from, part }: PartGraph, members: Uint32Array): number[] {
  const inside = new Set(members);
  const way: number[] = [];
  const place = new Map<number, number>();
  let node = members[0]!;
  while (!place.has(node)) {
    place.set(node, way.push(node) - 1);
    for (let e = from[node]!; e < from[node + 1]!; e++) {
      if (inside.has(part[e]!)) {
        node = part[e]!;
        break;
      }
    }
  }
  return [...way.slice(place.get(node)), node];
}
