import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../text/en.ts';
import { ko } from '../text/ko.ts';
import { inWords } from './in-words.ts';
import { chainWord, kindWord, messageWord, stateWord, viewWord, wayOf } from './words.ts';

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
  assert.equal(messageWord(ko, 'refused'), '보내지 못함');
  assert.equal(messageWord(en, 'pull'), 'Fetching the data');
  assert.equal(messageWord(ko, 'SomethingNew'), 'SomethingNew');
});

test('kinds of data, what an offer shows, and how it travels, in words', () => {
  assert.equal(kindWord(ko, 'service'), 'HTTP 서비스');
  assert.equal(kindWord(ko, 'https://example/PCF'), 'https://example/PCF');
  assert.equal(kindWord(ko, null), '');
  assert.equal(viewWord(ko, { kind: 'passport', ids: ['a', 'b'], fields: 'whole' }), '여권 2건');
  assert.equal(viewWord(en, { kind: 'file', sha256: 'ab' }), '1 file');
  assert.equal(wayOf(ko, 'HttpData-PULL', 'file').name, '가져오기');
  assert.equal(wayOf(ko, 'HttpData-PULL', 'service').name, '호출하기');
  assert.equal(wayOf(ko, 'AmazonS3-PUSH', 'file').name, 'AmazonS3-PUSH');
});

test('codes of an attribute in words', () => {
  assert.deepEqual(inWords('category', 'ev'), { ko: '전기차', en: 'electric vehicle' });
  assert.equal(inWords('category', 'hybrid'), 'hybrid');
  assert.equal(inWords('model', 'ev'), 'ev');
  assert.equal(inWords('category', null), null);
});
