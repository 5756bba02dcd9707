import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { MadangError } from '../error.ts';
import { inOwnWords } from './foreign.ts';
import { checkOutgoing, parseMessage } from './message.ts';
import { MESSAGE_TYPES, SAMPLES } from './samples.fixture.ts';
import { violations } from './schema/compile.ts';
import { mutations } from './schema/mutations.fixture.ts';
import type { AnyMessage, MessageType } from './types.ts';
import { CONTEXT } from './version.ts';

const [REQUEST] = SAMPLES.ContractRequestMessage;

function refusal(type: MessageType, value: unknown): MadangError {
  try {
    parseMessage(type, value);
  } catch (error) {
    if (error instanceof MadangError) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: `accepted: ${JSON.stringify(value)}` });
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** The request with the value at a path such as `offer.permission.0.action` replaced, or removed when undefined. */
function changed(path: string, value: unknown): object {
  const request = structuredClone(REQUEST) as object;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => Reflect.get(at, key) as object, request);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return request;
}

/** Where, what was found, what is expected, in English, for such a changed request. */
function said(at: string, value?: unknown): [string, string, string] {
  const error = refusal('ContractRequestMessage', changed(at, value));
  assert.equal(error.code, 'bad_message');
  assert.equal(error.status, 400);
  const { path, found, expected } = error.data as { path: string; found: { en: string }; expected: { en: string } };
  for (const part of [path, found.en, expected.en]) assert.ok(error.text.en.includes(part));
  assert.ok(!/\{\w+_(ko|en)\}/.test(error.text.ko + error.text.en));
  return [path, found.en, expected.en];
}
const saidOf = (constraint: unknown) => said('offer.permission.0.constraint', [constraint]);

test('a message that we build comes back as it was', () => {
  for (const type of MESSAGE_TYPES)
    for (const sample of SAMPLES[type]) assert.deepEqual(parseMessage(type, JSON.parse(JSON.stringify(sample))), sample);
});

test('unknown properties are dropped, a textual @id stays, a policy stays whole', () => {
  const offer = { ...REQUEST?.offer, permission: [{ action: 'use', duty: [{ action: 'pay' }] }] };
  const parsed = parseMessage('ContractRequestMessage', { ...REQUEST, offer, '@id': 'urn:uuid:9', more: 1, toString: 2 });
  assert.deepEqual(parsed, { ...REQUEST, offer, '@id': 'urn:uuid:9' });
  assert.ok(!Object.hasOwn(parseMessage('ContractRequestMessage', { ...REQUEST, '@id': 7 }), '@id'));
  const polluted = JSON.parse(`{"__proto__":{"providerPid":"x"},${JSON.stringify(REQUEST).slice(1)}`);
  assert.deepEqual(parseMessage('ContractRequestMessage', polluted), REQUEST);
});

test('a catalogue may describe more than the specification names', () => {
  const [dataset] = SAMPLES.Dataset;
  assert.deepEqual(parseMessage('Dataset', { ...dataset, title: 'Cells' }), { ...dataset, title: 'Cells' });
});

test('a refusal says where, what was found and what is expected', () => {
  assert.deepEqual(said('@context', 7), ['$["@context"]', '7', 'an array']);
  assert.deepEqual(said('@context', 'https://example.org/x')[2], `an array that holds "${CONTEXT}"`);
  assert.deepEqual(said('@context', []), ['$["@context"]', '[]', `an array that holds "${CONTEXT}"`]);
  assert.deepEqual(said('@type', 'Offer'), ['$["@type"]', '"Offer"', '"ContractRequestMessage"']);
  assert.deepEqual(said('consumerPid'), ['$.consumerPid', 'nothing', 'a required property']);
  assert.deepEqual(said('providerPid', 'p'), ['$', 'callbackAddress, providerPid', 'exactly one of callbackAddress, providerPid']);
  assert.deepEqual(said('callbackAddress'), ['$', 'nothing', 'exactly one of callbackAddress, providerPid']);
  assert.deepEqual(said('offer.permission'), ['$.offer', 'nothing', 'at least one of permission, prohibition']);
  assert.deepEqual(said('offer.permission', []), [
    '$.offer.permission',
    '[]',
    'at least one entry (leave the property out when there is none)',
  ]);
  assert.deepEqual(said('offer.permission.0.action', { id: 'use' }), ['$.offer.permission[0].action', '{id}', 'text']);
  const at = '$.offer.permission[0].constraint[0]';
  assert.deepEqual(saidOf({ leftOperand: 'a', operator: 'eq', rightOperand: 30 }), [
    `${at}.rightOperand`,
    '30',
    'text | an object | an array',
  ]);
  assert.deepEqual(saidOf({ leftOperand: 'a', rightOperand: 'b' }), [`${at}.operator`, 'nothing', 'a required property']);
  assert.deepEqual(saidOf({ leftOperand: 'a', operator: 'eq', rightOperand: 'b', and: [] }).slice(0, 1), [at]);
  assert.deepEqual(saidOf({ and: 'x' }), [`${at}.and[0]`, '"x"', 'an object']);
  assert.match(saidOf({ leftOperand: 'a', operator: '=', rightOperand: 'b' })[2], /^"eq" \| "neq"/);
});

