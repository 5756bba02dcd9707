import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type Client, createClient } from '@madang/client/client.ts';
import type { RecordKind } from '@madang/core/api/views.ts';
import { COMPANIES, CUSTOMERS, nameOf, participants, suppliersOf } from '../examples/battery/run/chain.ts';
import { type DataFolder, dataFolder, freePort, type Program, type Ready, start } from './process.ts';
import { type Crossing, openProxy, type RecordingProxy } from './proxy.ts';

// The example runs behind a proxy that is the only address its firms know of each other, and that keeps every byte.

let folder: DataFolder;
let proxy: RecordingProxy;
let program: Program;
let ready: Ready;
/** What each company hands on, kg CO2e per declared unit, to seven digits. */
const totals = new Map<string, string[]>();
before(async () => {
  folder = await dataFolder();
  const port = await freePort();
  proxy = await openProxy(port);
  const env = { MADANG_PORT: String(port), MADANG_PUBLIC_URL: `http://localhost:${proxy.port}` };
  program = start({ folder: folder.path, args: ['--json'], env });
  ready = await program.ready;
  for (const { id } of COMPANIES) {
    const { footprints } = await clientOf(id).call('footprints');
    totals.set(
      id,
      footprints.filter((f) => f.receivedFrom === null).map(({ total }) => total.slice(0, 8)),
    );
  }
  await quarrel();
});
after(async () => {
  await program[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const clientOf = (id: string): Client => createClient({ url: ready.url, key: ready.participants.find((p) => p.id === id)!.key });
const didOf = (id: string): string => ready.participants.find((p) => p.id === id)!.did;

/** Refusals and errors also say something: the pack maker asks its supplier for what it cannot have. */
async function quarrel(): Promise<void> {
  const garam = clientOf('garam');
  const partner = didOf('nurideul');
  const { datasets } = await garam.call('catalog', { body: { partner } });
  const { id } = await garam.call('negotiate', { body: { partner, dataset: datasets[0]!.id, purpose: 'something-else' } });
  for (let tries = 0; (await garam.call('exchange', { params: { id } })).state !== 'TERMINATED'; tries++) {
    assert.ok(tries < 200);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await assert.rejects(garam.call('negotiate', { body: { partner, dataset: 'urn:uuid:9d4e5a53-3d2c-4a8e-9b39-6d3f1f0f8f11' } }));
}

/** The participant that sent a request: who signed its token, or whom the token of a pull was given to; undefined for what anyone may read. */
function senderOf({ headers, path }: Crossing): string | undefined {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (!token) return undefined;
  const [, payload = ''] = token.split('.');
  if (token.startsWith('eyJ')) return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss: string }).iss.split(':').at(-1);
  const given = proxy.crossings.find((c) => /\/transfers\/[^/]+\/start$/.test(c.path) && c.body.includes(token));
  assert.ok(given, `nobody was given the token for ${path}`);
  return receiverOf(given);
}

const receiverOf = ({ path }: Crossing): string => /^\/participants\/([^/]+)\//.exec(path)?.[1] ?? '';
const isManagement = ({ path }: Crossing) => /^(\/participants\/[^/]+)?\/api\//.test(path);
const everything = (crossing: object): string => opened(JSON.stringify(crossing));

/** With what is inside tokens and credentials, and what stands in addresses, readable. */
function opened(text: string): string {
  const inside = text.match(/eyJ[\w-]+\.eyJ[\w-]+/g)?.map((jwt) => Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) ?? [];
  return [text, text.replaceAll(/(%[0-9A-F]{2})+/gi, safely), ...inside.map(opened)].join('\n');
}

function safely(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** Every byte that came to a participant from others: requests to it, and the answers to its own. */
function got(id: string): string {
  const between = proxy.crossings.filter((c) => !isManagement(c));
  const to = between.filter((c) => receiverOf(c) === id).map(({ method, path, headers, body }) => ({ method, path, headers, body }));
  const back = between.filter((c) => senderOf(c) === id).map(({ answer }) => ({ answer }));
  assert.ok(to.length + back.length > 3, `${id} got something`);
  return [...to, ...back].map(everything).join('\n');
}

const files = (id: string): { name: string; rows: string[][] }[] => {
  const at = new URL(`../examples/battery/${id}/`, import.meta.url);
  return readdirSync(at).map((name) => ({
    name,
    rows: readFileSync(new URL(name, at), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')),
  }));
};
const distinct = (text: string) => text.replaceAll(/[^0-9]/g, '').replace(/^0+/, '').length >= 4;
const isFigure = (cell: string) => /^\d+\.\d+$/.test(cell) && distinct(cell);

/** What names a company: its names, DID and addresses, its products. */
function identity(id: string): string[] {
  const products = files(id).flatMap(({ rows }) => rows.map(([product = '']) => product));
  return [
    ...new Set([
      nameOf(id).ko,
      nameOf(id).en,
      `participants:${id}`,
      `participants/${id}`,
      `participants%3A${id}`,
      `partner:${id}`,
      ...products,
    ]),
  ];
}

const totalsOf = (id: string): string[] => totals.get(id) ?? [];

/** Figures that stand in the bill of materials of this company and in no other: quantities, factors. */
function recipe(id: string): string[] {
  const figures = (one: string) =>
    new Set(files(one).flatMap(({ name, rows }) => (name === 'bom.csv' ? rows.flat().filter(isFigure) : [])));
  const others = new Set(COMPANIES.filter((c) => c.id !== id).flatMap((c) => [...figures(c.id)]));
  const given = totalsOf(id);
  return [...figures(id)].filter((figure) => !others.has(figure) && !given.includes(figure));
}

const neighbours = (id: string): string[] => {
  const customers = COMPANIES.find((c) => c.id === id)?.customers ?? [];
  const suppliers = CUSTOMERS.some((c) => c.id === id) ? ['garam'] : suppliersOf(id).map((c) => c.id);
  return [id, ...suppliers, ...customers];
};
const strangers = (id: string) => COMPANIES.map((c) => c.id).filter((c) => !neighbours(id).includes(c));

const found = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

test('the search itself: what the cell maker got holds the names, products and totals of its four suppliers', () => {
  const text = got('nurideul');
  for (const id of ['daon', 'bareum', 'ara', 'saegyeol']) {
    const [ko, en] = identity(id);
    assert.deepEqual(found(text, [ko!, en!, `participants:${id}`]), [ko, en, `participants:${id}`]);
    assert.deepEqual(found(text, totalsOf(id)), totalsOf(id), id);
    assert.ok(totalsOf(id).length > 0);
  }
  assert.ok(recipe('daon').length >= 3 && recipe('nurideul').length >= 8, 'there are figures to look for');
  const told = proxy.crossings.filter(
    ({ path, body }) => path.includes('/participants/garam/') && path.endsWith('/termination') && body.includes('목적'),
  );
  assert.equal(told.length, 1, 'a refusal is among what the pack maker got');
  assert.ok(
    proxy.crossings.some((c) => !isManagement(c) && senderOf(c) === 'garam' && (c.answer?.status ?? 0) >= 400),
    'and an error',
  );
});

test('only what anyone may read is asked for without a name: DID documents of the one that is asked', () => {
  for (const crossing of proxy.crossings.filter((c) => !isManagement(c) && senderOf(c) === undefined)) {
    assert.match(crossing.path, /^\/participants\/[\w-]+\/did\.json$/);
    const id = receiverOf(crossing);
    const others = participants().filter((p) => p.id !== id);
    assert.deepEqual(
      found(
        everything(crossing),
        others.flatMap((p) => [p.name.ko, p.name.en, `participants:${p.id}`]),
      ),
      [],
      id,
    );
  }
});

for (const { id } of participants().slice(1))
  test(`${id} got no name, DID, product or figure of a firm that it does not deal with, and of none the recipe`, () => {
    const text = got(id);
    for (const stranger of strangers(id)) assert.deepEqual(found(text, [...identity(stranger), ...totalsOf(stranger)]), [], stranger);
    for (const other of COMPANIES.filter((c) => c.id !== id)) assert.deepEqual(found(text, recipe(other.id)), [], other.id);
  });

test('the public passport names its maker and nobody behind it', async () => {
  const text = opened(await (await fetch(ready.passport!.json)).text());
  assert.ok(text.includes(nameOf('garam').ko));
  for (const { id } of COMPANIES.filter((c) => c.id !== 'garam'))
    assert.deepEqual(found(text, [...identity(id), ...recipe(id), ...totalsOf(id)]), [], id);
});

test('what the pack maker itself is shown: its own suppliers, and behind them nobody', async () => {
  const garam = clientOf('garam');
  const { exchanges } = await garam.call('exchanges', { query: { limit: 500 } });
  const { footprints } = await garam.call('footprints');
  const { passports } = await garam.call('passports');
  const kinds: readonly RecordKind[] = ['item', 'bom-line', 'footprint', 'passport'];
  const chain = await garam.call('chain', { query: {} });
  const answers = await Promise.all([
    garam.call('me'),
    garam.call('home'),
    garam.call('partners'),
    garam.call('offers'),
    garam.call('agreements'),
    garam.call('credentials'),
    garam.call('catalog', { body: { partner: didOf('nurideul') } }),
    garam.call('coverage', { params: { item: 'garam-pack-80' } }),
    ...exchanges.map(({ id }) => garam.call('exchange', { params: { id } })),
    ...footprints.map(({ id }) => garam.call('footprint', { params: { id } })),
    ...passports.map(({ id }) => garam.call('passport', { params: { id }, query: { view: 'authority' } })),
    ...kinds.map((kind) => garam.call('records', { params: { kind }, query: { limit: 500 } })),
  ]);
  const text = [chain, ...answers].map(everything).join('\n');
  assert.ok(text.includes(nameOf('nurideul').ko) && text.includes(nameOf('onsae').ko));
  for (const stranger of strangers('garam'))
    assert.deepEqual(found(text, [...identity(stranger), ...totalsOf(stranger), ...recipe(stranger)]), [], stranger);
  assert.deepEqual(found(text, recipe('nurideul')), []);
  const second = chain.nodes.filter(({ tier }) => tier === 2);
  assert.ok(
    second.length === 2 && second.every(({ party, state, products }) => party === null && state === 'private' && products.length === 0),
  );
});
