import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { broken, conceptOf, cycle } from './rules.ts';
import { files, importsIn, importsOf, isSource, isTest, ROOT } from './sources.ts';

const sources = files('packages').filter((file) => isSource(file) && !isTest(file));
const imports = sources.flatMap(importsOf);

test('every import keeps the direction of the house', () => {
  assert.ok(imports.length > 50, 'the walk found the sources');
  const wrong = imports.flatMap((edge) => {
    const why = broken(edge);
    return why ? [`${edge.from} imports ${edge.to}: ${why}`] : [];
  });
  assert.deepEqual(wrong, []);
});

test('every import of a file of the repository names a file that exists', () => {
  const missing = imports.filter(({ to }) => to.startsWith('packages/') && !existsSync(join(ROOT, to)));
  assert.deepEqual(
    missing.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test('concepts of the server do not depend on each other in a circle', () => {
  const edges = imports.flatMap(({ from, to, typeOnly }) => {
    const [here, there] = [conceptOf(from), conceptOf(to)];
    return typeOnly || here === undefined || there === undefined || here === there ? [] : [{ from: here, to: there }];
  });
  assert.equal(cycle(edges), undefined);
});

test('the walk sees every way to write an import', () => {
  const text = [
    "import a from 'one';",
    "import type { B } from './two.ts';",
    "import {\n  c,\n  d,\n} from '@madang/core/three.ts';",
    "export * from '../four.ts';",
    "import 'five';",
    "const six = await import('./six.ts');",
    'const text = "import x from \'seven\'";',
  ].join('\n');
  assert.deepEqual(
    importsIn('packages/server/src/records/write.ts', text).map(({ to, typeOnly }) => [to, typeOnly]),
    [
      ['one', false],
      ['packages/server/src/records/two.ts', true],
      ['packages/core/src/three.ts', false],
      ['packages/server/src/four.ts', false],
      ['five', false],
      ['packages/server/src/records/six.ts', false],
    ],
  );
});

test('the rules refuse what they are for', () => {
  const s = 'packages/server/src';
  const refused: [string, string][] = [
    ['packages/core/src/id.ts', 'node:crypto'],
    ['packages/core/src/id.ts', 'fs'],
    ['packages/core/src/id.ts', `${s}/context.ts`],
    ['packages/web/src/main.tsx', `${s}/context.ts`],
    ['packages/web/src/main.tsx', 'node:fs'],
    ['packages/client/src/main.ts', `${s}/main.ts`],
    [`${s}/transfer/start.ts`, `${s}/negotiation/store.ts`],
    [`${s}/transfer/start.ts`, `${s}/negotiation/routes.ts`],
    [`${s}/transfer/start.ts`, `${s}/transfer/routes.ts`],
    [`${s}/transfer/routes.ts`, `${s}/transfer/store.ts`],
    [`${s}/db/open.ts`, `${s}/transfer/start.ts`],
  ];
  for (const [from, to] of refused) assert.ok(broken({ from, to }), `${from} -> ${to}`);
  const kept: [string, string][] = [
    [`${s}/transfer/routes.ts`, `${s}/transfer/start.ts`],
    [`${s}/transfer/start.ts`, `${s}/transfer/store.ts`],
    [`${s}/transfer/start.ts`, `${s}/negotiation/agreement.ts`],
    [`${s}/transfer/store.ts`, `${s}/db/store.ts`],
    [`${s}/http/app.ts`, `${s}/transfer/routes.ts`],
    [`${s}/transfer/start.ts`, 'packages/core/src/error.ts'],
    ['packages/client/src/main.ts', 'node:fs'],
  ];
  for (const [from, to] of kept) assert.equal(broken({ from, to }), undefined, `${from} -> ${to}`);
  const edge = (from: string, to: string) => ({ from, to });
  assert.deepEqual(cycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b')]), ['b', 'c', 'b']);
  assert.equal(cycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'c')]), undefined);
});
