import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from '@madang/server/db/connect.ts';
import { startEmbedded } from '@madang/server/db/embedded/embedded.ts';
import { openStore } from '@madang/server/db/open.ts';

const home = mkdtempSync(join(tmpdir(), 'madang-open-'));
chmodSync(home, 0o755); // root may have to run the server as another user
after(() => rmSync(home, { recursive: true, force: true }));

test('a server that is not there is named, its password is not', async () => {
  const error = await openStore({ dataFolder: home, databaseUrl: 'postgres://user:pass@word@127.0.0.1:1/space?x=secret' }).catch((e) => e);
  assert.equal(error.code, 'database_unreachable');
  assert.match(error.text.ko, /127\.0\.0\.1:1\/space/);
  assert.doesNotMatch(JSON.stringify(error.body), /word|secret/);
});

test('an address that is none is refused', async () => {
  for (const databaseUrl of ['nonsense', 'http://127.0.0.1/x'])
    await assert.rejects(openStore({ dataFolder: home, databaseUrl }), { code: 'database_unreachable' });
});

test('a second start finds what the first one kept, and says less', async () => {
  const said: string[] = [];
  const open = () => openStore({ dataFolder: home, onProgress: ({ en }) => said.push(en) });
  {
    await using store = await open();
    await store.host((db) => db`insert into house (participant, name, did) values ('a', 'A', 'did:web:a')`);
  }
  assert.equal(said.length, 2);
  await using store = await open();
  assert.equal((await store.host((db) => db`select from house`)).length, 1);
  assert.equal(said.length, 3);
});

test('two programs share one store', async () => {
  const stores = await Promise.all([openStore({ dataFolder: home }), openStore({ dataFolder: home })]);
  await stores[0].host((db) => db`insert into house (participant, name, did) values ('shared', 'S', 'did:web:s')`);
  assert.equal((await stores[1].host((db) => db`select from house where participant = 'shared'`)).length, 1);
  await stores[0][Symbol.asyncDispose]();
  assert.equal((await stores[1].host((db) => db`select from house where participant = 'shared'`)).length, 1);
  await stores[1][Symbol.asyncDispose]();
});

test('a role that could pass row-level security is refused', async () => {
  await using server = await startEmbedded(join(home, 'postgres'));
  const owner = connect(await server.place('postgres'));
  for (const right of ['bypassrls', 'superuser']) {
    await owner.unsafe(`alter role madang_app ${right}`);
    await assert.rejects(openStore({ dataFolder: home }), { code: 'database_role' });
    await owner.unsafe(`alter role madang_app no${right}`);
  }
  await owner.end();
});

test('a failed start leaves no server behind', async () => {
  const folder = join(home, 'postgres');
  {
    await using server = await startEmbedded(folder);
    const owner = connect(await server.place('madang'));
    await owner`insert into migration (number, name, sha256) values (9999, '9999-later.sql', '')`;
    await owner.end();
  }
  await assert.rejects(openStore({ dataFolder: home }), { code: 'database_newer' });
  await using server = await startEmbedded(folder);
  assert.equal(server.started, true);
});
