import type { OfferView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Go } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';

export function OfferList() {
  const words = useWords();
  const { client } = useMe();
  const offers = useLive('offers', ['offer', 'exchange'], async (signal) => (await client.call('offers', { signal })).offers);
  const action = (
    <Go weight="main" href="/offers/new">
      {words.offers.new}
    </Go>
  );
  return (
    <Page title={words.rooms.offers} purpose={words.offers.purpose} action={action}>
      <Load live={offers}>{(data) => (data.length === 0 ? <Empty text={words.offers.empty} /> : <Offers offers={data} />)}</Load>
    </Page>
  );
}

function Offers({ offers }: { offers: readonly OfferView[] }) {
  const words = useWords();
  const read = useRead();
  const t = words.offers;
  const what = (o: OfferView) => t.kindsCount(t.kinds[o.view.kind], o.view.ids.length);
  const state = (o: OfferView) => (o.withdrawnAt ? t.withdrawn : t.open);
  const columns: readonly Column<OfferView>[] = [
    { key: 'title', head: t.title, text: (o) => o.title, cell: (o) => <Link href={to('offers', o.id)}>{o.title}</Link> },
    { key: 'what', head: t.what, text: what, cell: what },
    { key: 'terms', head: t.terms, text: (o) => read(o.contract.sentence), cell: (o) => read(o.contract.sentence) },
    { key: 'state', head: t.status, text: state, cell: (o) => <Badge look={o.withdrawnAt ? 'theirs' : 'force'} word={state(o)} /> },
    {
      key: 'agreements',
      head: t.agreements,
      numeric: true,
      text: (o) => String(o.agreements),
      cell: (o) => <span className="figure">{o.agreements}</span>,
    },
    { key: 'at', head: t.created, text: (o) => o.createdAt, cell: (o) => <Time at={o.createdAt} /> },
  ];
  return <DataTable label={words.rooms.offers} rows={offers} columns={columns} keyOf={(o) => o.id} tools />;
}
