import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evidence as anyEvidence, policy as anyPolicy, atomic, constraints, policyOf } from './arbitrary.fixture.ts';
import { evaluate, type Failure, reasons } from './evaluate.ts';
import { fromChoices } from './explain.ts';
import { type Constraint, clauses, type Evidence, type Policy } from './model.ts';
import { OPERANDS } from './operands.ts';

const CELL = 'did:web:cell.example';
const member = { issuer: 'did:web:operator.example', from: '2026-01-01T00:00:00+09:00', until: '2027-01-01T00:00:00+09:00' };
const good: Evidence = {
  partner: CELL,
  groups: ['tier-1'],
  memberships: [member],
  purpose: 'battery-passport',
  at: '2026-11-23T09:00:00+09:00',
};
const policy = fromChoices({
  partners: [CELL],
  groups: ['tier-1'],
  members: true,
  purposes: ['battery-passport'],
  from: '2026-01-01',
  until: '2026-12-31',
});

function failures(p: Policy, e: Evidence, words = {}): readonly Failure[] {
  const verdict = evaluate(p, e, words);
  return verdict.allowed ? [] : verdict.failures;
}
const only = (p: Policy, e: Evidence, words = {}): Failure => {
  const list = failures(p, e, words);
  assert.equal(list.length, 1);
  return list[0]!;
};

test('evidence that satisfies every clause is allowed, and each part alone is needed', () => {
  assert.deepEqual(evaluate(policy, good), { allowed: true });
  const codes = (e: Partial<Evidence>) => failures(policy, { ...good, ...e }).map((f) => f.code);
  assert.deepEqual(codes({ partner: 'did:web:other.example' }), ['partner_not_named']);
  assert.deepEqual(codes({ groups: ['Tier-1', ''] }), ['group_not_named']);
  assert.deepEqual(codes({ memberships: [] }), ['membership_missing']);
  assert.deepEqual(codes({ memberships: [{ ...member, until: '2026-11-20T00:00:00+09:00' }] }), ['membership_ended']);
  assert.deepEqual(codes({ memberships: [{ ...member, from: '2026-12-01T00:00:00+09:00' }] }), ['membership_not_yet']);
  assert.deepEqual(codes({ memberships: [{ ...member, from: 'always' }] }), ['membership_missing']);
  assert.deepEqual(codes({ memberships: [{ ...member, until: 'never' }] }), ['membership_missing']);
  assert.deepEqual(codes({ purpose: undefined }), ['purpose_missing']);
  assert.deepEqual(codes({ purpose: 'quality' }), ['purpose_not_allowed']);
  assert.deepEqual(codes({ at: 'now' }), ['time_unknown', 'time_unknown', 'time_unknown']);
});

test('days chosen by a person are whole days in Seoul, the last one to its end', () => {
  const at = (t: string) =>
    failures(policy, { ...good, memberships: [{ ...member, from: '2000-01-01T00:00:00Z', until: null }], at: t }).map((f) => f.code);
  assert.deepEqual(at('2025-12-31T14:59:59.999999999Z'), ['too_early']);
  assert.deepEqual(at('2025-12-31T15:00:00Z'), []);
  assert.deepEqual(at('2026-12-31T23:59:59.999999999+09:00'), []);
  assert.deepEqual(at('2026-12-31T15:00:00Z'), ['too_late']);
});

test('a limit in one zone holds against a time in another, with its operator’s edge', () => {
  const allowed = (operator: 'gt' | 'gteq' | 'lt' | 'lteq', at: string) =>
    evaluate(policyOf([{ leftOperand: 'dateTime', operator, rightOperand: '2026-06-01T00:00:00+09:00' }]), { ...good, at }).allowed;
  const edge = '2026-05-31T15:00:00Z';
  assert.deepEqual([allowed('gt', edge), allowed('gteq', edge), allowed('lt', edge), allowed('lteq', edge)], [false, true, false, true]);
  assert.equal(allowed('gt', '2026-05-31T15:00:00.000000001Z'), true);
  assert.equal(allowed('lteq', '2026-05-31T15:00:00.000000001Z'), false);
});

