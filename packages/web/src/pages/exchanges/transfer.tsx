import type { ExchangeDetail, Progress as Moved, TransferDetail } from '@madang/core/api/views.ts';
import { useEffect, useState } from 'react';
import { Link } from 'react-aria-components';
import { bytes, duration, grouped } from '../../format.ts';
import { useLanguage } from '../../language.tsx';
import { Badge } from '../../parts/badge.tsx';
import { FileLine } from '../../parts/file-line.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Time } from '../../parts/time.tsx';
import { wayOf } from '../../parts/words.ts';
import { useDataset } from './dataset.ts';
import './exchanges.css';

/** How the data of a transfer travel and how far they are; nothing for a negotiation. */
export function TransferPart({ exchange }: { exchange: ExchangeDetail }) {
  const { words } = useLanguage();
  const { transfer } = exchange;
  if (!transfer) return null;
  const way = wayOf(words, transfer.format, transfer.kind);
  const given = words.given[transfer.kind === 'service' ? 'service' : transfer.format];
  return (
    <div className="stack tight">
      {exchange.role === 'consumer' ? (
        <p className="row">
          <strong>{way.name}</strong>
          <span className="quiet small">{way.text}</span>
        </p>
      ) : (
        <p>{given ?? way.name}</p>
      )}
      {transfer.progress && <Moving moved={transfer.progress} />}
      {transfer.stream && <Subscription stream={transfer.stream} exchange={exchange} />}
      {transfer.stream && exchange.role === 'consumer' && exchange.agreement && (
        <ReceivedLink exchange={exchange} agreement={exchange.agreement} />
      )}
      {transfer.file && <FileLine file={transfer.file} />}
    </div>
  );
}

/** What a subscription brings does not end, so it stands in a place of its own. */
function ReceivedLink({ exchange, agreement }: { exchange: ExchangeDetail; agreement: string }) {
  const { words } = useLanguage();
  const kind = useDataset(exchange.partner.did, exchange.dataset).data?.kind;
  const query = new URLSearchParams({ agreement, ...(kind && { kind }) });
  return (
    <p>
      <Link href={`/exchanges/received?${query}`}>{words.files.seeReceived}</Link>
    </p>
  );
}

/** Data that have not moved for so long stand still: the last rate says nothing any more. */
const STILL_MS = 3_000;

function Moving({ moved }: { moved: Moved }) {
  const { lang, words } = useLanguage();
  const t = words.transfer;
  const still = useStillness(moved);
  if (still >= STILL_MS)
    return (
      <>
        <Meter label={t.progress} done={moved.bytes} total={moved.total} />
        <p className="small">{t.still(duration(still, lang))}</p>
      </>
    );
  if (moved.bytes === 0) return <p className="quiet">{t.waitingData}</p>;
  const left = moved.total !== null && moved.rate > 0 ? ((moved.total - moved.bytes) / moved.rate) * 1000 : null;
  return (
    <>
      <Meter label={t.progress} done={moved.bytes} total={moved.total} />
      <dl className="figures small">
        <div>
          <dt>{t.rate}</dt>
          <dd className="figure">{t.perSecond(bytes(moved.rate))}</dd>
        </div>
        {moved.total !== null && (
          <div>
            <dt>{t.left}</dt>
            <dd className="figure">{left === null ? t.leftUnknown : duration(Math.max(0, left), lang)}</dd>
          </div>
        )}
        {moved.resumed > 0 && (
          <div>
            <dt>{t.resumed}</dt>
            <dd className="figure">{t.resumedTimes(grouped(moved.resumed))}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** Milliseconds since this browser last saw the data move. */
function useStillness({ bytes: amount }: Moved): number {
  const [still, setStill] = useState({ amount, ms: 0 });
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setStill({ amount, ms: Date.now() - began }), 1000);
    return () => clearInterval(timer);
  }, [amount]);
  return still.amount === amount ? still.ms : 0;
}

function Subscription({ stream, exchange }: { stream: NonNullable<TransferDetail['stream']>; exchange: ExchangeDetail }) {
  const { words } = useLanguage();
  const t = words.transfer;
  return (
    <dl className="figures small">
      <div>
        <dt>{t.subscription}</dt>
        <dd>
          {exchange.state === 'STARTED' && <Badge look={stream.open ? 'force' : 'theirs'} word={stream.open ? t.open : t.reopening} />}
          {exchange.state !== 'STARTED' && (words.states.transfer[exchange.state] ?? exchange.state)}
        </dd>
      </div>
      <div>
        <dt>{exchange.role === 'consumer' ? t.came : t.went}</dt>
        <dd className="figure">{t.count(grouped(stream.versions))}</dd>
      </div>
      <div>
        <dt>{t.last}</dt>
        <dd>{stream.last ? <Time at={stream.last} seconds /> : t.lastNone}</dd>
      </div>
    </dl>
  );
}
