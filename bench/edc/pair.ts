import { freePorts, startConnector } from '../../test/interop/edc/connector.ts';
import { type FoundOffer, type Management, manage, many } from '../../test/interop/edc/management.ts';
import type { Bench } from '../bench.ts';
import { type Run, repeat } from '../rounds.ts';

/** Two EDC connectors, the one a consumer of the other, driven as by their operators. */
export interface EdcPair extends AsyncDisposable {
  /** A negotiation about the provider's asset, in ms to FINALIZED on both sides. Throws when it ends otherwise. */
  negotiate(): Promise<number>;
  /** So many at once. What is lost is told on stderr and missing in the run. */
  negotiateAtOnce(count: number): Promise<Run>;
  /** Makes an agreement to transfer under; tries again where one is lost. */
  agree(): Promise<string>;
  /** A pull of that agreement, in ms from the request to STARTED at the consumer. */
  transfer(agreement: string): Promise<number>;
}

const ASSET = 'asset';
const NEGOTIATIONS = 'contractnegotiations';
/** Milliseconds after which one counts as lost. */
const LIMIT = 60_000;

/** @param wait milliseconds between two looks of their state machines; the connector's own default when left out */
export async function openEdcPair(bench: Bench, classPath: string, name: string, wait?: number): Promise<EdcPair> {
  const start = async (participant: string) => {
    const folder = bench.folder(`edc-${name}-${participant}`);
    return bench.use(
      await startConnector({ classPath, folder, participant, port: await freePorts(), ...(wait === undefined ? {} : { wait }) }),
    );
  };
  const [provider, consumer] = [await start('provider'), await start('consumer')];
  const [selling, buying] = [bench.use(manage(provider)), bench.use(manage(consumer))];
  await selling.offer(ASSET);
  const seller = { did: 'provider', dsp: `${provider.protocol}/2025-1` };
  const offer = await firstOffer(buying, seller);

  async function finalized(id: string, poll: number): Promise<void> {
    await buying.reaches(NEGOTIATIONS, id, 'FINALIZED', { poll, limit: LIMIT });
    // The provider says so before it is so itself.
    const { correlationId } = await buying.negotiation(id);
    await selling.reaches(NEGOTIATIONS, correlationId, 'FINALIZED', { poll, limit: LIMIT });
  }

  return {
    async negotiate() {
      const began = performance.now();
      await finalized(await buying.negotiate(seller, offer), 5);
      return performance.now() - began;
    },
    async negotiateAtOnce(count) {
      const began = performance.now();
      const asked = await Promise.all(Array.from({ length: count }, () => buying.negotiate(seller, offer)));
      // One looks at a time, at the first that is not through: to look at all would keep the two busy with answering.
      const look = asked.values();
      const one = async () => {
        await finalized(look.next().value ?? '', 20);
        return performance.now() - began;
      };
      const run = await repeat(one, count, 1);
      return { ...run, total: performance.now() - began };
    },
    async agree() {
      for (let tries = 1; ; tries++) {
        const id = await buying.negotiate(seller, offer);
        const lost = await finalized(id, 20).catch((error: unknown) => error as Error);
        if (!lost) return (await buying.negotiation(id)).contractAgreementId;
        if (tries === 10) throw lost;
      }
    },
    async transfer(agreement) {
      const began = performance.now();
      await buying.reaches('transferprocesses', await buying.transfer(seller, agreement), 'STARTED', { poll: 5, limit: LIMIT });
      return performance.now() - began;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([consumer[Symbol.asyncDispose](), provider[Symbol.asyncDispose]()]);
    },
  };
}

/** The catalogue is empty until the provider's data plane has told what it can do. */
async function firstOffer(buying: Management, seller: { did: string; dsp: string }): Promise<FoundOffer> {
  for (const end = performance.now() + LIMIT; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const described = await buying.dataset(seller, ASSET).catch(() => undefined);
    if (many(described?.distribution).length > 0) return { dataset: ASSET, policy: many(described.hasPolicy)[0] };
    if (performance.now() > end) throw new Error('the provider offers nothing');
  }
}