test('another spelling of a DID neither slips past an exclusion nor loses a naming', () => {
  const excluded = policyOf([{ leftOperand: 'Partner', operator: 'isNoneOf', rightOperand: ['did:web:cell.example%3A8443:x'] }]);
  assert.equal(only(excluded, { ...good, partner: 'did:web:Cell.example%3a8443:x' }).code, 'partner_excluded');
  assert.deepEqual(evaluate(excluded, { ...good, partner: 'did:web:cell.example%3A8443:X' }), { allowed: true });
});

test('the refused side reads what it wanted, which rule, what was found, what would change it, whom to ask', () => {
  const words = {
    wanted: { ko: '제품 탄소발자국(셀 NCM-72)', en: 'Carbon footprint of cell NCM-72' },
    provider: { ko: '누리들셀', en: 'Nurideul Cell' },
  };
  const ended = only(policy, { ...good, memberships: [{ ...member, until: '2026-11-20T00:00:00+09:00' }] }, words);
  assert.deepEqual(ended, {
    code: 'membership_ended',
    clause: '$.permission[0].constraint[2]',
    operand: 'Membership',
    found: '2026-11-19T15:00:00.000000000Z',
    required: { ko: '회원 자격이 유효한 기업만', en: 'only companies whose membership is valid' },
    text: {
      ko: "제품 탄소발자국(셀 NCM-72) 데이터를 받을 수 없습니다. 제공 기업은 '회원 자격이 유효한 기업'에만 제공합니다. 귀사의 회원 증명서는 2026-11-20에 끝났습니다. 회원 증명서를 갱신하면 다시 요청할 수 있습니다. 운영기관에 문의하세요.",
      en: 'You cannot have the data "Carbon footprint of cell NCM-72". The provider gives it only to companies whose membership is valid. Your membership credential ended on 20 Nov 2026. Renew it, then ask again. Ask the operator.',
    },
    change: { ko: '회원 증명서를 갱신하면 다시 요청할 수 있습니다.', en: 'Renew it, then ask again.' },
  });
  assert.deepEqual(only(policy, { ...good, purpose: 'quality' }, words).text, {
    ko: "제품 탄소발자국(셀 NCM-72) 데이터를 받을 수 없습니다. 제공 기업은 '배터리 여권' 목적으로만 제공합니다. 귀사가 밝힌 이용 목적은 '품질 관리'입니다. 그 목적으로 쓴다면 이용 목적을 밝혀 다시 요청하세요. 누리들셀에 문의하세요.",
    en: 'You cannot have the data "Carbon footprint of cell NCM-72". The provider gives it only for the battery passport. The purpose you declared is "quality". If you will use it for that, ask again and declare that purpose. Ask Nurideul Cell.',
  });
  assert.deepEqual(only(fromChoices({ until: '2026-12-31' }), { ...good, at: '2027-01-05T09:12:00+09:00' }).text, {
    ko: "이 데이터를 받을 수 없습니다. 제공 기업은 '2026-12-31까지'만 제공합니다. 요청한 시각은 2027-01-05 09:12(한국 시간)입니다. 제공 기업이 기간을 늘리면 받을 수 있습니다. 제공 기업에 문의하세요.",
    en: 'You cannot have this data. The provider gives it only until 31 Dec 2026. You asked on 5 Jan 2027, 09:12 (Seoul time). If the provider extends the period, you can have it. Ask the provider.',
  });
});

test('what the refused side is told names no other partner and no group; the owner sees both', () => {
  const secret = fromChoices({ partners: ['did:web:rival.example'], groups: ['비밀 그룹'] });
  const found = failures(secret, { ...good, groups: ['다른 그룹'] }, { nameOf: () => ({ ko: '경쟁사', en: 'Rival' }) });
  assert.doesNotMatch(JSON.stringify(reasons(found)), /rival|경쟁사|Rival|비밀|다른/);
  assert.deepEqual(
    found.map((f) => [f.required.ko, f.found]),
    [
      ['경쟁사만', CELL],
      ["'비밀 그룹' 그룹만", '다른 그룹'],
    ],
  );
});

