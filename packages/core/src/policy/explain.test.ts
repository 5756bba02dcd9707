import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MadangError } from '../error.ts';
import { policy as anyPolicy, day, groups, partners, policyOf, purposes } from './arbitrary.fixture.ts';
import { samePolicy } from './compare.ts';
import { type Choices, fromChoices, sentence, toChoices } from './explain.ts';
import type { Constraint } from './model.ts';
import { describePolicies } from './reference.ts';

const PACK = 'did:web:pack.example';
const CELL = 'did:web:cell.example';
const names = new Map([
  [PACK, { ko: '가람팩시스템', en: 'Garam Pack Systems' }],
  [CELL, { ko: '누리들셀', en: 'Nurideul Cell' }],
]);
const nameOf = (did: string) => names.get(did);

test('only A and B, only for the passport, until December', () => {
  assert.deepEqual(sentence(fromChoices({ partners: [PACK, CELL], purposes: ['battery-passport'], until: '2026-12-31' }), nameOf), {
    ko: '가람팩시스템, 누리들셀만, 배터리 여권 목적으로만, 2026-12-31까지',
    en: 'Only Garam Pack Systems and Nurideul Cell, only for the battery passport, until 31 Dec 2026',
  });
});

test('every clause has its reading', () => {
  const reads = (...c: Constraint[]) => sentence(policyOf(c), nameOf);
  assert.deepEqual(sentence(fromChoices({})), { ko: '조건 없이 누구나', en: 'Anyone, without conditions' });
  assert.deepEqual(
    sentence(
      fromChoices({ groups: ['1차 협력사', 'recyclers'], members: true, purposes: ['cbam', 'origin', 'quality'], from: '2026-01-01' }),
    ),
    {
      ko: "'1차 협력사', 'recyclers' 그룹만, 회원 자격이 유효한 기업만, CBAM 신고, 원산지 확인, 품질 관리 목적으로만, 2026-01-01부터",
      en: 'Only the groups "1차 협력사" and "recyclers", only companies whose membership is valid, only for the CBAM declaration, proof of origin or quality, from 1 Jan 2026',
    },
  );
  assert.deepEqual(reads({ leftOperand: 'Partner', operator: 'isNoneOf', rightOperand: [CELL, 'did:web:unknown.example'] }), {
    ko: '누리들셀, did:web:unknown.example 제외',
    en: 'Except Nurideul Cell and did:web:unknown.example',
  });
  assert.deepEqual(reads({ leftOperand: 'PartnerGroup', operator: 'isNoneOf', rightOperand: ['tier-1'] }), {
    ko: "'tier-1' 그룹 제외",
    en: 'Except the group "tier-1"',
  });
  const time = (operator: 'gteq' | 'gt' | 'lt' | 'lteq', rightOperand: string) =>
    reads({ leftOperand: 'dateTime', operator, rightOperand });
  assert.deepEqual(time('lteq', '2026-12-31T14:59:59Z'), { ko: '2026-12-31까지', en: 'Until 31 Dec 2026' });
  assert.deepEqual(time('lteq', '2026-12-31T06:00Z'), {
    ko: '2026-12-31 15:00(한국 시간)까지',
    en: 'Until 31 Dec 2026, 15:00 (Seoul time)',
  });
  assert.deepEqual(time('lt', '2026-12-31T06:00:30Z'), {
    ko: '2026-12-31 15:00:30(한국 시간) 전까지',
    en: 'Before 31 Dec 2026, 15:00:30 (Seoul time)',
  });
  assert.deepEqual(time('gteq', '2026-01-01T00:00:00Z'), {
    ko: '2026-01-01 09:00(한국 시간)부터',
    en: 'From 1 Jan 2026, 09:00 (Seoul time)',
  });
  assert.deepEqual(time('gt', '2026-01-01T00:00:00Z'), {
    ko: '2026-01-01 09:00(한국 시간) 지나서부터',
    en: 'After 1 Jan 2026, 09:00 (Seoul time)',
  });
});

test('a blank left out asks nothing; an empty or wrong blank is an error, never "anyone"', () => {
  assert.deepEqual(fromChoices({ members: false }), { permission: [{ action: 'use' }] });
  const wrong: [unknown, string][] = [
    [{ partners: [] }, 'policy_malformed'],
    [{ groups: 'tier-1' }, 'policy_malformed'],
    [{ partners: ['cell'] }, 'policy_malformed'],
    [{ purposes: ['anything'] }, 'policy_not_enforced'],
    [{ members: 'yes' }, 'policy_malformed'],
    [{ until: '2026-02-30' }, 'policy_malformed'],
    [{ until: '' }, 'policy_malformed'],
    [{ from: '2026-12-31', until: '2026-01-01' }, 'policy_malformed'],
    [{ partner: [CELL] }, 'policy_malformed'],
  ];
  for (const [choices, code] of wrong) {
    assert.throws(
      () => fromChoices(choices as Choices),
      (e) => e instanceof MadangError && e.code === code,
      JSON.stringify(choices),
    );
  }
});

test('a policy that no filling of the blanks says has no choices', () => {
  const c = (...list: Constraint[]) => toChoices(policyOf(list));
  assert.equal(c({ leftOperand: 'Partner', operator: 'isNoneOf', rightOperand: [CELL] }), null);
  assert.equal(c({ leftOperand: 'dateTime', operator: 'lteq', rightOperand: '2026-12-31T23:59:59+09:00' }), null);
  assert.equal(c({ leftOperand: 'dateTime', operator: 'lt', rightOperand: '2027-01-01T00:00:00Z' }), null);
  const partner = { leftOperand: 'Partner', operator: 'eq' as const, rightOperand: CELL };
  assert.equal(c(partner, { ...partner, rightOperand: PACK }), null);
  assert.equal(toChoices(policyOf([], ['https://example.com/p'])), null);
});

const choices: fc.Arbitrary<Choices> = fc
  .record({ partners, groups, members: fc.constant(true), purposes, from: day, until: day }, { requiredKeys: [] })
  .map(({ from, until, ...rest }) =>
    from && until && until < from ? { ...rest, from: until, until: from } : { ...rest, ...(from && { from }), ...(until && { until }) },
  );

test('property: blanks come back as they were filled', () => {
  fc.assert(
    fc.property(choices, (c) => assert.deepEqual(toChoices(fromChoices(c)), c)),
    { numRuns: 200 },
  );
});

test('property: the blanks of a policy, where it has any, make the same policy', () => {
  fc.assert(
    fc.property(anyPolicy, (p) => {
      const filled = toChoices(p);
      if (filled !== null) assert.ok(samePolicy(fromChoices(filled), p));
    }),
    { numRuns: 500 },
  );
});

test('property: the sentence does not depend on the order of clauses, and has each of them', () => {
  fc.assert(
    fc.property(anyPolicy, (p) => {
      const reversed = policyOf([...(p.permission[0].constraint ?? [])].reverse());
      assert.deepEqual(sentence(reversed), sentence(p));
      for (const c of p.permission[0].constraint ?? []) {
        const alone = sentence(policyOf([c]));
        if (!('and' in c)) assert.ok(sentence(p).ko.includes(alone.ko));
      }
    }),
    { numRuns: 200 },
  );
});

test('the reference page has a row with a refusal for every operator that is enforced', () => {
  const page = describePolicies();
  const rows = page.split('\n').filter((line) => /^\| `(Partner|PartnerGroup|Membership|UsagePurpose|dateTime) (eq|is|[gl]t)/.test(line));
  assert.equal(rows.length, 11);
  for (const row of rows) assert.match(row, /이 데이터를 받을 수 없습니다.*You cannot have this data/);
});
