import assert from 'node:assert/strict';
import test from 'node:test';
import { openRecent } from './recent.ts';
import type { Exchange } from './types.ts';

const exchange = (participant: string, id: string, peerPid: string | null = null, steps = 1) =>
  ({ participant, id, peer_pid: peerPid, steps }) as Exchange;

test('an exchange is its own participant’s', () => {
  const recent = openRecent();
  recent.keep(exchange('a', 'x'));
  recent.keep(exchange('b', 'x', null, 2));
  assert.deepEqual([recent.get('a', 'x')?.steps, recent.get('b', 'x')?.steps, recent.get('c', 'x')], [1, 2, undefined]);
  // An id comes from a peer: no form of it leads to another participant.
  for (const id of ['../b/x', 'b/x', '/x', '']) assert.equal(recent.get('a', id), undefined);
  recent.forget('a', 'x');
  assert.deepEqual([recent.get('a', 'x'), recent.get('b', 'x')?.steps], [undefined, 2]);
});

test('the oldest goes when there are too many; kept again it is new', () => {
  const recent = openRecent();
  for (let i = 0; i < 500; i++) recent.keep(exchange('a', String(i)));
  recent.keep(exchange('a', '0'));
  recent.keep(exchange('a', 'one more'));
  assert.ok(recent.get('a', '0') && recent.get('a', 'one more'));
  assert.equal(recent.get('a', '1'), undefined);
});

test('the peer’s process id is learnt once', () => {
  const recent = openRecent();
  recent.learn('a', 'x', 'early');
  assert.equal(recent.get('a', 'x'), undefined);
  recent.keep(exchange('a', 'x'));
  recent.learn('a', 'x', 'first');
  recent.learn('a', 'x', 'second');
  assert.equal(recent.get('a', 'x')?.peer_pid, 'first');
});
