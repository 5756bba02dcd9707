import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MadangError } from '../error.ts';
import { NEGOTIATION } from './negotiation.ts';
import { ENDPOINTS, endpointFor, joinBase } from './path.ts';
import type { Transition } from './state.ts';
import { TRANSFER } from './transfer.ts';
import type { MessageType } from './types.ts';

const code = (wanted: string) => (error: unknown) => error instanceof MadangError && error.code === wanted;

test('every transition of both tables has exactly one endpoint at the other side', () => {
  for (const row of [...NEGOTIATION, ...TRANSFER] as Transition[]) {
    const type = row.message.split(':')[0] as MessageType;
    const receiver = row.sender === 'consumer' ? 'provider' : 'consumer';
    const fitting = ENDPOINTS.filter(
      (e) => e.message === type && e.receiver === receiver && e.path.includes(':pid') === (row.from !== null),
    );
    assert.deepEqual(fitting, [endpointFor(type, receiver, row.from === null ? undefined : 'pid')]);
    assert.equal(fitting[0]?.success, row.from === null ? 201 : 200);
  }
});

test('no two endpoints of a side share method and path', () => {
  const keys = ENDPOINTS.map((e) => `${e.receiver} ${e.method} ${e.path}`);
  assert.equal(new Set(keys).size, keys.length);
});

test('paths as the HTTPS binding names them', () => {
  assert.equal(endpointFor('CatalogRequestMessage', 'provider').path, '/catalog/request');
  assert.equal(endpointFor('ContractRequestMessage', 'provider').path, '/negotiations/request');
  assert.equal(endpointFor('ContractRequestMessage', 'provider', 'p').path, '/negotiations/:pid/request');
  assert.equal(endpointFor('ContractAgreementVerificationMessage', 'provider', 'p').path, '/negotiations/:pid/agreement/verification');
  assert.equal(endpointFor('ContractOfferMessage', 'consumer').path, '/negotiations/offers');
  assert.equal(endpointFor('ContractNegotiationEventMessage', 'consumer', 'c').path, '/negotiations/:pid/events');
  assert.equal(endpointFor('TransferSuspensionMessage', 'consumer', 'c').path, '/transfers/:pid/suspension');
  assert.throws(() => endpointFor('ContractAgreementMessage', 'provider', 'p'), code('internal'));
  assert.throws(() => endpointFor('TransferStartMessage', 'consumer'), code('internal'));
});

test('a base may end in slashes, and keeps its path and query', () => {
  for (const base of ['https://a.example/x/dsp', 'https://a.example/x/dsp/', 'https://a.example/x/dsp//', 'https://a.example/x/dsp/#part'])
    assert.equal(joinBase(base, '/negotiations/request'), 'https://a.example/x/dsp/negotiations/request');
  assert.equal(joinBase('http://a.example:8083', '/catalog/request'), 'http://a.example:8083/catalog/request');
  assert.equal(joinBase('http://a.example/?tenant=1', '/catalog/request'), 'http://a.example/catalog/request?tenant=1');
});

test('an id comes out of the address as it went in', () => {
  assert.equal(
    joinBase('https://a.example', '/transfers/:pid/start', { pid: 'urn:uuid:1/2?3' }),
    'https://a.example/transfers/urn%3Auuid%3A1%2F2%3F3/start',
  );
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }).filter((id) => !/^\.+$/.test(id)),
      (id) => {
        const [empty, collection, segment = '', ...rest] = new URL(
          joinBase('https://a.example/', '/transfers/:pid/start', { pid: id }),
        ).pathname.split('/');
        assert.deepEqual([empty, collection, decodeURIComponent(segment), ...rest], ['', 'transfers', id, 'start']);
      },
    ),
    { numRuns: 300 },
  );
});

test('an id that would change the path is refused', () => {
  for (const id of ['', '.', '..', '...'])
    assert.throws(() => joinBase('https://a.example', '/transfers/:pid', { pid: id }), code('bad_path_id'));
  assert.throws(() => joinBase('https://a.example', '/transfers/:pid', {}), code('internal'));
});

test('a base that is no web address is refused', () => {
  for (const base of ['', 'a.example', '/dsp', 'ftp://a.example', 'file:///etc', 'javascript:alert(1)', 'https://'])
    assert.throws(() => joinBase(base, '/catalog/request'), code('bad_address'));
});
