import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atKnown, linkOf } from './link.ts';

test('the target of a relation, however the header is written', () => {
  for (const header of [
    '<https://a.example/p?x=1,2;3>; rel="next"',
    '<https://b.example/>; rel="previous", <https://a.example/p?x=1,2;3>; rel=next',
    '<https://b.example/>;rel=prev ,<https://a.example/p?x=1,2;3>;title="a, b"; REL="last Next"',
  ])
    assert.equal(linkOf(header, 'next'), 'https://a.example/p?x=1,2;3', header);
  for (const header of [
    '',
    'next',
    '<https://a.example/>',
    '<https://a.example/>; rel="nextish"',
    '<https://a.example/>; title="rel=next"',
  ])
    assert.equal(linkOf(header, 'next'), undefined, header);
});

test('a link is followed to the partner that we know, and to nobody else', () => {
  const here = 'https://known.example/dsp/catalog/request';
  for (const [link, target] of [
    ['?page=2', `${here}?page=2`],
    ['/dsp/catalog/request?page=2', `${here}?page=2`],
    [`${here}?page=2#x`, `${here}?page=2`],
    ['https://known.example/other?page=2', 'https://known.example/other?page=2'],
    ['http://10.0.0.1:8282/api/dsp/2025-1/catalog/request?continuationToken=x', `${here}?continuationToken=x`],
    ['https://evil.example/collect?token=x', 'https://known.example/collect?token=x'],
    ['https://user:secret@known.example/dsp/catalog/request?page=2', `${here}?page=2`],
    ['javascript:alert(1)', undefined],
    ['http://[', undefined],
  ] as const)
    assert.equal(atKnown(here, link), target, link);
});
