import type { ExchangeDetail } from '@madang/core/api/views.ts';
import { useState } from 'react';
import { useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Button } from '../../parts/button.tsx';
import { Load } from '../../parts/load.tsx';
import { useMe } from '../../session.tsx';
import { Preview } from '../offers/preview.tsx';

type Ref = ExchangeDetail['received'][number];

/** The records that came through a transfer, each with its values on demand. */
export function ReceivedRecords({ records }: { records: readonly Ref[] }) {
  return (
    <ul className="stack">
      {records.map((r) => (
        <One key={`${r.kind} ${r.id} ${r.version}`} of={r} />
      ))}
    </ul>
  );
}

function One({ of: { kind, id, version } }: { of: Ref }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li className="stack tight">
      <div className="row">
        <strong>{words.offers.kinds[kind]}</strong>
        <code>{id}</code>
        <span className="quiet small">{`${words.products.version} ${version}`}</span>
        <Button weight="quiet" aria-expanded={open} aria-label={`${words.exchanges.seeData}: ${id}`} onPress={() => setOpen(!open)}>
          {words.exchanges.seeData}
        </Button>
      </div>
      {open && <Values of={{ kind, id, version }} />}
    </li>
  );
}

function Values({ of: { kind, id, version } }: { of: Ref }) {
  const { client } = useMe();
  const record = useLive(`record ${kind} ${id} ${version}`, [], (signal) =>
    client.call('record', { params: { kind, id }, query: { version }, signal }),
  );
  return <Load live={record}>{(data) => <Preview value={data.body} label={id} />}</Load>;
}
