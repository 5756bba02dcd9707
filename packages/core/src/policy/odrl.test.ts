import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2019 } from 'ajv/dist/2019.js';
import fc from 'fast-check';
import { policy as anyPolicy } from './arbitrary.fixture.ts';
import { fromChoices } from './explain.ts';
import { fromAgreement, fromOffer, toAgreement, toMessageOffer, toOffer } from './odrl.ts';

const open = fromChoices({});
const parties = {
  id: 'urn:uuid:1',
  target: 'urn:uuid:2',
  assigner: 'did:web:p.example',
  assignee: 'did:web:c.example',
  timestamp: '2026-11-23T00:00:00Z',
};

test('the three forms in which the protocol carries a policy', () => {
  assert.deepEqual(toOffer(open, 'offer-1'), { '@id': 'offer-1', '@type': 'Offer', permission: [{ action: 'use' }] });
  assert.deepEqual(toMessageOffer(open, 'offer-1', 'urn:asset:1'), {
    '@id': 'offer-1',
    '@type': 'Offer',
    target: 'urn:asset:1',
    permission: [{ action: 'use' }],
  });
  assert.deepEqual(toAgreement(open, parties), {
    '@id': 'urn:uuid:1',
    '@type': 'Agreement',
    target: 'urn:uuid:2',
    assigner: 'did:web:p.example',
    assignee: 'did:web:c.example',
    timestamp: '2026-11-23T00:00:00Z',
    permission: [{ action: 'use' }],
  });
});

test('what lacks an id, or a party of an agreement, is malformed', () => {
  const { assignee: _, ...without } = toAgreement(open, parties);
  assert.throws(() => fromAgreement(without, '$.agreement'), { code: 'policy_malformed', data: { path: '$.agreement.assignee' } });
  assert.throws(() => fromOffer({ permission: [{ action: 'use' }] }), { code: 'policy_malformed', data: { path: '$.@id' } });
});

test('property: what is sent is read back', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      assert.deepEqual(fromOffer(toOffer(policy, 'o')), { id: 'o', target: undefined, policy });
      assert.deepEqual(fromOffer(toMessageOffer(policy, 'o', 't')), { id: 'o', target: 't', policy });
      assert.deepEqual(fromAgreement(toAgreement(policy, parties)), { ...parties, policy });
      assert.doesNotMatch(JSON.stringify(toAgreement(policy, parties)), /\[\]/);
    }),
    { numRuns: 100 },
  );
});

const SCHEMA = new URL('../../../../../shared/specs/dsp/negotiation/contract-schema.json', import.meta.url);

test('property: every form is valid by the schema of the specification', {
  skip: existsSync(SCHEMA) ? false : 'needs ../shared/specs/dsp',
}, () => {
  const valid = new Ajv2019({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  const check = (definition: string) => {
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    return new Ajv2019({ strict: false }).compile({
      ...schema,
      $id: `https://example.com/${definition}`,
      allOf: [{ $ref: `#/definitions/${definition}` }],
    });
  };
  const [offer, message, agreement] = [check('Offer'), check('MessageOffer'), check('Agreement')];
  assert.equal(valid({ permission: [] }), false);
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      for (const [ok, value] of [
        [offer, toOffer(policy, 'o')],
        [message, toMessageOffer(policy, 'o', 't')],
        [agreement, toAgreement(policy, parties)],
      ] as const) {
        assert.ok(ok(value), JSON.stringify(ok.errors));
      }
    }),
    { numRuns: 50 },
  );
});
