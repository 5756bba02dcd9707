import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseMessage } from '@madang/core/dsp/message.ts';
import { CONTEXT } from '@madang/core/dsp/version.ts';
import { offerItem } from './network.ts';
import { openStand, run, type Side, type Stand } from './stand.ts';

// The negotiation and transfer scripts of the official Dataspace Protocol test kit (dsp-tck 1.0.x), with a stand-in for the kit.
// As consumer the server has sent its request before the first step. Steps: a word is sent by the kit, >word is awaited from the server, word! must be refused with 4xx and not 404, =STATE is read with one GET.
// Then what the server does by itself: `STATE action, …`; nothing else. TP:02-04 and TP_C:02-04, a consumer's resumption, are disabled in the kit.

type Row = readonly [id: string, steps: string, script: string];

const CN: readonly Row[] = [
  ['CN:01-01', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:01-02', 'REQ >OFFER REQ >TERM =TERMINATED', 'REQUESTED offer, REQUESTED terminate'],
  ['CN:01-03', 'REQ >OFFER ACC >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED offer, ACCEPTED agree, VERIFIED finalize'],
  ['CN:01-04', 'REQ >AGREE VERIFY >FIN =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:02-01', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN:02-02', 'REQ TERM =TERMINATED', ''],
  ['CN:02-03', 'REQ >AGREE TERM =TERMINATED', 'REQUESTED agree'],
  ['CN:02-04', 'REQ >OFFER TERM =TERMINATED', 'REQUESTED offer'],
  ['CN:02-05', 'REQ >OFFER >TERM =TERMINATED', 'REQUESTED offer, OFFERED terminate'],
  ['CN:02-06', 'REQ >OFFER ACC >TERM =TERMINATED', 'REQUESTED offer, ACCEPTED terminate'],
  ['CN:02-07', 'REQ >AGREE VERIFY >TERM =TERMINATED', 'REQUESTED agree, VERIFIED terminate'],
  ['CN:03-01', 'REQ >AGREE VERIFY >FIN =FINALIZED TERM! =FINALIZED', 'REQUESTED agree, VERIFIED finalize'],
  ['CN:03-02', 'REQ >OFFER VERIFY! =OFFERED', 'REQUESTED offer'],
  ['CN:03-03', 'REQ >OFFER ACC VERIFY! =ACCEPTED', 'REQUESTED offer'],
  ['CN:03-04', 'REQ >OFFER REQ REQ! =REQUESTED', 'REQUESTED offer'],
];

const CN_C: readonly Row[] = [
  ['CN_C:01-01', 'OFFER >ACC AGREE >VERIFY FIN =FINALIZED', 'OFFERED accept, AGREED verify'],
  ['CN_C:01-02', 'OFFER >REQ TERM =TERMINATED', 'OFFERED request'],
  ['CN_C:01-03', 'OFFER >TERM =TERMINATED', 'OFFERED terminate'],
  ['CN_C:01-04', 'AGREE >VERIFY FIN =FINALIZED', 'AGREED verify'],
  ['CN_C:02-01', 'TERM =TERMINATED', ''],
  ['CN_C:02-02', '>TERM =TERMINATED', 'REQUESTED terminate'],
  ['CN_C:02-03', 'AGREE >TERM =TERMINATED', 'AGREED terminate'],
  ['CN_C:02-04', 'OFFER =OFFERED TERM =TERMINATED', ''],
  ['CN_C:02-05', 'OFFER >ACC TERM =TERMINATED', 'OFFERED accept'],
  ['CN_C:02-06', 'AGREE >VERIFY TERM =TERMINATED', 'AGREED verify'],
  ['CN_C:03-01', 'FIN! =REQUESTED', ''],
  ['CN_C:03-02', 'OFFER =OFFERED AGREE! =OFFERED', ''],
  ['CN_C:03-03', 'OFFER FIN! =OFFERED', ''],
  ['CN_C:03-04', 'OFFER >ACC FIN! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-05', 'OFFER >ACC OFFER! =ACCEPTED', 'OFFERED accept'],
  ['CN_C:03-06', 'OFFER >ACC AGREE FIN! =AGREED', 'OFFERED accept'],
];

const TP: readonly Row[] = [
  ['TP:01-01', 'REQ >START >TERM =TERMINATED', 'REQUESTED start, STARTED terminate'],
  ['TP:01-02', 'REQ >START >COMP =COMPLETED', 'REQUESTED start, STARTED complete'],
  ['TP:01-03', 'REQ >START >SUSP >TERM =TERMINATED', 'REQUESTED start, STARTED suspend, SUSPENDED terminate'],
  ['TP:01-04', 'REQ >START >SUSP >START >COMP =COMPLETED', 'REQUESTED start, STARTED suspend, SUSPENDED start, STARTED complete'],
  ['TP:01-05', 'REQ >TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP:02-01', 'REQ >START =STARTED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-02', 'REQ >START =STARTED COMP =COMPLETED', 'REQUESTED start'],
  ['TP:02-03', 'REQ >START SUSP =SUSPENDED TERM =TERMINATED', 'REQUESTED start'],
  ['TP:02-05', 'REQ =REQUESTED TERM =TERMINATED', ''],
  ['TP:03-01', 'REQ COMP! =REQUESTED', ''],
  ['TP:03-02', 'REQ SUSP! =REQUESTED', ''],
  ['TP:03-03', 'REQ >START SUSP COMP! =SUSPENDED', 'REQUESTED start'],
  ['TP:03-04', 'REQ >START TERM START! =TERMINATED', 'REQUESTED start'],
  ['TP:03-05', 'REQ >START TERM SUSP! =TERMINATED', 'REQUESTED start'],
  ['TP:03-06', 'REQ >START TERM COMP! =TERMINATED', 'REQUESTED start'],
];

const TP_C: readonly Row[] = [
  ['TP_C:01-01', 'START =STARTED TERM =TERMINATED', ''],
  ['TP_C:01-02', 'START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-03', 'START SUSP =SUSPENDED TERM =TERMINATED', ''],
  ['TP_C:01-04', 'START SUSP =SUSPENDED START =STARTED COMP =COMPLETED', ''],
  ['TP_C:01-05', 'TERM =TERMINATED', ''],
  ['TP_C:02-01', 'START >TERM =TERMINATED', 'STARTED terminate'],
  ['TP_C:02-02', 'START >COMP =COMPLETED', 'STARTED complete'],
  ['TP_C:02-03', 'START >SUSP >TERM =TERMINATED', 'STARTED suspend, SUSPENDED terminate'],
  ['TP_C:02-05', '>TERM =TERMINATED', 'REQUESTED terminate'],
  ['TP_C:03-01', 'COMP! =REQUESTED', ''],
  ['TP_C:03-02', 'SUSP! =REQUESTED', ''],
  ['TP_C:03-03', 'START SUSP COMP! =SUSPENDED', ''],
  ['TP_C:03-04', 'START TERM START! =TERMINATED', ''],
  ['TP_C:03-05', 'START TERM SUSP! =TERMINATED', ''],
  ['TP_C:03-06', 'START TERM COMP! =TERMINATED', ''],
];

let stand: Stand;
before(async () => {
  stand = await openStand();
});
after(() => stand?.[Symbol.asyncDispose]());

const PARTS: readonly [what: string, side: Side, rows: readonly Row[]][] = [
  ['the server as provider of a negotiation', { protocol: 'negotiations', role: 'provider' }, CN],
  ['the server as consumer of a negotiation', { protocol: 'negotiations', role: 'consumer' }, CN_C],
  ['the server as provider of a transfer', { protocol: 'transfers', role: 'provider' }, TP],
  ['the server as consumer of a transfer', { protocol: 'transfers', role: 'consumer' }, TP_C],
];

for (const [what, side, rows] of PARTS)
  describe(what, { concurrency: 8 }, () => {
    for (const [id, steps, script] of rows) test(`${id} ${steps}`, async () => run(await stand.enter(side, script), steps));
  });

test('MET:01-01 the version document', async () => {
  const { cut } = stand;
  const answer = await fetch(cut.dsp.replace(/\/dsp\/.*$/, '/.well-known/dspace-version'));
  const { protocolVersions } = (await answer.json()) as { protocolVersions: { version: string; path: string; binding: string }[] };
  assert.equal(answer.status, 200);
  const entry = protocolVersions.find(({ version }) => version === '2025-1');
  assert.ok(entry?.binding);
  assert.ok(cut.dsp.endsWith(entry.path), 'the path after the root is the base');
});

test('CAT:01-01 to 03 the catalogue, a dataset, an unknown dataset', async () => {
  const { cut, stranger } = stand;
  const { dataset } = await offerItem(cut);
  const asked = await stranger.signed(cut, {
    path: '/catalog/request',
    body: { '@context': [CONTEXT], '@type': 'CatalogRequestMessage', '@id': 'extra' },
  });
  assert.equal(asked.status, 200);
  assert.ok(parseMessage('Catalog', asked.body).dataset?.some((d) => d['@id'] === dataset));
  const one = await stranger.signed(cut, { path: `/catalog/datasets/${encodeURIComponent(dataset)}` });
  assert.equal(parseMessage('Dataset', one.body)['@id'], dataset);
  const none = await stranger.signed(cut, { path: '/catalog/datasets/CAT0103' });
  assert.deepEqual([none.status, parseMessage('CatalogError', none.body).code], [404, 'dataset_unknown']);
});
