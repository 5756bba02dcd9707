import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evidence as anyEvidence, policy as anyPolicy, atomic, constraints, policyOf } from './arbitrary.fixture.ts';
import { differences, samePolicy } from './compare.ts';
import { evaluate } from './evaluate.ts';
import { fromChoices } from './explain.ts';
import { type Constraint, clauses } from './model.ts';
import { toAgreement, toOffer } from './odrl.ts';

const offer = {
  '@id': 'offer-1',
  '@type': 'Offer',
  target: 'urn:asset:1',
  permission: [
    {
      action: 'use',
      constraint: [
        { leftOperand: 'Partner', operator: 'isAnyOf', rightOperand: ['did:web:a.example', 'did:web:b.example'] },
        { leftOperand: 'dateTime', operator: 'lteq', rightOperand: '2026-12-31T23:59:59+09:00' },
      ],
    },
  ],
};

test('another spelling of a policy is the same policy', () => {
  const same = {
    '@id': 'agreement-1',
    '@type': ['odrl:Agreement'],
    assigner: 'did:web:p.example',
    assignee: 'did:web:c.example',
    timestamp: '2026-11-23T00:00:00Z',
    'odrl:permission': {
      'http://www.w3.org/ns/odrl/2/action': { '@id': 'odrl:use' },
      constraint: {
        and: [
          {
            leftOperand: 'odrl:dateTime',
            operator: 'odrl:lteq',
            rightOperand: { '@value': '2026-12-31T14:59:59.000Z', '@type': 'xsd:dateTime' },
          },
          {
            operator: 'isAnyOf',
            leftOperand: 'urn:madang:policy:Partner',
            rightOperand: ['did:web:b.example', { '@id': 'did:web:a.example' }, 'did:web:a.example'],
          },
        ],
      },
    },
    obligation: [],
  };
  assert.deepEqual(differences(offer, same), []);
});

test('each change of meaning is found and said in words', () => {
  const [permission] = offer.permission;
  const change = (i: number, c: object) => ({
    ...offer,
    permission: [{ ...permission, constraint: permission!.constraint.map((old, j) => (i === j ? { ...old, ...c } : old)) }],
  });
  assert.deepEqual(
    differences(offer, change(1, { rightOperand: '2027-12-31T23:59:59+09:00' })).map((d) => [d.only, d.text.ko, d.text.en]),
    [
      ['first', '2026-12-31까지', 'until 31 Dec 2026'],
      ['second', '2027-12-31까지', 'until 31 Dec 2027'],
    ],
  );
  for (const other of [
    change(0, { rightOperand: ['did:web:a.example'] }),
    change(0, { operator: 'isNoneOf' }),
    change(1, { leftOperand: 'deliveryDate' }),
    change(1, { unit: 'day' }),
    { ...offer, profile: 'https://example.com/p' },
    { ...offer, prohibition: [{ action: 'use' }] },
    { ...offer, permission: [permission, { action: 'use' }] },
    { ...offer, permission: [{ ...permission, action: 'distribute' }] },
    { ...offer, permission: [{ ...permission, duty: [{ action: 'delete' }] }] },
    { ...offer, conflict: 'perm' },
  ]) {
    assert.equal(samePolicy(offer, other), false, JSON.stringify(other));
    assert.equal(samePolicy(other, offer), false);
  }
});

test('one partner is the same whether written alone or as a list of one', () => {
  const one = (operator: string) => ({
    permission: [{ action: 'use', constraint: [{ leftOperand: 'Partner', operator, rightOperand: 'did:web:a.example' }] }],
  });
  assert.ok(samePolicy(one('eq'), one('isAnyOf')));
  assert.ok(!samePolicy(one('eq'), one('isNoneOf')));
});

test('rules that are not enforced are compared too', () => {
  const odrl = (...constraint: unknown[]) => ({ permission: [{ action: 'use', constraint }] });
  const [x, y] = [
    { leftOperand: 'spatial', operator: 'eq', rightOperand: 'EU' },
    { leftOperand: 'spatial', operator: 'eq', rightOperand: 'KR' },
  ];
  assert.ok(samePolicy(odrl({ or: [x, y] }), odrl({ or: [y, { and: [x] }] })));
  assert.ok(!samePolicy(odrl({ or: [x, y] }), odrl({ and: [x, y] })));
  assert.ok(!samePolicy(odrl({ or: [x, y] }), odrl({ xone: [x, y] })));
  assert.ok(!samePolicy(odrl({ xone: [x, x] }), odrl({ xone: [x] })));
  assert.ok(!samePolicy(odrl({ andSequence: [x, y] }), odrl({ andSequence: [y, x] })));
  assert.throws(() => samePolicy(offer, 'offer'), { code: 'policy_malformed' });
});

test('nesting beyond reason is an error, not a full stack', () => {
  for (const word of ['and', 'or', 'andSequence', 'rightOperand', '@list']) {
    let deep: unknown = { leftOperand: 'spatial', operator: 'eq', rightOperand: 'EU' };
    for (let i = 0; i < 50_000; i++) deep = { [word]: [deep] };
    assert.throws(() => samePolicy({ permission: [{ action: 'use', constraint: [deep] }] }, offer), { code: 'policy_malformed' }, word);
  }
});

test('property: an equivalence: reflexive through bytes and envelopes, symmetric, transitive', () => {
  const near = anyPolicy.chain((p) =>
    fc.tuple(fc.constant(p), fc.constantFrom(p, policyOf([...(p.permission[0].constraint ?? [])].reverse(), p.profile))),
  );
  fc.assert(
    fc.property(near, anyPolicy, ([a, b], c) => {
      assert.ok(samePolicy(a, JSON.parse(JSON.stringify(toOffer(a, 'x')))));
      assert.ok(
        samePolicy(
          toOffer(a, 'x'),
          toAgreement(a, { id: 'y', target: 't', assigner: 'p', assignee: 'q', timestamp: '2026-11-23T00:00:00Z' }),
        ),
      );
      assert.ok(samePolicy(a, b) && samePolicy(b, a));
      assert.equal(samePolicy(a, c), samePolicy(c, a));
      assert.equal(samePolicy(b, c), samePolicy(a, c));
    }),
    { numRuns: 150 },
  );
});

test('property: policies that are the same allow the same', () => {
  const flat = (c: readonly Constraint[]) => clauses(policyOf(c)).map(({ constraint }) => constraint);
  fc.assert(
    fc.property(constraints, constraints, atomic, anyEvidence, (a, b, extra, e) => {
      assert.ok(samePolicy(policyOf(a), policyOf([...flat(a)].reverse())));
      if (samePolicy(policyOf(a), policyOf(b))) assert.equal(evaluate(policyOf(a), e).allowed, evaluate(policyOf(b), e).allowed);
      if (evaluate(policyOf(a), e).allowed !== evaluate(policyOf([...a, extra]), e).allowed)
        assert.ok(!samePolicy(policyOf(a), policyOf([...a, extra])));
    }),
    { numRuns: 200 },
  );
});

test('names are used where they are known', () => {
  const [d] = differences(fromChoices({ partners: ['did:web:a.example'] }), fromChoices({}), () => ({ ko: '가람팩시스템', en: 'Garam' }));
  assert.deepEqual(d?.text, { ko: '가람팩시스템만', en: 'only Garam' });
});