test('an agreement has a time', () => {
  const [message] = SAMPLES.ContractAgreementMessage;
  assert.match(
    refusal('ContractAgreementMessage', { ...message, agreement: { ...message?.agreement, timestamp: 'yesterday' } }).text.en,
    /timestamp: found "yesterday", expected a time/,
  );
});

test('what is no object at all is refused in words', () => {
  for (const type of MESSAGE_TYPES)
    for (const value of [null, 1, 'x', true, [], undefined])
      assert.match(refusal(type, value).text.en, / at \$: found .*, expected an object/);
});

test('values nested without end are refused, not followed', () => {
  let nested: object = { leftOperand: 'a', operator: 'eq', rightOperand: 'b' };
  for (let i = 0; i < 50_000; i += 1) nested = { and: [nested] };
  assert.match(saidOf(nested)[1], /deeper than 100/);
});

test('a refusal shows names, not contents, of nested objects', () => {
  const [, start] = SAMPLES.TransferStartMessage;
  const secret = { ...start, dataAddress: { ...start?.dataAddress, endpoint: { authorization: 'top-secret' } } };
  const error = refusal('TransferStartMessage', secret);
  assert.ok(error.text.en.includes('{authorization}'));
  assert.ok(!JSON.stringify(error.body).includes('top-secret'));
});

test('whatever arrives, it comes out as the specification has it, or is refused with a place, a finding and an expectation', () => {
  for (const type of MESSAGE_TYPES.filter((t) => SAMPLES[t].length > 0))
    fc.assert(
      fc.property(mutations(SAMPLES[type]), (value) => {
        const parsed = attempt(() => parseMessage(type, value));
        if (parsed) {
          const contract = type === 'Catalog' || type === 'Dataset' ? `Read${type}` : type;
          assert.deepEqual([violations(contract, parsed), parseMessage(type, parsed)], [[], parsed]);
          return;
        }
        const isAsSpelled = isDeepStrictEqual(inOwnWords(value), value);
        assert.ok(!isAsSpelled || violations(type, value).length > 0, 'refused although it meets the specification');
        const { path, found, expected } = refusal(type, value).data as {
          path: string;
          found: { ko: string; en: string };
          expected: { ko: string; en: string };
        };
        assert.match(path, /^\$/);
        for (const word of [found.ko, found.en, expected.ko, expected.en]) assert.ok(word && !/undefined|\[object/.test(word), word);
      }),
      { numRuns: 60 },
    );
});

test('what we send is checked the same way, and a fault is ours', () => {
  for (const type of MESSAGE_TYPES) for (const sample of SAMPLES[type]) assert.equal(checkOutgoing<AnyMessage>(sample), sample);
  const faulty = { ...REQUEST, offer: { ...REQUEST?.offer, permission: [] } } as unknown as AnyMessage;
  assert.throws(
    () => checkOutgoing(faulty),
    (error) => error instanceof MadangError && error.code === 'internal' && /\$\.offer\.permission/.test(error.detail ?? ''),
  );
  for (const unknown of [{ '@type': 'Offer?' }, { '@type': 'toString' }, {}])
    assert.throws(
      () => checkOutgoing(unknown as unknown as AnyMessage),
      (error) => error instanceof MadangError && error.code === 'internal',
    );
});
