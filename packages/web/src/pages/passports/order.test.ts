import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PassportValue } from '@madang/core/api/views.ts';
import { attributeOf } from '@madang/core/passport/dictionary.ts';
import { bySection, byTold, sourceShares, stageShares } from './order.ts';
import { pagePath } from './page-path.ts';

const value = (key: string): PassportValue => ({
  key,
  label: { ko: key, en: key },
  section: attributeOf(key)?.section ?? 'other',
  unit: null,
  value: null,
  state: 'missing',
  access: 'P',
  law: null,
});

test('sections with a value come before those without any', () => {
  const given = { ...value('chemistry'), state: 'given' as const };
  const [told, untold] = byTold([value('model'), given, value('hazardousSubstances'), value('expectedCycles')]);
  assert.deepEqual(
    told?.map(([section, values]) => [section, values.map((v) => v.key)]),
    [['materials', ['chemistry', 'hazardousSubstances']]],
  );
  assert.deepEqual(
    untold?.map(([section]) => section),
    ['identity', 'lifetime'],
  );
});

test('attributes stand in the order of the dictionary, unknown ones last', () => {
  const sections = bySection([value('strange'), value('carbonFootprint'), value('model'), value('passportId')]);
  assert.deepEqual(
    sections.map(([section, values]) => [section, values.map((v) => v.key)]),
    [
      ['identity', ['passportId', 'model']],
      ['carbon', ['carbonFootprint']],
      ['other', ['strange']],
    ],
  );
});

test('the part of a stage is worked out from what is drawn', () => {
  const stages = [
    { stage: 'rawMaterial', value: '74.06', share: '83.4' },
    { stage: 'production', value: '14.76', share: '16.6' },
  ];
  assert.deepEqual(stageShares({ total: '88.82', unit: '', stages, sources: [], notes: [] }), ['0.833821', '0.166179']);
  assert.deepEqual(stageShares({ total: '0', unit: '', stages, sources: [], notes: [] }), [null, null]);
  assert.deepEqual(sourceShares({ sources: [{ kind: 'primary', share: '31.402' }] }), [{ kind: 'primary', share: '0.31402' }]);
});

test('the page of a passport is its public address here, of a received one our own copy', () => {
  const own = { id: 'GP 1', url: 'https://madang.example/passports/garam/GP%201', receivedFrom: null };
  assert.equal(pagePath(own, 'garam'), '/passports/garam/GP%201');
  assert.equal(pagePath({ ...own, url: 'https://id.example/01/095' }, 'garam'), '/passports/garam/GP%201');
  const received = { ...own, id: 'did:web:x#GP 1', receivedFrom: { did: 'did:web:x', name: 'X' } };
  assert.equal(pagePath(received, 'westkai'), '/passports/westkai/did%3Aweb%3Ax%23GP%201');
});
