import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { schemaFindings } from '../check.ts';
import { checkFootprint, footprintWarnings } from './check.ts';
import { FOOTPRINT_SCHEMA } from './pact.ts';
import { primaryShareOf } from './primary-share.ts';

const root = new URL('../../../../../shared/specs/pact/', import.meta.url);
const skip = existsSync(root) ? false : 'the material folder ../shared is not here';
const samples = () =>
  readdirSync(new URL('samples/', root)).flatMap(
    (name) => JSON.parse(readFileSync(new URL(`samples/${name}`, root), 'utf8')) as Record<string, unknown>[],
  );

test('all PACT sample footprints are read; their sums and shares give warnings', { skip }, () => {
  const read = samples().map((s) => checkFootprint(s));
  assert.ok(read.length >= 60);
  const cell = read.find((f) => f.productNameCompany.startsWith('Lithium-Ion Battery Cell'));
  assert.ok(cell);
  assert.deepEqual(primaryShareOf(cell), { share: '0.68', raw: '0.68', doubtful: true });
  for (const f of read)
    assert.ok(
      footprintWarnings(f).some((w) => w.path === '/pcf/primaryDataShare'),
      f.productNameCompany,
    );
  assert.ok(read.every((f) => footprintWarnings(f).some((w) => w.path === '/pcf/pcfExcludingBiogenicUptake')));
});

test('our schema gives the same verdict as the published one, on samples and on mutations of them', { skip }, async () => {
  const { parse } = await import('yaml');
  const api = parse(readFileSync(new URL('openapi/openapi_v3_0.yaml', root), 'utf8'));
  const theirs = schemaFindings({ $ref: '#/components/schemas/ProductFootprint', components: api.components });
  const ours = schemaFindings(FOOTPRINT_SCHEMA);
  const all = samples();
  for (const s of all) assert.deepEqual([ours(s), theirs(s)], [[], []]);

  const schemas = api.components.schemas;
  const fields = [
    ...Object.keys(schemas.ProductFootprint.properties),
    ...Object.keys(schemas.CarbonFootprint.properties).map((f) => `pcf.${f}`),
  ];
  const junk = fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'x',
    '1.5',
    '-3',
    '1e5',
    1.5,
    true,
    {},
    [],
    ['x'],
    ['AR6'],
    ['AR6', 'AR6'],
    ['urn:x:y'],
    [{}],
    [{ name: 'a', version: 'b' }],
    [{ operator: 'PEF', ruleNames: ['a'] }],
    [{ operator: 'Other', ruleNames: [] }],
    'KR',
    'KR-11',
    'Asia',
    'Eastern Asia',
    'piece',
    'Active',
    'Credit',
    '2025-01-01T00:00:00Z',
    '2025-13-01T00:00:00Z',
    'not a time',
    '3.0.0',
    '7c1f9c57-3a75-4f52-8d0c-0f5d1c9e2a11',
    'https://example.org/x',
    [{ specVersion: '1.0.0', dataSchema: 'https://example.org/x', data: {} }],
    { technicalDQR: '1' },
    { coverage: 'PCF program' },
    { coverage: 'x' },
  );
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.array(fc.tuple(fc.constantFrom(...fields), junk), { minLength: 1, maxLength: 2 }),
      (sample, changes) => {
        const mutant = structuredClone(sample) as Record<string, unknown> & { pcf: Record<string, unknown> };
        for (const [field, value] of changes) {
          const [first, second] = field.split('.') as [string, string?];
          const holder = second === undefined ? mutant : typeof mutant.pcf === 'object' && mutant.pcf !== null ? mutant.pcf : {};
          if (value === undefined) delete holder[second ?? first];
          else holder[second ?? first] = value;
        }
        const verdict = theirs(mutant).length === 0;
        if (!verdict) refused++;
        assert.equal(ours(mutant).length === 0, verdict, JSON.stringify(changes));
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(refused > 300);
});
