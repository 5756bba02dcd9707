import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MadangError } from '../error.ts';
import { policy as anyPolicy } from './arbitrary.fixture.ts';
import { toRules } from './odrl.ts';
import { parsePolicy } from './parse.ts';

const withConstraint = (...constraint: unknown[]) => ({ permission: [{ action: 'use', constraint }] });
const member = { leftOperand: 'Membership', operator: 'eq', rightOperand: 'active' };

function refused(value: unknown, code: string, path: string, where?: string): MadangError {
  try {
    parsePolicy(value, where);
  } catch (error) {
    assert.ok(error instanceof MadangError, String(error));
    assert.equal(error.code, code, error.message);
    assert.equal((error.data as { path: string }).path, path);
    assert.ok(error.text.ko.includes(path) && error.text.en.includes(path));
    assert.doesNotMatch(error.text.ko + error.text.en, /\{(path|ko|en)\}/);
    return error;
  }
  assert.fail(`accepted: ${JSON.stringify(value)}`);
}

test('a policy without restriction is one permission to use', () => {
  assert.deepEqual(parsePolicy({ permission: [{ action: 'use' }] }), { permission: [{ action: 'use' }] });
  assert.deepEqual(parsePolicy({ permission: [{ action: 'use', constraint: [] }], prohibition: [], obligation: [] }), {
    permission: [{ action: 'use' }],
  });
});

test('terms bare, prefixed or as IRIs, lists or single values, are the same policy', () => {
  const expected = {
    profile: ['https://example.com/p'],
    permission: [
      {
        action: 'use',
        constraint: [{ and: [member, { leftOperand: 'Partner', operator: 'isAnyOf', rightOperand: ['did:web:a.example'] }] }],
      },
    ],
  };
  const spelled = {
    '@context': ['https://w3id.org/dspace/2025/1/context.jsonld'],
    '@id': 'offer-1',
    '@type': 'odrl:Offer',
    'odrl:profile': { '@id': 'https://example.com/p' },
    'http://www.w3.org/ns/odrl/2/permission': {
      'odrl:action': { '@id': 'odrl:use' },
      'odrl:constraint': {
        'odrl:and': {
          '@list': [
            {
              '@type': 'AtomicConstraint',
              leftOperand: { '@id': 'https://w3id.org/catenax/2025/9/policy/Membership' },
              operator: { '@id': 'odrl:eq' },
              rightOperand: { '@value': 'active' },
            },
            {
              leftOperand: 'urn:madang:policy:Partner',
              operator: 'http://www.w3.org/ns/odrl/2/isAnyOf',
              rightOperand: 'did:web:a.example',
            },
          ],
        },
      },
    },
    'odrl:prohibition': [],
    target: 'urn:asset:1',
    assigner: 'did:web:p.example',
  };
  assert.deepEqual(parsePolicy(spelled), expected);
});

test('what is not enforced is refused by name, with what is enforced instead', () => {
  const error = refused(
    withConstraint(member, { leftOperand: 'spatial', operator: 'eq', rightOperand: 'EU' }),
    'policy_not_enforced',
    '$.offer.permission[0].constraint[1]',
    '$.offer',
  );
  assert.equal(error.status, 422);
  assert.equal(
    error.text.ko,
    "지킬 수 없는 규칙이라 받지 않습니다($.offer.permission[0].constraint[1]). 'spatial' 조건은 지킬 수 없습니다. 다음 가운데 쓰세요: Partner, PartnerGroup, Membership, UsagePurpose, dateTime",
  );
  assert.equal(
    error.text.en,
    'Refused, because this rule cannot be enforced ($.offer.permission[0].constraint[1]). A constraint on "spatial" is not enforced. Use one of: Partner, PartnerGroup, Membership, UsagePurpose, dateTime',
  );
  const { leftOperand, operator, rightOperand, enforced } = error.data as Record<string, unknown> & {
    enforced: { leftOperand: string; operators: string[] }[];
  };
  assert.deepEqual({ leftOperand, operator, rightOperand }, { leftOperand: 'spatial', operator: 'eq', rightOperand: 'EU' });
  assert.deepEqual(enforced.find((e) => e.leftOperand === 'Membership')?.operators, ['eq']);
});

test('every rule that nothing keeps is refused as not enforced', () => {
  const c = '$.permission[0].constraint[0]';
  const cases: [unknown, string][] = [
    [withConstraint({ ...member, leftOperand: 'membership' }), c],
    [withConstraint({ ...member, leftOperand: 'constructor' }), c],
    [withConstraint({ ...member, operator: 'neq' }), c],
    [withConstraint({ ...member, operator: 'toString' }), c],
    [withConstraint({ ...member, rightOperand: 'inactive' }), `${c}.rightOperand`],
    [withConstraint({ ...member, unit: 'day' }), `${c}.unit`],
    [withConstraint({ or: [member, member] }), `${c}.or`],
    [withConstraint({ xone: [member] }), `${c}.xone`],
    [withConstraint({ and: [member, { andSequence: [member] }] }), `${c}.and[1].andSequence`],
    [withConstraint({ and: [member], leftOperand: 'Membership' }), `${c}.leftOperand`],
    [
      withConstraint({ leftOperand: 'UsagePurpose', operator: 'isAnyOf', rightOperand: ['cbam', 'for my own good reasons'] }),
      `${c}.rightOperand`,
    ],
    [{ permission: [{ action: 'distribute' }] }, '$.permission[0].action'],
    [{ permission: [{ action: 'use', duty: [] }] }, '$.permission[0].duty'],
    [{ permission: [{ action: 'use', target: 'urn:asset:2' }] }, '$.permission[0].target'],
    [{ permission: [{ action: 'use' }, { action: 'use' }] }, '$.permission[1]'],
    [{ permission: [{ action: 'use' }], prohibition: [{ action: 'use' }] }, '$.prohibition[0]'],
    [{ permission: [{ action: 'use' }], obligation: { action: 'use' } }, '$.obligation[0]'],
    [{ permission: [{ action: 'use' }], conflict: 'perm' }, '$.conflict'],
    [{ '@context': [{ Membership: 'https://example.com/other' }], permission: [{ action: 'use' }] }, '$["@context"]'],
    [JSON.parse('{"permission":[{"action":"use"}],"__proto__":{"prohibition":[]}}'), '$.__proto__'],
  ];
  for (const [value, path] of cases) refused(value, 'policy_not_enforced', path);
});

