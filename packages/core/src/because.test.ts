import assert from 'node:assert/strict';
import test from 'node:test';
import { BY_HAND, becauseOf } from './because.ts';
import { ERRORS } from './error.ts';
import { FAILURE_CODES } from './policy/operands/operand.ts';

test('each clause that can fail is a rule, a person decides, all else is a fault', () => {
  for (const code of FAILURE_CODES) assert.equal(becauseOf(code), 'rule', code);
  assert.equal(becauseOf(BY_HAND), 'decision');
  const rules = Object.keys(ERRORS).filter((code) => becauseOf(code) === 'rule');
  assert.deepEqual(rules.sort(), ['policy_not_enforced', 'policy_refused', 'terms_not_met']);
  assert.deepEqual(
    Object.keys(ERRORS).filter((code) => becauseOf(code) === 'decision'),
    [],
  );
});

test('a code of another connector is a fault unless it speaks of a policy', () => {
  for (const code of ['PolicyViolation', 'policy-evaluation-failed', 'urn:x:policies:refused']) assert.equal(becauseOf(code), 'rule', code);
  for (const code of ['', '1', 'polite', 'http_500', 'ended', 'peer_unreachable', 'Insufficient permissions'])
    assert.equal(becauseOf(code), 'fault', code);
});
