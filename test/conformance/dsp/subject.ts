import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from '@madang/server/db/connect.ts';
import { requestNegotiation } from '@madang/server/negotiation/request.ts';
import { requestTransfer } from '@madang/server/transfer/request.ts';
import { introduce, offerItem, openNetwork } from '../../network.ts';
import { freePort } from '../../process.ts';
import { openProxy } from '../../proxy.ts';
import { openStranger } from '../../stranger.ts';
import { CASES, type Case, READS, SIDES } from './cases.ts';
import { parseScript, scripted } from './script.ts';
import { seedAgreement, shownDataset } from './seed.ts';
import { type Fault, tell } from './story.ts';

/** The server as the official kit meets it. */
export interface Subject extends AsyncDisposable {
  /** The kit's settings. */
  readonly settings: Readonly<Record<string, string>>;
  /** What happened in a test of the kit since a moment (ms since 1970), for a person to read. */
  story(id: string, since: number): Promise<string>;
}

/** What the kit puts before every call: its identity, which the proxy turns into a token. */
const AUTHORIZATION = 'Bearer tck';

/** Milliseconds before the server acts: many of the kit's handlers are registered only after its own request has been answered. */
const PAUSE = 300;

/** Seconds that the kit waits for a message. */
const PATIENCE = '10';

/** Opens a server with what the kit wants to find, and a proxy on each side: the one before the server signs for the kit, both remember what crossed. */
export async function openSubject(): Promise<Subject> {
  await using stack = new AsyncDisposableStack();
  const faults: Fault[] = [];
  const play = scripted(new Map(CASES.map(({ about, script }) => [about, parseScript(script)])), {
    pause: PAUSE,
    onFault: (error, about) => faults.push({ about, error }),
  });

  const partner = stack.use(await openStranger());
  const [kitPort, serverPort] = [await freePort(), await freePort()];
  const toKit = stack.use(await openProxy(kitPort));
  const kit = { did: partner.did, dsp: `http://localhost:${toKit.port}` };
  const toServer = stack.use(
    await openProxy(serverPort, ({ headers }, when) => {
      if (when === 'before' && headers.authorization === AUTHORIZATION) headers.authorization = partner.authorization(cut);
      return undefined;
    }),
  );

  const network = stack.use(
    await openNetwork({
      participants: ['cut'],
      reactions: play.reactions,
      settings: { MADANG_PUBLIC_URL: `http://localhost:${toServer.port}`, MADANG_PORT: `${serverPort}` },
    }),
  );
  const { context } = network.server;
  const cut = network.member('cut');
  const house = context.houses.get('cut');
  const sql = connect(network.database.owner);
  stack.defer(() => sql.end({ timeout: 1 }));

  const triggers: Readonly<Record<string, (wish: Wish) => Promise<string>>> = {
    '/negotiations': ({ datasetId, offerId }) =>
      requestNegotiation(context, house, { partner: kit.did, dataset: datasetId, offer: offerId }, shownDataset(datasetId, offerId)),
    '/transfers': ({ agreementId }) => requestTransfer(context, house, agreementId ?? ''),
  };
  const trigger = stack.use(
    await listening(async (path, body) => {
      const wish = body as Wish;
      try {
        const id = await triggers[path]?.(wish);
        if (id) await play.opened(context, house, id);
      } catch (error) {
        faults.push({ about: wish.agreementId ?? wish.datasetId, error });
      }
    }),
  );

  await introduce(cut, [kit]);
  /** The kit names some of its ids in its code: an offer gets them after it has been made. */
  const seedOffer = async (dataset: string) => {
    const { id } = await offerItem(cut);
    await sql`update offer set id = ${offerOf(dataset)}, dataset = ${dataset} where id = ${id}`;
    await sql`update offer_listing set id = ${offerOf(dataset)}, dataset = ${dataset} where id = ${id}`;
    await sql`update offer_record set offer = ${offerOf(dataset)} where offer = ${id}`;
  };
  for (const { part, about } of CASES) {
    if (part === 'CN') await seedOffer(about);
    if (SIDES[part].protocol === 'transfers') await seedAgreement(context, house, kit, SIDES[part].role, about);
  }
  for (const dataset of [...CATALOG.values()].slice(0, 2)) await seedOffer(dataset);

  const settings = {
    'dataspacetck.host': '127.0.0.1',
    'dataspacetck.port': `${kitPort}`,
    'dataspacetck.callback.address': kit.dsp,
    'dataspacetck.dsp.local.connector': 'false',
    'dataspacetck.dsp.default.wait': PATIENCE,
    'dataspacetck.dsp.connector.agent.id': cut.did,
    'dataspacetck.dsp.connector.http.url': cut.dsp,
    'dataspacetck.dsp.connector.http.base.url': cut.dsp.replace(/\/dsp\/[^/]+$/, ''),
    'dataspacetck.dsp.connector.http.headers.authorization': AUTHORIZATION,
    'dataspacetck.dsp.connector.negotiation.initiate.url': `${trigger.url}/negotiations`,
    'dataspacetck.dsp.connector.transfer.initiate.url': `${trigger.url}/transfers`,
    ...Object.fromEntries(CASES.flatMap(namesOf)),
    ...Object.fromEntries([...CATALOG].map(([id, dataset]) => [`${id.replaceAll(/[:-]/g, '_')}_DATASETID`, dataset])),
  };

  const all = stack.move();
  return {
    settings,
    story: (id, since) => tell({ sql, toServer: toServer.crossings, toKit: toKit.crossings, faults }, id, since),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** What the kit's triggers send. */
interface Wish {
  readonly agreementId?: string;
  readonly datasetId: string;
  readonly offerId: string;
}

/** Datasets of the catalogue's tests; the last one is not there. */
const CATALOG = new Map(READS.filter((id) => id.startsWith('CAT')).map((id) => [id, id.replaceAll(/[:-]/g, '')]));

const offerOf = (dataset: string) => `CD123:${dataset}:456`;

/** The ids of a case among the kit's settings. */
function namesOf({ part, key, about }: Case): [string, string][] {
  if (SIDES[part].protocol === 'transfers')
    return [
      [`${key}_AGREEMENTID`, about],
      [`${key}_FORMAT`, 'HttpData-PULL'],
    ];
  return [[`${key}_DATASETID`, about], ...(part === 'CN' ? [[`${key}_OFFERID`, offerOf(about)] as [string, string]] : [])];
}

/** A port that answers every call with 200 at once and then does what it asks for. */
async function listening(work: (path: string, body: unknown) => Promise<void>): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((req, res) => {
    void req.toArray().then((chunks) => {
      res.end();
      return work(req.url ?? '', JSON.parse(Buffer.concat(chunks).toString()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
