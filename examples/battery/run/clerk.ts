import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '@madang/client/client.ts';
import type { ExchangeView } from '@madang/core/api/views.ts';
import type { Stage } from './stage.ts';

const READS_FOR_MS = 2000;

/** A person at a company that answers by hand: looks at each request for a while, then agrees. Until the signal aborts. */
export async function clerk(stage: Stage, id: string, signal: AbortSignal): Promise<void> {
  const client = stage.client(id);
  const seen = new Set<string>();
  const answers: Promise<void>[] = [];
  const answer = async ({ id: exchange, partner }: ExchangeView) => {
    const began = performance.now();
    await pause(READS_FOR_MS, undefined, { signal });
    try {
      await client.call('act', { params: { id: exchange }, body: { action: 'agree' }, signal });
    } catch (error) {
      // Whoever asked has ended it meanwhile.
      if (error instanceof ApiError && error.code === 'conflict') return;
      throw error;
    }
    const what = { ko: '담당자가 요청을 읽고 동의했습니다', en: 'the clerk read the request and agreed' };
    stage.tell(id, stage.idOf(partner.did), { what, took: performance.now() - began });
  };
  const look = async () => {
    const { exchanges } = await client.call('exchanges', { query: { protocol: 'negotiation' }, signal });
    for (const exchange of exchanges.filter((e) => e.waitingFor === 'me' && e.role === 'provider' && !seen.has(e.id))) {
      seen.add(exchange.id);
      answers.push(answer(exchange));
    }
  };
  const failure = Promise.withResolvers<void>();
  const glance = () => void look().catch(failure.reject);
  try {
    await Promise.race([client.events(glance, signal, glance), failure.promise]);
    await Promise.all(answers);
  } catch (error) {
    await Promise.allSettled(answers);
    if (!signal.aborted) throw error;
  }
}
