import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as given from '@madang/core/policy/arbitrary.fixture.ts';
import { evaluate } from '@madang/core/policy/evaluate.ts';
import type { Evidence, Policy } from '@madang/core/policy/model.ts';
import type { Place } from '@madang/server/catalog/cursor.ts';
import { readFilter } from '@madang/server/catalog/filter.ts';
import { findPage, placeOf } from '@madang/server/catalog/page.ts';
import { askerOf, sieveOf } from '@madang/server/catalog/sieve.ts';
import { candidates } from '@madang/server/catalog/store.ts';
import { openStore } from '@madang/server/db/open.ts';
import type { Store } from '@madang/server/db/store.ts';
import fc from 'fast-check';
import { type FreshDatabase, freshDatabase } from './database.ts';

// What the database leaves out by the conditions of an access policy, and what the policy itself says of every offer.

let database: FreshDatabase;
let store: Store;
before(async () => {
  database = await freshDatabase();
  store = await openStore(database.options);
});
after(async () => {
  await store?.[Symbol.asyncDispose]();
  await database?.drop();
});

let houses = 0;
/** A house with an offer for each policy; its name, and the ids of the offers in the order of the policies. */
async function houseWith(policies: readonly Policy[]): Promise<{ house: string; ids: string[] }> {
  const house = `house-${++houses}`;
  const ids = policies.map((_, i) => `urn:offer:${100 + i}`);
  const offers = policies.map((access, i) => ({
    id: ids[i]!,
    dataset: `urn:dataset:${i}`,
    title: `Offer ${i}`,
    view: { kind: 'service', id: 'erp' },
    given: {},
    access,
    contract: access,
    answer: 'auto',
    ...sieveOf(access),
  }));
  await store.write(house, (db) => db`select offer_add(${house}, offer) from jsonb_array_elements(${db.json(offers)}) offer`);
  return { house, ids };
}

/** Every page of so many, from the first to the last. */
const walk = (house: string, evidence: Evidence, limit: number): Promise<string[]> =>
  store.read(house, async (db) => {
    const found: string[] = [];
    let after: Place | undefined;
    for (;;) {
      const { offers, more } = await findPage(db, evidence, { filter: { ...readFilter([]), limit }, after });
      assert.ok(offers.length <= limit);
      found.push(...offers.map(({ id }) => id));
      if (!more) return found;
      after = placeOf(offers.at(-1)!);
    }
  });

// Few values, close together, so that clauses of one kind meet at their edges.
const INSTANTS = ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00.0004Z', '2026-11-23T09:00:00.0006+09:00', '2026-11-23T00:00:00.001Z'];
const DIDS = ['did:web:a.example%3A8443', 'did:web:A.Example%3a8443', 'did:web:b.example'];
const moment = fc.constantFrom(...INSTANTS);
const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const clause = (leftOperand: string, operators: readonly string[], rightOperand: fc.Arbitrary<string | string[]>) =>
  fc.record({ leftOperand: fc.constant(leftOperand), operator: fc.constantFrom(...operators), rightOperand }) as typeof given.atomic;
const GROUPS = ['tier-1', 'recyclers', 'other'];
const focused = fc
  .oneof(
    ...[
      clause('dateTime', ['gteq', 'gt', 'lt', 'lteq'], moment),
      clause('Partner', ['isAnyOf', 'isAnyOf', 'isNoneOf'], some(DIDS)),
      clause('PartnerGroup', ['isAnyOf', 'isAnyOf', 'isNoneOf'], some(GROUPS)),
      clause('UsagePurpose', ['isAnyOf'], some(['quality', 'cbam', 'origin'])),
    ].map((one) => fc.array(one, { minLength: 1, maxLength: 2 })),
  )
  .map((constraints) => given.policyOf(constraints));
const policy = fc.oneof({ weight: 1, arbitrary: given.policy }, { weight: 3, arbitrary: focused });
const asking = fc
  .record({ evidence: given.evidence, at: fc.option(moment), partner: fc.constantFrom(...DIDS, null), groups: fc.subarray(GROUPS) })
  .map(({ evidence, at, partner, groups }) => ({ ...evidence, groups, at: at ?? evidence.at, partner: partner ?? evidence.partner }));

test('the database never leaves out what a policy allows, and the pages are exactly what the policies allow', async () => {
  let allowedInAll = 0;
  let leftOut = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(policy, { minLength: 8, maxLength: 20, size: 'max' }),
      fc.array(asking, { minLength: 8, maxLength: 12, size: 'max' }),
      fc.integer({ min: 2, max: 6 }),
      async (policies, askers, limit) => {
        const { house, ids } = await houseWith(policies);
        for (const evidence of askers) {
          const allowed = ids.filter((_, i) => evaluate(policies[i]!, evidence).allowed);
          const left = await store.read(house, (db) => candidates(db, askerOf(evidence), readFilter([]), { limit: 100 }));
          const leftIds = left.map(({ id }) => id);
          assert.deepEqual(
            allowed.filter((id) => !leftIds.includes(id)),
            [],
            'left out by the database',
          );
          assert.deepEqual(await walk(house, evidence, limit), allowed);
          allowedInAll += allowed.length;
          leftOut += ids.length - leftIds.length;
        }
      },
    ),
    { numRuns: 60 },
  );
  assert.ok(allowedInAll > 20 && leftOut > 20, `${allowedInAll} allowed, ${leftOut} left out`);
});

test('an offer whose conditions are not known yet is judged by its policy alone', async () => {
  const { house, ids } = await houseWith([
    given.policyOf([{ leftOperand: 'Partner', operator: 'eq', rightOperand: 'did:web:a.example' }]),
    given.policyOf([{ leftOperand: 'Partner', operator: 'eq', rightOperand: 'did:web:b.example' }]),
  ]);
  await store.write(house, (db) => db`update offer_listing set see_partners = null, see_exact = false, sieved = false`);
  const evidence = { partner: 'did:web:b.example', groups: [], memberships: [], at: '2026-11-23T09:00:00Z' };
  assert.deepEqual(await walk(house, evidence, 10), [ids[1]]);
});
