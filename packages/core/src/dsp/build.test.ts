import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadangError } from '../error.ts';
import * as build from './build.ts';
import { MESSAGE_TYPES, SAMPLES } from './samples.fixture.ts';
import { CONTEXT } from './version.ts';

const PIDS = { providerPid: 'p', consumerPid: 'c' };

function everyValue(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(everyValue)] : [value];
}

test('every message has the context in an array and its type; nothing is undefined or an empty array', () => {
  for (const type of MESSAGE_TYPES.filter((t) => t !== 'VersionDocument'))
    for (const sample of SAMPLES[type]) {
      assert.deepEqual((sample as { '@context': unknown })['@context'], [CONTEXT]);
      assert.equal((sample as { '@type': unknown })['@type'], type);
      for (const value of everyValue(sample))
        assert.ok(value !== undefined && !(Array.isArray(value) && value.length === 0), JSON.stringify(sample));
    }
});

test('empty lists are left out: rules, constraints, filter, datasets, properties of a data address', () => {
  const terms = { permission: [{ action: 'use', constraint: [] }], prohibition: [], obligation: [] };
  assert.deepEqual(build.offer('o', terms), { '@id': 'o', '@type': 'Offer', permission: [{ action: 'use' }] });
  assert.deepEqual(Object.keys(build.catalogRequest([])), ['@context', '@type']);
  assert.deepEqual(Object.keys(build.catalog({ id: 'c', participantId: 'p', datasets: [], services: [] })), [
    '@context',
    '@type',
    '@id',
    'participantId',
  ]);
  assert.deepEqual(build.dataAddress('t', undefined, {}), { '@type': 'DataAddress', endpointType: 't' });
});

test('an empty right operand stays: dropping it would change the policy', () => {
  const constraint = { leftOperand: 'partner', operator: 'isAnyOf' as const, rightOperand: [] };
  assert.deepEqual(build.offer('o', { permission: [{ action: 'use', constraint: [constraint] }] }).permission?.[0]?.constraint, [
    constraint,
  ]);
});

test('a rule loses a target of its own; the offer in a message has one', () => {
  const rule = { action: 'use', target: 'dataset-1' };
  assert.deepEqual(build.messageOffer('o', 'dataset-1', { permission: [rule] }), {
    '@id': 'o',
    '@type': 'Offer',
    target: 'dataset-1',
    permission: [{ action: 'use' }],
  });
});

test('callbackAddress and the pid of the other side never go together', () => {
  for (const message of [...SAMPLES.ContractRequestMessage, ...SAMPLES.ContractOfferMessage]) {
    const other = message['@type'] === 'ContractRequestMessage' ? message.providerPid : message.consumerPid;
    assert.equal((message.callbackAddress === undefined) !== (other === undefined), true);
  }
});

test('whoever ends, pauses or refuses says why', () => {
  const silent = { id: 'm', ...PIDS, code: 'x', reason: [] };
  for (const builder of [
    build.contractNegotiationTermination,
    build.transferTermination,
    build.transferSuspension,
    build.contractNegotiationError,
    build.transferError,
    build.catalogError,
  ])
    assert.throws(
      () => builder(silent),
      (error) => error instanceof MadangError && error.code === 'internal',
    );
});

test('fields that a message does not have are not carried along', () => {
  const row = { id: 'm', ...PIDS, state: 'AGREED' as const, secret: 'x' };
  assert.deepEqual(Object.keys(build.contractAgreementVerification(row)), ['@context', '@type', '@id', 'providerPid', 'consumerPid']);
  assert.deepEqual(Object.keys(build.contractNegotiation(row)), ['@context', '@type', 'providerPid', 'consumerPid', 'state']);
});
