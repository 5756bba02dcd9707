import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { toConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { listen } from './listen.ts';

const root = mkdtempSync(join(tmpdir(), 'madang-listen-'));
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
  rmSync(root, { recursive: true, force: true });
});

let count = 0;
const folder = () => join(root, `deep/${++count}`);
function start(env: Record<string, string>): Promise<{ port: number }> {
  const server = createServer();
  servers.push(server);
  return listen(server, toConfig(readEnvironment(env)));
}
const stop = async () => {
  const server = servers.pop();
  server?.close();
  if (server?.listening) await once(server, 'close');
};

test('the first start takes a free port and keeps it, also when it is taken at the next start', async () => {
  const data = folder();
  const { port } = await start({ MADANG_DATA: data });
  assert.equal(readFileSync(join(data, 'port'), 'utf8').trim(), String(port));
  await assert.rejects(start({ MADANG_DATA: data }), { code: 'port_taken' });
  assert.equal(readFileSync(join(data, 'port'), 'utf8').trim(), String(port));
  const other = await start({ MADANG_DATA: folder() });
  assert.notEqual(other.port, port);
});

test('a port that is asked for is not remembered', async () => {
  const data = folder();
  const { port } = await start({ MADANG_DATA: data, MADANG_PORT: '0' });
  assert.ok(port > 0);
  assert.throws(() => readFileSync(join(data, 'port')), { code: 'ENOENT' });
  await assert.rejects(start({ MADANG_DATA: data, MADANG_PORT: String(port) }), { code: 'port_taken' });
});

test('a port file that holds no port ends with a sentence, not with another port', async () => {
  const data = folder();
  await start({ MADANG_DATA: data, MADANG_PORT: '0' });
  await stop();
  for (const text of ['', 'x', '0', '-1', '70000', '1.5', '8440 8441']) {
    writeFileSync(join(data, 'port'), text);
    await assert.rejects(start({ MADANG_DATA: data }), { code: 'bad_configuration' }, text);
  }
});

test('an address that is none of this machine names its variable', async () => {
  await assert.rejects(start({ MADANG_DATA: folder(), MADANG_HOST: '203.0.113.1', MADANG_PORT: '0' }), /MADANG_HOST/);
});
