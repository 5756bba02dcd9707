import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import * as build from '@madang/core/dsp/build.ts';
import { refreshDue } from '@madang/server/catalog/keeper.ts';
import { connect, type Sql } from '@madang/server/db/connect.ts';
import { introduce, type Member, type Network, openNetwork } from './network.ts';
import { type Heard, openStranger, type Reply, type Stranger } from './stranger.ts';

// Catalogues of partners as the asker keeps them: age, problem, search, and what it would take to see or get more.

let network: Network;
let maker: Member;
let stranger: Stranger;
let owner: Sql;
let answer: (heard: Heard) => Reply = () => ({ status: 404 });
before(async () => {
  stranger = await openStranger({ answer: (heard) => answer(heard) });
  network = await openNetwork({ participants: ['maker'] });
  maker = network.member('maker');
  owner = connect(network.database.owner);
  await owner`select set_config('madang.participant', 'maker', false)`;
  await introduce(maker, [stranger]);
});
after(async () => {
  await owner?.end();
  await network?.[Symbol.asyncDispose]();
  await stranger?.[Symbol.asyncDispose]();
});

const view = (partner: { did: string }, more: object = {}) => maker.client.call('catalog', { body: { partner: partner.did, ...more } });
const kept = (partner: { did: string }, more: object = {}) => view(partner, { refresh: false, ...more });
const titles = ({ datasets }: { datasets: readonly { title: string }[] }) => datasets.map(({ title }) => title);

const dataset = (title: string, more: object = {}) => ({
  ...build.nestedDataset(
    `urn:d:${title}`,
    [build.offer('urn:o:1', { permission: [{ action: 'use' }] })],
    [build.distribution('HttpData-PULL', 's')],
  ),
  'dct:title': title,
  ...more,
});
const catalog = (datasets: ReturnType<typeof dataset>[], more: object = {}) => ({
  ...build.catalog({ id: 'c', participantId: stranger.did, datasets, services: [] }),
  ...more,
});

