import fc from 'fast-check';
import type { AtomicConstraint, Constraint, Evidence, Policy } from './model.ts';
import { parsePolicy } from './parse.ts';
import { PURPOSES } from './purposes.ts';

/** Generated policies and evidence for the tests of this folder; few values, so that clauses hold about as often as not. */
const DIDS = ['did:web:a.example', 'did:web:b.example', 'did:web:c.example%3A8443', 'did:key:z6Mk'];
const GROUPS = ['tier-1', '1차 협력사', 'recyclers'];

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });

export const day = fc.integer({ min: 0, max: 900 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
export const partners = some(DIDS);
export const groups = some(GROUPS);
export const purposes = some(PURPOSES.map((p) => p.id));

export const instant = fc
  .record({
    day,
    time: fc.constantFrom('00:00:00', '12:30:00', '23:59:59', '14:59:59.999'),
    zone: fc.constantFrom('Z', '+09:00', '-05:30'),
  })
  .map((t) => `${t.day}T${t.time}${t.zone}`);

export const atomic: fc.Arbitrary<AtomicConstraint> = fc.oneof(
  fc.constantFrom(...DIDS).map((rightOperand) => ({ leftOperand: 'Partner', operator: 'eq' as const, rightOperand })),
  fc.record({
    leftOperand: fc.constant('Partner'),
    operator: fc.constantFrom('isAnyOf' as const, 'isNoneOf' as const),
    rightOperand: partners,
  }),
  fc.record({
    leftOperand: fc.constant('PartnerGroup'),
    operator: fc.constantFrom('isAnyOf' as const, 'isNoneOf' as const),
    rightOperand: groups,
  }),
  fc.constant({ leftOperand: 'Membership', operator: 'eq' as const, rightOperand: 'active' }),
  fc.record({ leftOperand: fc.constant('UsagePurpose'), operator: fc.constant('isAnyOf' as const), rightOperand: purposes }),
  fc.record({ leftOperand: fc.constant('dateTime'), operator: fc.constantFrom('gteq', 'gt', 'lt', 'lteq'), rightOperand: instant }),
);

export const constraints: fc.Arbitrary<Constraint[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: atomic },
    { weight: 1, arbitrary: fc.array(atomic, { minLength: 1, maxLength: 3 }).map((and) => ({ and })) },
  ),
  { maxLength: 5 },
);

export const policyOf = (constraint: readonly Constraint[], profile: readonly string[] = []): Policy =>
  parsePolicy({ profile, permission: [{ action: 'use', constraint }] });

export const policy: fc.Arbitrary<Policy> = fc
  .tuple(constraints, fc.uniqueArray(fc.constantFrom('https://example.com/p1', 'https://example.com/p2')))
  .map(([c, profile]) => policyOf(c, profile));

export const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    partner: fc.constantFrom(...DIDS, 'did:web:stranger.example', ''),
    groups: fc.subarray([...GROUPS, 'other']),
    memberships: fc.array(fc.record({ issuer: fc.constant('did:web:operator.example'), from: instant, until: fc.option(instant) }), {
      maxLength: 2,
    }),
    purpose: fc.constantFrom(...PURPOSES.map((p) => p.id), 'marketing'),
    at: fc.oneof({ weight: 9, arbitrary: instant }, { weight: 1, arbitrary: fc.constant('yesterday') }),
  },
  { requiredKeys: ['partner', 'groups', 'memberships', 'at'] },
);
