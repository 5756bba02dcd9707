import type { OfferView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { usePaged } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Go } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Find } from '../../parts/find.tsx';
import { More } from '../../parts/more.tsx';
import { Page } from '../../parts/page.tsx';
import { Progress } from '../../parts/progress.tsx';
import { Time } from '../../parts/time.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { viewWord } from '../../parts/words.ts';
import { to, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { OfferTabs } from './tabs.tsx';

const PAGE = 100;

/** Our offers, newest first, searched where they are kept. */
export function OfferList() {
  const words = useWords();
  const t = words.offers;
  const { client } = useMe();
  const q = usePlace().query.get('q')?.trim() ?? '';
  const paged = usePaged(
    `offers ${q}`,
    ['offer', 'exchange'],
    (after, signal) =>
      client.call('offers', {
        query: { limit: PAGE, ...(q && { q }), ...(after !== undefined && { after }) },
        ...(signal && { signal }),
      }),
    { rows: (page) => page.offers, next: (page) => page.next, idOf: (o) => o.id },
  );
  const action = (
    <Go weight="main" href="/offers/new">
      {t.new}
    </Go>
  );
  return (
    <Page title={words.rooms.offers} purpose={t.purpose} action={action}>
      <OfferTabs on="offers" />
      <Trouble error={paged.error} onRetry={paged.reload} />
      {!paged.data && !paged.error && <Progress />}
      {paged.data && paged.rows.length === 0 && !q && <Empty text={t.empty} />}
      {(paged.rows.length > 0 || q) && (
        <div className="table-tools no-print">
          <Find label={words.rooms.offers} />
        </div>
      )}
      {paged.data && paged.rows.length === 0 && q && <p className="quiet">{t.noMatch}</p>}
      {paged.rows.length > 0 && <Offers offers={paged.rows} />}
      <More act={paged.more} word={t.more} />
    </Page>
  );
}

function Offers({ offers }: { offers: readonly OfferView[] }) {
  const words = useWords();
  const read = useRead();
  const t = words.offers;
  const what = (o: OfferView) => viewWord(words, o.view);
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
  return <DataTable label={words.rooms.offers} rows={offers} columns={columns} keyOf={(o) => o.id} />;
}
