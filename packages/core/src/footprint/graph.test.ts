import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { abs, add, compare, type Decimal, mul, sub } from '../decimal.ts';
import { MadangError } from '../error.ts';
import { partGraph, partOrder, rollUpGraph } from './graph.ts';

type Edge = readonly [parent: number, part: number, amount: number];
const graphOf = (nodes: number, edges: readonly Edge[]) =>
  partGraph(
    nodes,
    edges.map((e) => e[0]),
    edges.map((e) => e[1]),
    edges.map((e) => e[2]),
  );
const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${a} is not ${b}`);

const cents = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000);
/** Parts always have a larger number, so there is no loop. */
const tree = fc.integer({ min: 1, max: 25 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    own: fc.array(cents, { minLength: nodes, maxLength: nodes }),
    edges: fc
      .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), cents), { maxLength: 60 })
      .map((all) => all.filter(([p, c]) => p < c) as Edge[]),
  }),
);

test('a loop of two: steel and its rolling scrap', () => {
  const g = graphOf(2, [
    [0, 1, 0.1],
    [1, 0, 1.1],
  ]);
  const [steel, rolled] = rollUpGraph(g, Float64Array.of(2, 0.3), { loops: 'solve' });
  close(steel!, 2.280898876404494);
  close(rolled!, 2.8089887640449436);
});

test('a loop is refused with its way named, solved only when it uses less of itself than it makes', () => {
  const names = ['pack', 'cell', 'scrap', 'foil'];
  const loop = (back: number) =>
    graphOf(4, [
      [0, 1, 1],
      [1, 3, 2],
      [1, 2, 0.5],
      [2, 1, back],
    ]);
  const own = Float64Array.of(1, 1, 1, 1);
  const wayOf = (options: object, back = 1) => {
    try {
      rollUpGraph(loop(back), own, { nameOf: (n: number) => names[n]!, ...options });
    } catch (e) {
      return e instanceof MadangError && e.code === 'bom_cycle' ? e.text.en : e;
    }
    return undefined;
  };
  assert.match(String(wayOf({})), /: (cell → scrap → cell|scrap → cell → scrap)\./);
  assert.equal(wayOf({ loops: 'solve' }), undefined);
  assert.match(String(wayOf({ loops: 'solve' }, 2)), /→/);
  assert.match(String(wayOf({ loops: 'solve' }, 5)), /→/);
  assert.throws(() => rollUpGraph(graphOf(1, [[0, 0, 1]]), Float64Array.of(1), { loops: 'solve' }), MadangError);
  close(rollUpGraph(graphOf(1, [[0, 0, 0.5]]), Float64Array.of(1), { loops: 'solve' })[0]!, 2);
});

test('floats stay within their bound of the exact result', () => {
  fc.assert(
    fc.property(tree, ({ nodes, own, edges }) => {
      const exact: Decimal[] = Array(nodes).fill('0');
      for (let n = nodes - 1; n >= 0; n--) {
        exact[n] = edges.filter(([p]) => p === n).reduce((t, [, c, a]) => add(t, mul(String(a), exact[c]!)), String(own[n]));
      }
      const got = rollUpGraph(graphOf(nodes, edges), Float64Array.from(own));
      const depth: number[] = Array(nodes).fill(1);
      for (let n = nodes - 1; n >= 0; n--) for (const [p, c] of edges) if (p === n) depth[n] = Math.max(depth[n]!, depth[c]! + 1);
      const mostParts = Math.max(...depth.map((_, n) => edges.filter(([p]) => p === n).length));
      const bound = Math.max(...depth) * (mostParts + 2) * 1.2e-16;
      for (let n = 0; n < nodes; n++) {
        const error = abs(sub(plain(got[n]!), exact[n]!));
        assert.ok(compare(error, mul(plain(bound), exact[n]!)) <= 0, `${got[n]} against ${exact[n]}`);
      }
    }),
  );
});

test('linear in what each node emits, and the numbering is irrelevant', () => {
  fc.assert(
    fc.property(tree, fc.infiniteStream(fc.nat(1000)), ({ nodes, own, edges }, random) => {
      const total = rollUpGraph(graphOf(nodes, edges), Float64Array.from(own));
      const tripled = rollUpGraph(
        graphOf(nodes, edges),
        Float64Array.from(own, (x) => 3 * x),
      );
      for (let n = 0; n < nodes; n++) close(tripled[n]!, 3 * total[n]!, 1e-12);
      const renamed = Array.from({ length: nodes }, (_, n) => [random.next().value ?? 0, n] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, n]) => n);
      const at = (n: number) => renamed.indexOf(n);
      const moved = rollUpGraph(
        graphOf(
          nodes,
          edges.map(([p, c, a]) => [at(p), at(c), a]),
        ),
        Float64Array.from(renamed, (n) => own[n]!),
      );
      for (let n = 0; n < nodes; n++) close(moved[at(n)]!, total[n]!, 1e-12);
    }),
  );
});

test('a solved loop is the limit of the series that goes round it', () => {
  const amount = fc.integer({ min: 0, max: 90 }).map((n) => n / 1000);
  fc.assert(
    fc.property(fc.array(amount, { minLength: 25, maxLength: 25 }), fc.array(cents, { minLength: 5, maxLength: 5 }), (m, own) => {
      const edges = m.map((a, i) => [Math.floor(i / 5), i % 5, a] as Edge);
      const solved = rollUpGraph(graphOf(5, edges), Float64Array.from(own), { loops: 'solve' });
      let x = [...own];
      for (let round = 0; round < 200; round++) x = own.map((f, i) => f + x.reduce((t, v, j) => t + m[i * 5 + j]! * v, 0));
      for (let n = 0; n < 5; n++) close(solved[n]!, x[n]!);
    }),
  );
});

test('the order has every node once, parts first, and depth does not matter', () => {
  const nodes = 200_000;
  const chain = partGraph(
    nodes,
    Uint32Array.from({ length: nodes - 1 }, (_, i) => i),
    Uint32Array.from({ length: nodes - 1 }, (_, i) => i + 1),
    new Float64Array(nodes - 1).fill(1),
  );
  const order = partOrder(chain);
  assert.equal(order.start.length, nodes + 1);
  assert.equal(order.nodes[0], nodes - 1);
  assert.equal(rollUpGraph(chain, new Float64Array(nodes).fill(1), { order })[0], nodes);
  assert.throws(() => partGraph(1, [0], [1], [1]), RangeError);
});

/** A float as the exact decimal that it is nearest to. */
function plain(x: number): Decimal {
  // oxlint-disable-next-line oxc/number-arg-out-of-range -- ECMAScript allows up to 100
  return x.toFixed(40).replace(/\.?0+$/, '');
}