describe('a partner of another make', () => {
  /** Its pages by their query; each with an entity tag of its own. */
  let pages: Record<string, { datasets: string[]; next?: string; tag?: string }>;
  let asked: Heard[] = [];
  beforeEach(async () => {
    asked = [];
    pages = {
      '': { datasets: ['A', 'B'], next: '?p=2', tag: '"1"' },
      '?p=2': { datasets: ['C'], next: '?p=3', tag: '"2"' },
      '?p=3': { datasets: ['D'], tag: '"3"' },
    };
    answer = (heard) => {
      asked.push(heard);
      const page = pages[heard.path.replace('/catalog/request', '')];
      if (!page) return { status: 500 };
      const headers = { ...(page.next ? { link: `<${page.next}>; rel="next"` } : {}), ...(page.tag ? { etag: page.tag } : {}) };
      if (page.tag && heard.headers['if-none-match'] === page.tag) return { status: 304, headers };
      return { status: 200, headers, json: catalog(page.datasets.map((title) => dataset(title))) };
    };
    await owner`delete from kept_catalog where partner = ${stranger.did}`;
  });

  test('all its pages are kept; who looks again asks nobody', async () => {
    const first = await view(stranger);
    assert.deepEqual([titles(first), first.total, first.matching, first.problem, first.next], [['A', 'B', 'C', 'D'], 4, 4, null, null]);
    assert.equal(asked.length, 3);
    const again = await kept(stranger);
    assert.deepEqual([again.fetchedAt, titles(again)], [first.fetchedAt, titles(first)]);
    assert.equal(asked.length, 3);
  });

  test('only what has changed comes again', async () => {
    const { fetchedAt } = await view(stranger);
    const same = await view(stranger);
    assert.deepEqual(titles(same), ['A', 'B', 'C', 'D']);
    assert.ok((same.fetchedAt ?? '') > (fetchedAt ?? ''));
    pages['?p=2'] = { datasets: ['C2', 'C3'], next: '?p=3', tag: '"2b"' };
    assert.deepEqual(titles(await view(stranger)), ['A', 'B', 'C2', 'C3', 'D']);
    pages[''] = { datasets: ['A'], next: '?p=3', tag: '"1b"' };
    assert.deepEqual(titles(await view(stranger)), ['A', 'D']);
    pages[''] = { datasets: ['A'], tag: '"1c"' };
    assert.deepEqual(titles(await view(stranger)), ['A']);
  });

  test('a page that is the same, and now the last', async () => {
    await view(stranger);
    delete pages['']!.next;
    assert.deepEqual(titles(await view(stranger)), ['A', 'B']);
  });

  test('a page without datasets is the last, whatever it links to', async () => {
    pages['?p=2'] = { datasets: [], next: '?p=3' };
    assert.deepEqual(titles(await view(stranger)), ['A', 'B']);
    assert.equal(asked.length, 2);
  });

  test('one that cannot be reached leaves the copy whole, with its age and the reason', async () => {
    const { fetchedAt } = await view(stranger);
    pages['?p=3'] = undefined as never;
    pages['']!.tag = '"new"';
    const broken = await view(stranger);
    assert.deepEqual([broken.fetchedAt, titles(broken), broken.problem?.code], [fetchedAt, ['A', 'B', 'C', 'D'], 'peer_refused']);
    answer = () => 'close';
    const away = await view(stranger);
    assert.deepEqual([away.fetchedAt, away.total, away.problem?.code], [fetchedAt, 4, 'outbound_unreachable']);
    assert.ok(away.problem?.text.ko && away.problem.text.en);
  });

  test('pages that are fetched by GET only, a link round in a circle, and one to another address', async () => {
    const byPost = answer;
    answer = (heard) => (heard.path.includes('?') && heard.method === 'POST' ? { status: 405 } : byPost(heard));
    pages['?p=3'] = { datasets: ['D'], next: 'http://10.1.2.3/api/catalog/request?p=4' };
    pages['?p=4'] = { datasets: ['E'], next: '?p=2' };
    assert.deepEqual(titles(await view(stranger)), ['A', 'B', 'C', 'D', 'E']);
  });

  test('catalogues inside a catalogue, a dataset that is there twice, nothing at all', async () => {
    const nested = { '@id': 'n', '@type': 'Catalog', dataset: [dataset('N'), dataset('A')] };
    answer = () => ({ status: 200, json: catalog([dataset('A')], { catalog: [nested, { '@id': 'e', '@type': 'Catalog' }] }) });
    assert.deepEqual(titles(await view(stranger)), ['A', 'N']);
    answer = () => ({ status: 200, json: catalog([]) });
    const empty = await view(stranger);
    assert.deepEqual([empty.total, empty.problem], [0, null]);
  });

  test('an old copy is shown at once, and refreshed meanwhile', async () => {
    const { fetchedAt } = await view(stranger);
    await owner`update kept_catalog set tried_at = now() - interval '11 minutes'`;
    pages['?p=3'] = { datasets: ['new'] };
    const told = Promise.withResolvers<void>();
    const isIt = ({ type, id }: { type: string; id: string }) => type === 'partner' && id === stranger.did;
    using _ = network.server.context.changes.listen('maker', (change) => void (isIt(change) && told.resolve()));
    assert.equal((await kept(stranger)).fetchedAt, fetchedAt);
    await told.promise;
    assert.deepEqual(titles(await kept(stranger)), ['A', 'B', 'C', 'new']);
  });

  test('what is looked at is refreshed now and then, what nobody looks at is not', async () => {
    await view(stranger);
    const due = () => refreshDue(network.server.context, new AbortController().signal);
    const requests = async () => {
      asked = [];
      await due();
      return asked.length;
    };
    assert.equal(await requests(), 0);
    await owner`update kept_catalog set tried_at = now() - interval '41 minutes'`;
    assert.equal(await requests(), 3);
    await owner`update kept_catalog set tried_at = now() - interval '41 minutes', looked_at = now() - interval '25 hours'`;
    assert.equal(await requests(), 0);
  });

  test('goes with the partner', async () => {
    await view(stranger);
    await maker.client.call('removePartner', { params: { did: stranger.did } });
    const [rows] = await owner`select count(*)::int as count from kept_dataset where partner = ${stranger.did}`;
    assert.equal(rows?.count, 0);
    await introduce(maker, [stranger]);
  });

  test('who asks for a product sends what is wanted, and looks through everything where that is not understood', async () => {
    const part = (title: string) => dataset(title, { 'dct:type': 'footprint', 'dct:subject': 'urn:p:77' });
    const obtain = () =>
      maker.client.call('obtain', { body: { partner: stranger.did, product: '77', kind: 'footprint', wait: 0 } }).catch(() => undefined);
    const requests = () => asked.filter(({ path }) => path.startsWith('/catalog')).map(({ path, body }) => [path, body.filter]);
    const wish = [{ kind: 'footprint', product: '77' }];
    for (const understands of [true, false]) {
      asked = [];
      answer = (heard) => {
        asked.push(heard);
        if (!heard.path.startsWith('/catalog')) return { status: 400 };
        if (heard.body.filter && !understands) return { status: 400 };
        return heard.path.includes('?p=2')
          ? { status: 200, json: catalog([part('part 2')]), headers: { link: '<?p=3>; rel=next' } }
          : { status: 200, json: catalog(understands ? [part('part 1')] : [dataset('A')]), headers: { link: '<?p=2>; rel=next' } };
      };
      await obtain();
      const all = understands
        ? [['/catalog/request', wish]]
        : [
            ['/catalog/request', wish],
            ['/catalog/request', undefined],
            ['/catalog/request?p=2', undefined],
          ];
      assert.deepEqual(requests(), all);
      const target = `urn:d:part ${understands ? 1 : 2}`;
      await network.server.context.changes.until('maker', 5_000, async () =>
        asked.some(({ body }) => body?.offer?.target === target) ? true : undefined,
      );
      assert.ok(
        asked.some(({ body }) => body?.offer?.target === target),
        target,
      );
    }
  });
});
