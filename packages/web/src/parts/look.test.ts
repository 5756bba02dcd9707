import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookOfExchange } from './look.ts';

test('an exchange looks like who must act now, or how it ended', () => {
  assert.equal(lookOfExchange({ state: 'REQUESTED', waitingFor: 'me' }), 'mine');
  assert.equal(lookOfExchange({ state: 'REQUESTED', waitingFor: 'them' }), 'theirs');
  assert.equal(lookOfExchange({ state: 'AGREED', waitingFor: null }), 'theirs');
  assert.equal(lookOfExchange({ state: 'FINALIZED', waitingFor: null }), 'force');
  assert.equal(lookOfExchange({ state: 'COMPLETED', waitingFor: null }), 'force');
  assert.equal(lookOfExchange({ state: 'SUSPENDED', waitingFor: 'me' }), 'mine');
  assert.equal(lookOfExchange({ state: 'TERMINATED', waitingFor: null }), 'stopped');
});
