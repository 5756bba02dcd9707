import type { CatalogDataset, ExchangeDetail, ExchangeView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Load } from '../../parts/load.tsx';
import { lookOfExchange } from '../../parts/look.ts';
import { Reasons } from '../../parts/reasons.tsx';
import { Section } from '../../parts/section.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { stateWord } from '../../parts/words.ts';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { Actions } from '../exchanges/actions.tsx';
import { LettersOf } from '../exchanges/letters.tsx';
import { StartTransfer } from '../exchanges/start-transfer.tsx';
import { TransferPart } from '../exchanges/transfer.tsx';

/** What happens after the button: the negotiation step by step, then the transfers of its agreement. */
export function Course({
  negotiation,
  dataset,
  exchanges,
}: {
  negotiation: string;
  dataset: CatalogDataset;
  exchanges: readonly ExchangeView[];
}) {
  const t = useWords().catalogue;
  const { client } = useMe();
  const live = useLive(`exchange ${negotiation}`, [`exchange ${negotiation}`], (signal) =>
    client.call('exchange', { params: { id: negotiation }, signal }),
  );
  const agreement = live.data?.agreement;
  const transfers = exchanges.filter((e) => e.protocol === 'transfer' && e.agreement !== null && e.agreement === agreement);
  return (
    <Section title={t.course} purpose={t.coursePurpose}>
      <Load live={live}>
        {(data) => (
          <>
            <One exchange={data} onChanged={live.reload} />
            {data.state === 'FINALIZED' && data.agreement && (
              <>
                <p>{t.inForce}</p>
                <StartTransfer agreement={data.agreement} formats={dataset.formats} kind={dataset.kind} main={transfers.length === 0} />
              </>
            )}
            {transfers.map((e) => (
              <OneTransfer key={e.id} id={e.id} />
            ))}
          </>
        )}
      </Load>
    </Section>
  );
}

function OneTransfer({ id }: { id: string }) {
  const { client } = useMe();
  const live = useLive(`exchange ${id}`, [`exchange ${id}`], (signal) => client.call('exchange', { params: { id }, signal }));
  return <Load live={live}>{(data) => <One exchange={data} onChanged={live.reload} />}</Load>;
}

function One({ exchange, onChanged }: { exchange: ExchangeDetail; onChanged: () => void }) {
  const words = useWords();
  const t = words.exchanges;
  return (
    <div className="card stack">
      <p className="row">
        <strong>{t.protocols[exchange.protocol]}</strong>
        <Badge look={lookOfExchange(exchange)} word={stateWord(words, exchange.protocol, exchange.state)} />
        <Link href={to('exchanges', exchange.id)}>{words.catalogue.seeExchange}</Link>
      </p>
      {exchange.waitingFor && <p>{t.waiting[exchange.waitingFor]}</p>}
      <TransferPart exchange={exchange} />
      <Actions exchange={exchange} onDone={onChanged} />
      <LettersOf exchange={exchange} />
      <Reasons reasons={exchange.reasons} />
      <Timeline steps={exchange.steps} protocol={exchange.protocol} told={exchange.reasons} />
    </div>
  );
}
