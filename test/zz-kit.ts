// Real kit: proxy that signs, seeds, triggers.
import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as build from '@madang/core/dsp/build.ts';
import { newUrn } from '@madang/core/id.ts';
import { connect } from '@madang/server/db/connect.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { apply } from '@madang/server/protocol/apply.ts';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { introduce, offerItem, openNetwork } from './network.ts';
import { parseScript, scripted } from './script.ts';
import { signed } from './wire.ts';

const KIT = 'http://localhost:8083';
const PORT = 8299;
const rows = [...readFileSync(new URL('./kit.test.ts', import.meta.url), 'utf8').matchAll(/\['((?:CN|TP)(?:_C)?):(\d\d)-(\d\d)[^']*', '[^']*', '([^']*)'\]/g)];
console.log(rows.length, 'scripts');
const scripts = new Map<string, ReturnType<typeof parseScript>>();
const play = scripted(scripts, 400);
// identity of the kit
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const didServer = createServer((q, s) => s.end(JSON.stringify(doc)));
didServer.listen(0, '127.0.0.1'); await once(didServer, 'listening');
const kitDid = `did:web:localhost%3A${(didServer.address() as any).port}`;
const doc = { '@context': ['https://www.w3.org/ns/did/v1'], id: kitDid, verificationMethod: [{ id: `${kitDid}#k`, type: 'JsonWebKey2020', controller: kitDid, publicKeyJwk: publicKey.export({ format: 'jwk' }) }] };


let cutDid = '';
const READY: { negotiate?: (b: any) => Promise<void>; transfer?: (b: any) => Promise<void> } = {};
const proxy = createServer(async (q, s) => {
  const body = Buffer.concat(await q.toArray());
  if (q.url === '/tck/negotiations/requests') { s.end(); return void READY.negotiate!(JSON.parse(body.toString())); }
  if (q.url === '/tck/transfers/requests') { s.end(); return void READY.transfer!(JSON.parse(body.toString())); }
  const headers = { ...q.headers };
  if (q.url!.includes('/dsp/2025-1/')) headers.authorization = `Bearer ${signed({ did: kitDid, kid: 'k', key: privateKey }, cutDid)}`;
  const up = request({ host: '127.0.0.1', port: 8298, method: q.method, path: q.url, headers }, (r) => { s.writeHead(r.statusCode!, r.headers); r.pipe(s); });
  up.on('error', (e) => { console.log('proxy', e.message); s.destroy(); });
  up.end(body);
});
proxy.listen(PORT, '127.0.0.1'); await once(proxy, 'listening');
const network = await openNetwork({ participants: ['cut'], reactions: play.reactions, settings: { MADANG_PUBLIC_URL: `http://localhost:${PORT}`, MADANG_PORT: '8298' } });
const cut = network.member('cut'); cutDid = cut.did;
const { context } = network.server; const house = context.houses.get('cut');
await introduce(cut, [{ did: kitDid, dsp: KIT }]);
const owner = connect(network.database.owner);
const props: string[] = [
  'dataspacetck.dsp.local.connector=false', 'dataspacetck.port=8083', `dataspacetck.callback.address=${KIT}`,
  `dataspacetck.dsp.connector.agent.id=${cut.did}`, `dataspacetck.dsp.connector.http.url=${cut.dsp}`,
  `dataspacetck.dsp.connector.http.base.url=${cut.dsp.replace('/dsp/2025-1', '')}`, 'dataspacetck.dsp.connector.http.headers.authorization=Bearer tck',
  `dataspacetck.dsp.connector.negotiation.initiate.url=http://localhost:${PORT}/tck/negotiations/requests`,
  `dataspacetck.dsp.connector.transfer.initiate.url=http://localhost:${PORT}/tck/transfers/requests`, 'dataspacetck.dsp.default.wait=10',
];
async function seedOffer(dataset: string) {
  const offer = await offerItem(cut);
  await owner`update offer set id = ${`CD123:${dataset}:456`}, dataset = ${dataset} where id = ${offer.id}`;
}
const TERMS = { permission: [{ action: 'use' }] };
async function seedAgreement(id: string, role: 'provider' | 'consumer') {
  const [assigner, assignee] = role === 'provider' ? [house.did, kitDid] : [kitDid, house.did];
  const timestamp = new Date().toISOString();
  const document = build.agreement({ id, target: `dataset-${id}`, assigner, assignee, timestamp } as never, TERMS);
  await apply(context, house, { create: { id: newUrn(), protocol: 'negotiation', role, peer: kitDid, peerPid: newUrn(), peerAddress: KIT, dataset: `dataset-${id}`, title: id, content: {} }, moves: [{ from: null, to: 'FINALIZED', message: 'seed', sender: 'me', agreement: { id, document, signedAt: timestamp } }] });
}
for (const [, part, x, y, script] of rows) {
  const key = `${part}_${x}_${y}`;
  const name = `A${part!.replace('_', '')}${x}${y}`;
  scripts.set(name, parseScript(script!));
  if (part === 'CN') { props.push(`${key}_DATASETID=${name}`, `${key}_OFFERID=CD123:${name}:456`); await seedOffer(name); }
  if (part === 'CN_C') props.push(`${key}_DATASETID=${name}`);
  if (part === 'TP' || part === 'TP_C') { props.push(`${key}_AGREEMENTID=${name}`, `${key}_FORMAT=HttpData-PULL`); await seedAgreement(name, part === 'TP' ? 'provider' : 'consumer'); }
}
for (const y of ['01', '02', '03']) { props.push(`CAT_01_${y}_DATASETID=CAT01${y}`); if (y !== '03') await seedOffer(`CAT01${y}`); }
READY.negotiate = async ({ offerId, datasetId }) => {
  const known = build.nestedDataset(datasetId, [build.offer(offerId, TERMS)], [build.distribution('HttpData-PULL', 'service')]);
  const id = await requestNegotiation(context, house, { partner: kitDid, dataset: datasetId, offer: offerId }, { ...known });
  await play.opened(context, house, id);
};
READY.transfer = async ({ agreementId }) => { await play.opened(context, house, await requestTransfer(context, house, agreementId)); };
writeFileSync('/tmp/h/cut.properties', props.join('\n') + '\n');
console.log('ready');
await new Promise((r) => setTimeout(r, Number(process.argv[2] ?? 120) * 1000));
process.exit(0);
