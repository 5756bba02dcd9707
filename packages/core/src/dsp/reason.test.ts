import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadangError } from '../error.ts';
import { contractNegotiationTermination } from './build.ts';
import { checkOutgoing } from './message.ts';
import { fromReason, toReason, whyOf } from './reason.ts';

test('a sentence in both languages survives the trip', () => {
  const text = { ko: '거절했습니다.', en: 'Refused.' };
  assert.deepEqual(fromReason(toReason(text)), text);
});

test('an error becomes code and reason of a message', () => {
  const error = new MadangError('not_found', { values: { what: 'offer-9' } });
  const message = checkOutgoing(contractNegotiationTermination({ id: 'm', providerPid: 'p', consumerPid: 'c', ...whyOf(error) }));
  assert.equal(message.code, 'not_found');
  assert.deepEqual(fromReason(message.reason), error.text);
});

test("a peer's reasons are readable whatever their form", () => {
  const both = (text: string) => ({ ko: text, en: text });
  assert.deepEqual(fromReason(['No.', 'Never.']), both('No. Never.'));
  assert.deepEqual(fromReason([{ '@value': 'No.' }]), both('No.'));
  assert.deepEqual(fromReason([{ '@value': 'Nein.', '@language': 'de' }]), both('Nein.'));
  assert.deepEqual(fromReason([{ field: 'x' }, 7, null]), both('{"field":"x"} 7 null'));
  assert.equal(fromReason([]), undefined);
  assert.equal(fromReason(undefined), undefined);
});
