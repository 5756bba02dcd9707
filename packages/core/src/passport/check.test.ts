import assert from 'node:assert/strict';
import test from 'node:test';
import { viewFor } from './access.ts';
import { checkPassport } from './check.ts';
import type { Passport } from './passport.ts';

const passport = {
  schema: 'urn:madang:schema:battery-passport:1',
  id: 'https://maker.example/passports/maker/A-1',
  name: { ko: '팩', en: 'Pack' },
  attributes: { batteryChemistry: { state: 'given', value: 'NMC811' }, carbonFootprint: { state: 'notYetRequired' } },
};

test('a passport, whole or as far as it was shown', () => {
  assert.equal(checkPassport(passport), passport);
  assert.deepEqual(viewFor(checkPassport({ ...passport, attributes: {} }), 'public').attributes, {});
});

test('what a page could not show is refused with its place', () => {
  const wrong: [string, unknown][] = [
    ['/', 'text'],
    ['/', null],
    ['/name', { ...passport, name: undefined }],
    ['/name/en', { ...passport, name: { ko: '팩' } }],
    ['/attributes', { ...passport, attributes: [] }],
    ['/attributes/x', { ...passport, attributes: { x: null } }],
    ['/attributes/x/state', { ...passport, attributes: { x: { value: 1 } } }],
    ['/attributes/x/state', { ...passport, attributes: { x: { state: 'secret' } } }],
    ['/id', { ...passport, id: 'javascript:alert(1)' }],
    ['/id', { ...passport, id: '/passports/a' }],
  ];
  for (const [path, value] of wrong) {
    assert.throws(
      () => checkPassport(JSON.parse(JSON.stringify(value)) as Passport),
      ({ code, data }: { code: string; data: { path: string }[] }) =>
        code === 'passport_invalid' && data.some((finding) => finding.path === path),
      JSON.stringify(value),
    );
  }
});
