import { freshDatabase } from './database.ts';
import postgres from 'postgres';
const db = await freshDatabase();
const at = db.owner.at as any;
const notices: string[] = [];
const sql = at.url ? postgres(at.url, { max: 1, onnotice: (n) => notices.push(String(n.message)) }) : postgres({ path: `${at.socketFolder}/.s.PGSQL.5432`, host: 'localhost', database: at.database, user: at.user, ssl: false, max: 1, onnotice: (n) => notices.push(String(n.message)) } as any);
const t = Date.now();
await sql.unsafe(`
select set_config('madang.participant','a',false);
insert into exchange (participant,id,protocol,role,peer,peer_pid,peer_address,state,dataset,title,content,started_at)
 select 'a','x'||n, case n%2 when 0 then 'negotiation' else 'transfer' end, case n%3 when 0 then 'provider' else 'consumer' end,'peer'||n%500,'pid'||n,'http://x','FINALIZED','ds'||n%5000,'t',jsonb_build_object('purpose','p','terms',repeat('x',500)), now()-n*interval '1 minute' from generate_series(1,100000) n;
insert into step (participant,exchange,seq,message,sender,state,outgoing) select 'a','x'||n,s,'m','me','S',case s when 1 then 'o'||n end from generate_series(1,100000) n, generate_series(1,3) s;
insert into outbox (participant,id,exchange,kind,path,body,to_state) select 'a','o'||n,'x'||n,'message','/p','{}','S' from generate_series(1,100000) n;
insert into token_use select 'a','iss'||n%500,'j'||n, now()+ (n%100-50)*interval '1 minute' from generate_series(1,100000) n;
insert into agreement (participant,id,role,peer,dataset,title,document,negotiation,purpose,signed_at) select 'a','g'||n,'provider','peer'||n%500,'ds'||n%5000,'t','{}','x'||n*2,'p',now() from generate_series(1,50000) n;
insert into record (participant,kind,id,version,hash,body,written_by,received_from,agreement) select 'a','footprint',case n%2 when 0 then 'peer'||n%500||'#' else '' end||'f'||n,1,'h'||n,jsonb_build_object('productIds',jsonb_build_array('urn:x:'||n),'pad',repeat('y',300)),'me',case n%2 when 0 then 'peer'||n%500 end,case n%2 when 0 then 'g'||n end from generate_series(1,60000) n;
insert into record (participant,kind,id,version,hash,body,written_by) select 'a','bom-line','b'||n,1,'h'||n,jsonb_build_object('item','i'||n%400,'line',n),'me' from generate_series(1,40000) n;
insert into partner (participant,did,name,short_name,dsp,relation) select 'a','peer'||n,'n'||n,'s'||n,'d','other' from generate_series(1,500) n;
insert into offer (participant,id,dataset,title,view,access,contract,answer) select 'a','of'||n,'ds'||n,'t','{}','{}','{}','auto' from generate_series(1,5000) n;
`);
for (const p of ['b','c','d']) await sql.unsafe(`select set_config('madang.participant','${p}',false);
insert into exchange (participant,id,protocol,role,peer,peer_pid,peer_address,state,dataset,title,content) select '${p}','x'||n,'negotiation','consumer','peer'||n%50,'pid'||n,'http://x','FINALIZED','ds'||n,'t','{}' from generate_series(1,20000) n;
insert into record (participant,kind,id,version,hash,body,written_by) select '${p}','footprint','f'||n,1,'h','{}','me' from generate_series(1,20000) n;
insert into token_use select '${p}','iss','j'||n, now() from generate_series(1,20000) n;`);
console.log('filled', Date.now()-t);
if (process.argv[2] !== 'nostats') await sql.unsafe('analyze');
await sql.unsafe(`load 'auto_explain'; set auto_explain.log_nested_statements=on; set auto_explain.log_min_duration=0; set auto_explain.log_analyze=on; set auto_explain.log_timing=off; set auto_explain.log_level=notice; set client_min_messages=notice; set role madang_app; select set_config('madang.participant','a',false)`);
const j = (x: unknown) => `'${JSON.stringify(x)}'::jsonb`;
const cases: Record<string, string> = {
  apply: `select exchange_apply('a', ${j({ token: { issuer: 'i', jti: 'n', expires: '2030-01-01T00:00:00Z' }, id: 'x5000', peer: 'peer0', peerPid: 'pid5000', hash: 'h', moves: [{ from: ['FINALIZED'], to: 'S', message: 'm', sender: 'them', out: { id: 'oo1', kind: 'message', path: '/p', body: {} } }] })})`,
  create: `select exchange_apply('a', ${j({ create: { id: 'new1', protocol: 'negotiation', role: 'provider', peer: 'peer1', peerPid: 'q', peerAddress: 'http', dataset: 'd', title: 't', content: {} }, hash: 'h', moves: [{ from: null, to: 'S', message: 'm', sender: 'them' }] })})`,
  delivered: `select exchange_delivered('a', ${j([{ id: 'o77', exchange: 'x77', peerPid: 'zz' }])})`,
  refused: `select exchange_refused('a', ${j({ id: 'o78', exchange: 'x78', reasons: [] })})`,
  deferred: `select exchange_deferred('a', ${j({ id: 'o79', tries: 3, error: {} })})`,
  read: `select exchange_read('a', ${j({ id: 'x9' })})`,
  pending: `select jsonb_array_length(outbox_pending('a', '{}'))`,
  token: `select token_spend('a', ${j({ issuer: 'i', jti: 'm', expires: '2030-01-01T00:00:00Z' })})`,
  partner: `select partner_read('a', ${j({ did: 'peer7' })})`,
  offer: `select offer_evidence('a', ${j({ partner: 'peer7', offer: 'of9' })})`,
  offerds: `select offer_evidence('a', ${j({ partner: 'peer7', dataset: 'ds9' })})`,
  append: `select record_append('a', ${j({ records: [{ kind: 'footprint', id: 'f7', hash: 'zz', body: {}, writtenBy: 'me' }] })})`,
  list: `select id from exchange e where (null::text is null or protocol = null) and (null::text is null or peer = null) order by started_at desc, id desc limit 100`,
  listAfter: `select id from exchange e where ('negotiation'::text is null or protocol = 'negotiation') and (null::text is null or peer = null) and ('x50000'::text is null or (started_at, id) < (select started_at, id from exchange where id = 'x50000')) order by started_at desc, id desc limit 100`,
  listPartner: `select id from exchange e where (null::text is null or protocol = null) and ('peer7'::text is null or peer = 'peer7') order by started_at desc, id desc limit 100`,
  steps: `select s.seq, o.tries from step s left join outbox o on o.participant = s.participant and o.id = s.outgoing where s.exchange = 'x9' order by s.seq`,
  ofPeer: `select id from exchange where protocol = 'negotiation' and peer = 'peer8' and peer_pid = 'pid8'`,
  about: `select id from exchange where protocol='negotiation' and role='consumer' and peer='peer8' and dataset='ds8' and content->>'purpose' is not distinct from 'p'::text order by started_at desc, id desc limit 1`,
  agreements: `select a.id from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation where e.state='FINALIZED' order by a.signed_at desc, a.id`,
  agreement: `select a.id from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation where a.id='g9' and e.state='FINALIZED'`,
  counts: `select a.dataset, count(*)::int as count from agreement a join exchange e on e.participant = a.participant and e.id = a.negotiation where a.role = 'provider' and e.state = 'FINALIZED' group by a.dataset`,
  receivedUnder: `select distinct on (kind, id) kind, id, version from record where agreement = 'g8' order by kind, id, version desc`,
  newestOf: `select distinct on (id) id from record where kind='footprint' and id = any('{f1,f3,f5}') order by id, version desc`,
  recordRow: `select id from record where kind='footprint' and id='f7' and (null::int is null or version = null) order by version desc limit 1`,
  newestRows: `select id from (select distinct on (id) * from record where kind='footprint' and id > '' order by id, version desc) newest where null::text is null or strpos(lower(id||body::text), lower('')) > 0 order by id limit 100`,
  newestRowsQ: `select id from (select distinct on (id) * from record where kind='footprint' and id > '' order by id, version desc) newest where 'urn:x:59999'::text is null or strpos(lower(id||body::text), lower('urn:x:59999')) > 0 order by id limit 100`,
  linesOf: `select id from (select distinct on (id) * from record where kind='bom-line' and received_from is null order by id, version desc) newest where body->>'item'='i7'`,
  itemsWithLines: `select distinct body->>'item' as item from record where kind='bom-line' and received_from is null`,
  givenBy: `select distinct on (id) id from record where kind='footprint' and received_from = any('{peer8,peer10}') order by id, version desc`,
  allNewest: `select distinct on (id) id from record where kind='footprint' order by id, version desc`,
  sweepTokens: `delete from token_use where expires_at < now() - '5 minutes'::interval`,
  openOffers: `select id from offer where withdrawn_at is null order by created_at, id`,
};
for (const [name, q] of Object.entries(cases)) {
  notices.length = 0; const s = performance.now();
  await sql.unsafe('begin'); try { await sql.unsafe(q); } catch (e) { console.log(name, 'ERR', (e as Error).message); } await sql.unsafe('rollback');
  const ms = performance.now() - s;
  const all = notices.join('\n');
  const bad = notices.filter((n) => /Seq Scan on|Rows Removed by Filter: [1-9]\d{2,}|Sort Method: external/.test(n));
  console.log('==', name, ms.toFixed(1), 'ms', bad.length ? 'LOOK' : '');
  if (bad.length || process.argv[3] === name) for (const b of (process.argv[3] === name ? notices : bad)) console.log(b.split('\n').map((l) => '    ' + l.slice(0, 200)).join('\n'));
}
await sql.end(); await db.drop();