test('what has no meaning is refused as malformed', () => {
  const c = '$.permission[0].constraint[0]';
  const time = (rightOperand: unknown) => withConstraint({ leftOperand: 'dateTime', operator: 'lteq', rightOperand });
  const cases: [unknown, string][] = [
    [null, '$'],
    ['use', '$'],
    [[], '$'],
    [{}, '$.permission'],
    [{ permission: [] }, '$.permission'],
    [{ obligation: [], prohibition: [] }, '$.permission'],
    [{ '@type': 'Catalog', permission: [{ action: 'use' }] }, '$["@type"]'],
    [{ permission: [{ '@type': 'Prohibition', action: 'use' }] }, '$.permission[0]["@type"]'],
    [{ permission: [{}] }, '$.permission[0].action'],
    [{ permission: [{ action: 'use' }], 'odrl:permission': [{ action: 'use' }] }, '$'],
    [{ profile: 1, permission: [{ action: 'use' }] }, '$.profile'],
    [withConstraint('Membership'), c],
    [withConstraint({}), c],
    [withConstraint({ leftOperand: 'Membership', operator: 'eq' }), c],
    [withConstraint({ and: [] }), `${c}.and`],
    [withConstraint({ ...member, rightOperand: 1 }), `${c}.rightOperand`],
    [withConstraint({ ...member, rightOperand: true }), `${c}.rightOperand`],
    [withConstraint({ ...member, rightOperand: { '@value': 1 } }), `${c}.rightOperand`],
    [withConstraint({ ...member, rightOperand: { name: 'active' } }), `${c}.rightOperand`],
    [withConstraint({ ...member, rightOperand: ['active', 'active'] }), `${c}.rightOperand`],
    [withConstraint({ leftOperand: 'Partner', operator: 'isAnyOf', rightOperand: [] }), `${c}.rightOperand`],
    [withConstraint({ leftOperand: 'Partner', operator: 'isAnyOf', rightOperand: ['a.example'] }), `${c}.rightOperand`],
    [withConstraint({ leftOperand: 'PartnerGroup', operator: 'isAnyOf', rightOperand: [' '] }), `${c}.rightOperand`],
    ...['2026-12-31', '2026-12-31T00:00:00', '2026-02-30T00:00:00Z', '31.12.2026', '9999-12-31T23:59:59-09:00'].map(
      (t): [unknown, string] => [time(t), `${c}.rightOperand`],
    ),
  ];
  for (const [value, path] of cases) assert.equal(refused(value, 'policy_malformed', path).status, 400);
});

test('nesting beyond reason is an error, not a full stack', () => {
  let deep: unknown = member;
  for (let i = 0; i < 50_000; i++) deep = { and: [deep] };
  refused(withConstraint(deep), 'policy_malformed', `$.permission[0].constraint[0]${'.and[0]'.repeat(8)}`);
});

test('the time of the specification’s own examples is read', () => {
  const value = withConstraint({ leftOperand: 'dateTime', operator: 'lteq', rightOperand: '2023-12-31T06:00Z' });
  assert.deepEqual(parsePolicy(value), value);
});

test('property: what is printed is read as the same policy, through bytes too', () => {
  fc.assert(
    fc.property(anyPolicy, (p) => {
      assert.deepEqual(parsePolicy(JSON.parse(JSON.stringify(toRules(p)))), p);
      assert.equal(parsePolicy(p), p);
    }),
    { numRuns: 200 },
  );
});

test('property: any JSON is read or refused with one of the two errors, and never changed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.jsonValue().map((v) => withConstraint(v)),
        fc.jsonValue().map((v) => withConstraint({ ...member, rightOperand: v })),
      ),
      (value) => {
        const before = JSON.stringify(value);
        try {
          parsePolicy(value);
        } catch (error) {
          assert.ok(error instanceof MadangError && ['policy_malformed', 'policy_not_enforced'].includes(error.code), String(error));
        }
        assert.equal(JSON.stringify(value), before);
      },
    ),
    { numRuns: 300 },
  );
});

test('a policy that was read cannot be changed afterwards', () => {
  const policy = parsePolicy(withConstraint(member));
  assert.throws(() => (policy.permission[0].constraint as unknown[]).pop(), TypeError);
});
