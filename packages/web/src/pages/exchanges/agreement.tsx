import type { AgreementView, ExchangeDetail } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useWords } from '../../language.tsx';
import { type Live, useLive } from '../../live.ts';
import { Section } from '../../parts/section.tsx';
import { navigate, to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { useDataset } from './dataset.ts';
import { StartTransfer } from './start-transfer.tsx';
import { ExchangeTable } from './table.tsx';

export function useAgreements(): Live<readonly AgreementView[]> {
  const { client } = useMe();
  return useLive('agreements', ['exchange'], async (signal) => (await client.call('agreements', { signal })).agreements);
}

/** An agreement, leading to the negotiation that made it, where its terms stand. */
export function AgreementLink({ id }: { id: string }) {
  const found = useAgreements().data?.find((a) => a.id === id);
  return found ? <Link href={to('exchanges', found.negotiation)}>{id}</Link> : <code>{id}</code>;
}

/** What an agreement in force is for: the ways to receive its data, and the transfers so far. */
export function UnderAgreement({ exchange, agreement }: { exchange: ExchangeDetail; agreement: string }) {
  const { transfer: t } = useWords();
  const { client } = useMe();
  const { did } = exchange.partner;
  const asks = exchange.role === 'consumer' && exchange.state === 'FINALIZED';
  const dataset = useDataset(did, asks ? exchange.dataset : null);
  const exchanges = useLive(
    `exchanges of ${did}`,
    ['exchange'],
    async (signal) => (await client.call('exchanges', { query: { partner: did }, signal })).exchanges,
  );
  const transfers = exchanges.data?.filter((e) => e.protocol === 'transfer' && e.agreement === agreement) ?? [];
  const known = dataset.data !== undefined || dataset.error !== null;
  return (
    <>
      {asks && known && (
        <StartTransfer
          agreement={agreement}
          formats={dataset.data?.formats ?? []}
          kind={dataset.data?.kind ?? null}
          main={transfers.length === 0}
          onStarted={(id) => navigate(to('exchanges', id))}
        />
      )}
      {transfers.length > 0 && (
        <Section title={t.transfers}>
          <ExchangeTable exchanges={transfers} label={t.transfers} few />
        </Section>
      )}
    </>
  );
}
