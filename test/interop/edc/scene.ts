import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Member, openNetwork } from '../../network.ts';
import { freePort } from '../../process.ts';
import { type Connector, freePorts, startConnector } from './connector.ts';
import { type Identities, openIdentities } from './identities.ts';
import { type Counterparty, type Management, manage } from './management.ts';

/** Madang and Eclipse EDC, each with the other as a partner, and all that crosses between them. */
export interface Scene extends AsyncDisposable {
  /** Our participant. */
  readonly maker: Member;
  /** The same as EDC's operator names it. */
  readonly us: Counterparty;
  readonly edc: Management;
  readonly connector: Connector;
  readonly identities: Identities;
}

/**
 * Starts both. EDC with its own waits, as it comes: with short ones it loses some negotiations to itself, ours or not (its agreement is sent again while our verification
 * of the first is taken in).
 * @param classPath see prepare.ts
 */
export async function openScene(classPath: string): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'madang-edc-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const [ours, theirs] = [await freePort(), await freePorts()];
  const identities = stack.use(await openIdentities({ ours, theirs: theirs + 2 }, '/protocol/2025-1'));
  const callback = `http://localhost:${identities.theirs.port}/protocol`;
  const connector = stack.use(await startConnector({ classPath, folder, participant: identities.did, port: theirs, callback }));
  const edc = stack.use(manage(connector));
  const settings = { MADANG_PORT: String(ours), MADANG_PUBLIC_URL: `http://localhost:${identities.ours.port}` };
  const network = stack.use(await openNetwork({ participants: ['maker'], settings }));
  const maker = network.member('maker');
  // Its address is found through its DID document.
  await maker.client.call('putPartner', { body: { did: identities.did, name: 'Eclipse EDC', shortName: 'edc' } });
  const all = stack.move();
  return { maker, us: maker, edc, connector, identities, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
