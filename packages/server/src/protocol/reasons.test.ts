import assert from 'node:assert/strict';
import test from 'node:test';
import type { Reason } from '@madang/core/api/views.ts';
import { becauseOf } from '@madang/core/because.ts';
import { MadangError } from '@madang/core/error.ts';
import fc from 'fast-check';
import { fromAnswer, fromWire, reasonOf, toWire } from './reasons.ts';

const words = fc.string({ minLength: 1, unit: 'grapheme', maxLength: 50 });
const text = fc.record({ ko: words, en: words }, { noNullPrototype: true });
const reason: fc.Arbitrary<Reason> = fc.record(
  { code: words, text, change: text, clause: words },
  { requiredKeys: ['code', 'text'], noNullPrototype: true },
);
const known = (reason: Reason): Reason => ({ ...reason, because: becauseOf(reason.code) });
const travelled = (reasons: readonly Reason[]) => {
  const { code, reason: sent } = JSON.parse(JSON.stringify(toWire(reasons)));
  return fromWire(code, sent);
};

test('what is told arrives as it was, over the wire', () => {
  fc.assert(
    fc.property(fc.array(reason, { minLength: 1, maxLength: 5 }), (reasons) => assert.deepEqual(travelled(reasons), reasons.map(known))),
  );
  assert.deepEqual(travelled([]), [{ code: 'ended', because: 'fault', text: { ko: '코드 ended', en: 'Code ended' } }]);
});

test('what was found and what would have been required stay in the house', () => {
  const secret: Reason = {
    code: 'c',
    text: { ko: '가', en: 'a' },
    found: 'secret group',
    required: { ko: 'secret list', en: 'secret list' },
  };
  assert.doesNotMatch(JSON.stringify(toWire([secret])), /secret/);
  assert.deepEqual(travelled([secret]), [{ code: 'c', because: 'fault', text: secret.text }]);
});

test('the sentences stand first, for connectors that know nothing else', () => {
  const { code, reason: sent } = toWire([reasonOf(new MadangError('forbidden'))]);
  assert.equal(code, 'forbidden');
  assert.deepEqual(
    sent.slice(0, 2).map((entry) => (entry as { '@language': string })['@language']),
    ['ko', 'en'],
  );
});

test('whatever a peer gives as code and reason is readable, and of a size that can be kept', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string(), { nil: undefined }),
      fc.option(fc.array(fc.oneof(fc.jsonValue(), text, reason)), { nil: undefined }),
      (code, given) => {
        for (const { code: c, text: t, change } of fromWire(code, given as unknown[] | undefined)) {
          for (const shown of [c, t.ko, t.en, change?.ko ?? '', change?.en ?? '']) assert.equal(typeof shown, 'string');
        }
      },
    ),
  );
  const long = 'x'.repeat(1_000_000);
  const flood = Array.from({ length: 1_000 }, () => ({
    code: long,
    text: { ko: long, en: long },
    change: { ko: long, en: long },
    clause: long,
  }));
  for (const reasons of [
    fromWire(long, flood),
    fromWire(long, [long]),
    fromWire(long, Array(5_000).fill('x')),
    fromWire(long, [{ '@value': long, '@language': 'ko' }]),
    fromWire(long, undefined),
  ])
    assert.ok(reasons.length > 0 && JSON.stringify(reasons).length < 1_000_000, `${JSON.stringify(reasons).length}`);
});

test('an error answer of any kind', () => {
  const sorry = { because: 'fault', text: { ko: 'sorry', en: 'sorry' } } as const;
  for (const reason of ['"sorry"', '["sorry"]', '{"@value":"sorry"}', '[{"@value":"sorry"}]', '[{"@value":"sorry","@language":"en"}]'])
    assert.deepEqual(fromAnswer(`{"code":"c","reason":${reason}}`), [{ code: 'c', ...sorry }], reason);
  assert.deepEqual(fromAnswer('{"reason":["sorry"]}'), [{ code: 'ended', ...sorry }]);
  for (const answer of [
    '',
    'null',
    '5',
    '[]',
    '"x"',
    '<html>',
    '{}',
    '{"code":5,"reason":{}}',
    '{"code":{},"reason":5}',
    '{"reason":{"@value":5}}',
  ])
    assert.deepEqual(fromAnswer(answer), [], answer);
});
