import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import type { MadangError } from '@madang/core/error.ts';
import { toConfig } from './config.ts';
import { readEnvironment, SETTINGS } from './env.ts';
import { readSecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'madang-config-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const of = (env: Record<string, string>) => toConfig(readEnvironment(env));

test('without any variable there is a configuration', () => {
  const { dataFolder, listen, publicUrl, outbound, maxUpload, log } = of({});
  assert.deepEqual(
    [dataFolder, listen, publicUrl, outbound, maxUpload, log],
    [resolve('.madang'), { host: '127.0.0.1', port: undefined }, undefined, 'public', 20 * 1024 * 1024, 'warn'],
  );
});

test('an empty value counts as none', () => {
  assert.deepEqual(of(Object.fromEntries(SETTINGS.map(({ name }) => [name, '']))), of({}));
});

test('every variable has a bad value, whose error names it and what was expected, and not the value', () => {
  const bad: Record<string, string> = {
    MADANG_PORT: '99999',
    MADANG_PUBLIC_URL: 'ftp://secret.example',
    DATABASE_URL: 'mysql://user:secret@host',
    MADANG_MASTER_KEY: 'no base64 secret',
    MADANG_HOST_KEY: 'secret',
    MADANG_OUTBOUND: 'secret',
    MADANG_UPSTREAMS: 'secret.example',
    MADANG_MAX_UPLOAD: '-1',
    MADANG_LOG: 'secret',
  };
  // Any text is a folder, an address or a file; whether there is one shows when it is used.
  assert.deepEqual(
    SETTINGS.map(({ name }) => name).filter((name) => !(name in bad)),
    ['MADANG_DATA', 'MADANG_HOST', 'MADANG_MASTER_KEY_FILE'],
  );
  for (const [name, value] of Object.entries(bad))
    assert.throws(
      () => of({ [name]: value }),
      ({ code, text }: MadangError) =>
        code === 'bad_configuration' &&
        text.en.includes(name) &&
        text.ko.includes(name) &&
        !text.en.includes(value) &&
        text.en.length > `The setting ${name} is not right. Expected: `.length,
      name,
    );
});

test('numbers are whole and within their range', () => {
  for (const port of ['-1', '65536', '1.5', 'x', '0x']) assert.throws(() => of({ MADANG_PORT: port }), { code: 'bad_configuration' }, port);
  for (const port of ['0', '1', '65535']) assert.equal(of({ MADANG_PORT: port }).listen.port, Number(port));
  for (const size of ['0', '21', '1.5']) assert.throws(() => of({ MADANG_MAX_UPLOAD: size }), { code: 'bad_configuration' }, size);
});

test('the public address is one that DIDs can be made of', () => {
  for (const [url, kept] of [
    ['https://example.com', 'https://example.com'],
    ['https://example.com/', 'https://example.com'],
    ['http://example.com:8080/space//', 'http://example.com:8080/space'],
  ] as const)
    assert.equal(of({ MADANG_PUBLIC_URL: url }).publicUrl, kept);
  for (const url of [
    'example.com',
    'https://',
    'https://example.com?x',
    'https://example.com/#x',
    'https://user:pw@example.com',
    'javascript:1',
  ])
    assert.throws(() => of({ MADANG_PUBLIC_URL: url }), { code: 'bad_configuration' }, url);
});

test('upstreams are origins', () => {
  assert.deepEqual(of({}).upstreams, []);
  assert.deepEqual(of({ MADANG_UPSTREAMS: ' http://10.0.0.5:8080, https://MES.plant.internal/ ,' }).upstreams, [
    'http://10.0.0.5:8080',
    'https://mes.plant.internal',
  ]);
  for (const text of ['10.0.0.5', 'http://', 'http://a/b', 'http://a?x', 'http://u:p@a', 'ftp://a', 'http://a;http://b', 'http://*.a'])
    assert.throws(() => of({ MADANG_UPSTREAMS: text }), { code: 'bad_configuration' }, text);
});

test('it cannot be changed', () => {
  const config = of({});
  for (const part of [config, config.listen, config.masterKey, config.upstreams]) assert.ok(Object.isFrozen(part));
});

test('secrets are made once, for the owner’s eyes only, and stay', () => {
  const config = of({ MADANG_DATA: folder });
  const first = readSecrets(config);
  assert.deepEqual(readSecrets(config), first);
  assert.equal(first.master.length, 32);
  for (const name of ['master.key', 'host.key']) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
});

test('a master key of another size is refused, from wherever it comes', () => {
  const file = join(folder, 'short.key');
  writeFileSync(file, 'c2hvcnQ=\n');
  for (const env of [
    { MADANG_MASTER_KEY: Buffer.alloc(31).toString('base64') },
    { MADANG_MASTER_KEY: Buffer.alloc(33).toString('base64') },
    { MADANG_MASTER_KEY_FILE: file },
  ] as Record<string, string>[])
    assert.throws(() => readSecrets(of({ MADANG_DATA: folder, ...env })), { code: 'bad_configuration' });
  const given = Buffer.alloc(32, 7).toString('base64');
  assert.deepEqual(
    readSecrets(of({ MADANG_DATA: folder, MADANG_MASTER_KEY: given, MADANG_HOST_KEY: 'a host key of mine' })).master,
    Buffer.alloc(32, 7),
  );
});
