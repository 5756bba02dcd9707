import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../text/en.ts';
import { ko } from '../text/ko.ts';
import { inWords } from './in-words.ts';
import { chainWord, messageWord, stateWord } from './words.ts';

test('a supplier’s data are received, a customer is given ours', () => {
  assert.equal(chainWord(ko, { tier: 1, state: 'received' }), '받음');
  assert.equal(chainWord(ko, { tier: -1, state: 'received' }), '제공함');
  assert.equal(chainWord(en, { tier: -1, state: 'waiting' }), 'Waiting');
});

test('states and messages in words; those of a newer specification as they are', () => {
  assert.equal(stateWord(ko, 'negotiation', 'FINALIZED'), '체결');
  assert.equal(stateWord(ko, 'transfer', 'PARKED'), 'PARKED');
  assert.equal(messageWord(ko, 'ContractNegotiationEventMessage ACCEPTED'), '수락');
  assert.equal(messageWord(ko, 'ContractNegotiationEventMessage:FINALIZED'), '체결');
  assert.equal(messageWord(ko, 'SomethingNew'), 'SomethingNew');
});

test('codes of an attribute in words', () => {
  assert.deepEqual(inWords('category', 'ev'), { ko: '전기차', en: 'electric vehicle' });
  assert.equal(inWords('category', 'hybrid'), 'hybrid');
  assert.equal(inWords('model', 'ev'), 'ev');
  assert.equal(inWords('category', null), null);
});
