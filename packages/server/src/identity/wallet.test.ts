import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mock, test } from 'node:test';
import { MadangError } from '@madang/core/error.ts';
import type { Store } from '../db/store.ts';
import type { Keys } from './keys.ts';
import { issueMembership } from './membership.ts';
import type { Resolver } from './resolver.ts';
import type { CredentialRow } from './store.ts';
import { openWallet } from './wallet.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const OPERATOR = { participant: 'operator', did: 'did:web:operator.example' };
const HOLDER = 'did:web:holder.example';
const keys: Keys = { signing: async () => ({ kid: 'key-1', key: privateKey }), publicKeys: async () => [], create: async () => {} };
const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

let published = true;
const resolver: Resolver = {
  document: () => Promise.reject(new Error('not asked')),
  async key() {
    if (!published) throw new MadangError('did_unresolved', { values: { did: '', why: '' } });
    return createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  },
};

const holding = (rows: readonly CredentialRow[]): Store =>
  ({ read: async () => rows.toSorted((a, b) => (a.valid_until < b.valid_until ? 1 : -1)) }) as unknown as Store;
const row = (id: string, issuer: string, days: number): CredentialRow => ({
  id,
  type: 'MembershipCredential',
  issuer,
  jwt: id,
  valid_from: new Date(NOW - DAY).toISOString(),
  valid_until: new Date(NOW + days * DAY).toISOString(),
});

test.beforeEach(() => {
  published = true;
  mock.timers.enable({ apis: ['Date'], now: NOW });
});
test.afterEach(() => mock.timers.reset());

test('shows for each issuer the credential that lasts longest, and none that has expired', async () => {
  const wallet = openWallet(holding([row('a-old', 'a', 10), row('a-new', 'a', 20), row('b', 'b', 5), row('gone', 'c', -1)]), resolver);
  assert.deepEqual(await wallet.show('holder'), ['a-new', 'b']);
  mock.timers.setTime(NOW + 6 * DAY);
  assert.deepEqual(await wallet.show('holder'), ['a-new'], 'and one that has expired since');
});

test('shows twenty at most: they travel in a header', async () => {
  const wallet = openWallet(holding(Array.from({ length: 50 }, (_, i) => row(`c${i}`, `issuer-${i}`, i + 1))), resolver);
  assert.equal((await wallet.show('holder')).length, 20);
});

test('a credential holds for its holder and its time, and a wrong one beside it changes nothing', async () => {
  const wallet = openWallet(holding([]), resolver);
  const right = await issueMembership(keys, OPERATOR, HOLDER, new Date(NOW + DAY));
  const [head, body, signature] = right.split('.');
  const wrong = ['', 'x', 'a.b.c', `${head}.${body}.`, `${head}.${body}.${'A'.repeat(86)}`, `${head}.${signature}.${body}`];
  assert.deepEqual(
    (await wallet.check(HOLDER, [...wrong, right])).map(({ holder, issuer }) => [holder, issuer]),
    [[HOLDER, OPERATOR.did]],
  );
  assert.deepEqual(await wallet.check('did:web:thief.example', [right]), []);
  mock.timers.setTime(NOW + DAY + 1_000);
  assert.deepEqual(await wallet.check(HOLDER, [right]), []);
});

test('a check is not repeated for five minutes; then a key that was taken back no longer holds', async () => {
  const wallet = openWallet(holding([]), resolver);
  const jwt = await issueMembership(keys, OPERATOR, HOLDER, new Date(NOW + DAY));
  assert.equal((await wallet.check(HOLDER, [jwt])).length, 1);
  published = false;
  mock.timers.setTime(NOW + 4 * 60_000);
  assert.equal((await wallet.check(HOLDER, [jwt])).length, 1);
  mock.timers.setTime(NOW + 6 * 60_000);
  assert.deepEqual(await wallet.check(HOLDER, [jwt]), []);
  published = true;
  assert.equal((await wallet.check(HOLDER, [jwt])).length, 1, 'what failed is checked anew');
});
