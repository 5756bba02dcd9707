import type { ExchangeDetail, ExchangeView, Format } from '@madang/core/api/views.ts';
import type { Context } from './context.ts';
import { settled } from './exchange.ts';
import { didOf } from './partner.ts';

/** The newest agreement about a partner's dataset, or the negotiation that did not come to one in time. */
export async function agreementOn(context: Context, word: string, dataset: string, wait: number): Promise<string | ExchangeDetail> {
  const { given, signal } = context;
  const client = context.client();
  const partner = await didOf(client, word);
  const { exchanges } = await client.call('exchanges', { query: { protocol: 'negotiation', partner, limit: 500 }, signal });
  const ours = exchanges.filter((e) => e.role === 'consumer' && e.dataset === dataset);
  const agreed = ours.find((e) => e.state === 'FINALIZED' && e.agreement);
  if (agreed?.agreement) return agreed.agreement;
  const purpose = given.text('purpose');
  const open = ours.find((e) => e.state !== 'TERMINATED');
  const begun = open ?? (await client.call('negotiate', { body: { partner, dataset, ...(purpose && { purpose }) }, signal }));
  const end = await settled(context, begun, wait);
  return end.state === 'FINALIZED' && end.agreement ? end.agreement : end;
}

/** The transfer of an agreement that is under way in this format, or a new one: asked again after a break, nothing begins anew. */
export async function transferOf(context: Context, agreement: string, format: Format): Promise<ExchangeView> {
  const { signal } = context;
  const client = context.client();
  const { exchanges } = await client.call('exchanges', { query: { protocol: 'transfer', limit: 500 }, signal });
  const running = exchanges.filter(
    (e) => e.role === 'consumer' && e.agreement === agreement && !['COMPLETED', 'TERMINATED'].includes(e.state),
  );
  for (const { id } of running) {
    const detail = await client.call('exchange', { params: { id }, signal });
    if (detail.transfer?.format === format) return detail;
  }
  return client.call('transfer', { body: { agreement, format }, signal });
}
