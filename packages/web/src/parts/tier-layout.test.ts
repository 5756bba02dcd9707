import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layTiers } from './tier-layout.ts';

const node = (id: string, tier: number) => ({ id, tier });

test('suppliers stand left, customers right, we between them', () => {
  const laid = layTiers([node('customer', -1), node('me', 0), node('a', 1), node('b', 2)], []);
  assert.deepEqual(laid.tiers, [2, 1, 0, -1]);
  assert.deepEqual(Object.fromEntries(laid.nodes.map((n) => [n.node.id, n.column])), { b: 0, a: 1, me: 2, customer: 3 });
});

test('edges that need not cross do not', () => {
  const nodes = [node('a', 1), node('b', 1), node('c', 1), node('behind-c', 2), node('behind-b', 2), node('behind-a', 2), node('me', 0)];
  const edges = [
    ...['a', 'b', 'c'].map((id) => ({ from: `behind-${id}`, to: id })),
    ...['a', 'b', 'c'].map((id) => ({ from: id, to: 'me' })),
  ];
  const row = new Map(layTiers(nodes, edges).nodes.map((n) => [n.node.id, n.row]));
  for (const id of ['a', 'b', 'c']) assert.equal(row.get(id), row.get(`behind-${id}`));
});

test('a shorter column stands in the middle of the tallest', () => {
  const laid = layTiers([node('me', 0), node('a', 1), node('b', 1), node('c', 1)], []);
  assert.equal(laid.rows, 3);
  assert.equal(laid.nodes.find((n) => n.node.id === 'me')?.row, 1);
});

test('whatever the chain, every firm has one place of its own inside the picture', () => {
  const chain = fc
    .uniqueArray(fc.record({ id: fc.string({ maxLength: 4 }), tier: fc.integer({ min: -2, max: 6 }) }), {
      selector: (n) => n.id,
      maxLength: 40,
    })
    .chain((nodes) => {
      const end = nodes.length === 0 ? fc.constant('none') : fc.constantFrom(...nodes.map((n) => n.id));
      return fc.record({ nodes: fc.constant(nodes), edges: fc.array(fc.record({ from: end, to: end }), { maxLength: 80 }) });
    });
  fc.assert(
    fc.property(chain, ({ nodes, edges }) => {
      const laid = layTiers(nodes, edges);
      assert.equal(laid.nodes.length, nodes.length);
      assert.equal(new Set(laid.nodes.map((n) => `${n.column} ${n.row}`)).size, nodes.length);
      for (const n of laid.nodes) assert.ok(n.row >= 0 && n.row <= laid.rows - 1 && laid.tiers[n.column] === n.node.tier);
    }),
  );
});