test('a rule that is not enforced allows nothing, wherever the value came from', () => {
  for (const stored of [
    { permission: [{ action: 'use', constraint: [{ leftOperand: 'spatial', operator: 'eq', rightOperand: 'EU' }] }] },
    { permission: [{ action: 'use' }], prohibition: [{ action: 'use' }] },
    { permission: [{ action: 'use', constraint: [{ or: [] }] }] },
    { permission: [] },
    {},
    null,
  ]) {
    assert.equal(only(stored as unknown as Policy, good).code, 'rule_not_enforced');
  }
});

test('property: evaluation is total and deterministic for any JSON as policy', () => {
  const open = JSON.stringify({ permission: [{ action: 'use' }] });
  fc.assert(
    fc.property(fc.jsonValue(), anyEvidence, (value, e) => {
      const stored = value as unknown as Policy;
      const verdict = evaluate(stored, e);
      assert.deepEqual(evaluate(stored, e), verdict);
      assert.equal(verdict.allowed, JSON.stringify(value) === open);
    }),
    { numRuns: 200 },
  );
});

test('property: every clause that fails alone is listed, no other, each at its place', () => {
  fc.assert(
    fc.property(anyPolicy, anyEvidence, (p, e) => {
      const alone = clauses(p).flatMap(({ path, constraint }) => failures(policyOf([constraint]), e).map((f) => ({ ...f, clause: path })));
      assert.deepEqual(failures(p, e), alone);
      assert.equal(evaluate(p, e).allowed, alone.length === 0);
    }),
    { numRuns: 300 },
  );
});

test('property: the order of clauses changes nothing but their places', () => {
  const shuffled = constraints.chain((c) => fc.tuple(fc.constant(c), fc.shuffledSubarray(c, { minLength: c.length })));
  const facts = (p: Policy, e: Evidence) =>
    failures(p, e)
      .map((f) => JSON.stringify({ ...f, clause: '' }))
      .sort();
  fc.assert(
    fc.property(shuffled, anyEvidence, ([a, b], e) => assert.deepEqual(facts(policyOf(a), e), facts(policyOf(b), e))),
    { numRuns: 200 },
  );
});

test('property: adding a clause never allows more', () => {
  fc.assert(
    fc.property(constraints, atomic, anyEvidence, (c, extra, e) => {
      if (evaluate(policyOf([...c, extra]), e).allowed) assert.ok(evaluate(policyOf(c), e).allowed);
      const before = failures(policyOf(c), e).length;
      assert.ok(failures(policyOf([...c, extra]), e).length >= before);
    }),
    { numRuns: 200 },
  );
});

test('property: evidence that is absent or unknown satisfies no clause that asks for something', () => {
  const nothing: Evidence = { partner: '', groups: [], memberships: [], at: '' };
  fc.assert(
    fc.property(atomic, (c) => {
      const asks = c.operator !== 'isNoneOf';
      assert.equal(evaluate(policyOf([c]), nothing).allowed, !asks);
    }),
    { numRuns: 200 },
  );
});

test('property: replacing any operand, operator or value by one outside the table is never allowed', () => {
  const terms = new Set(OPERANDS.flatMap((o) => [o.term, o.iri, ...o.aliases, ...Object.keys(o.operators)]));
  const outside = fc.string().filter((s) => !terms.has(s));
  fc.assert(
    fc.property(atomic, fc.constantFrom('leftOperand', 'operator'), outside, anyEvidence, (c, key, s, e) => {
      const stored = { permission: [{ action: 'use', constraint: [{ ...c, [key]: s }] as Constraint[] }] };
      assert.equal(only(stored as unknown as Policy, e).code, 'rule_not_enforced');
    }),
    { numRuns: 200 },
  );
});
