import type { PartGraph } from './graph.ts';

/**
 * Solves x = own + M x for the nodes of one loop, whose outside parts are already in `total`, and writes x there.
 * False when the loop uses as much of itself as it makes, or more: for a matrix without negative amounts the spectral radius is below 1
 * exactly when elimination without exchanges meets only positive pivots (nonsingular M-matrix), which is also when it is stable.
 */
export function solveLoop({ from, part, amount }: PartGraph, members: Uint32Array, own: Float64Array, total: Float64Array): boolean {
  const n = members.length;
  const place = new Map(Array.from(members, (node, i) => [node, i]));
  const a = new Float64Array(n * n);
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const node = members[i]!;
    a[i * n + i]! += 1;
    x[i] = own[node]!;
    for (let e = from[node]!; e < from[node + 1]!; e++) {
      const j = place.get(part[e]!);
      if (j !== undefined) a[i * n + j]! -= amount[e]!;
      else x[i]! += amount[e]! * total[part[e]!]!;
    }
  }
  for (let k = 0; k < n; k++) {
    const pivot = a[k * n + k]!;
    if (!(pivot > 0)) return false;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / pivot;
      if (factor === 0) continue;
      for (let j = k; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      x[i]! -= factor * x[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i]! -= a[i * n + j]! * x[j]!;
    x[i]! /= a[i * n + i]!;
    total[members[i]!] = x[i]!;
  }
  return true;
}
