import type { ChainView, PartnerView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Go } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Drawn } from '../../parts/drawn.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { Pick } from '../../parts/pick.tsx';
import { ReachBadge } from '../../parts/reach.tsx';
import { Section } from '../../parts/section.tsx';
import { TierMap } from '../../parts/tier-map.tsx';
import { Time } from '../../parts/time.tsx';
import { setQuery, to, usePlace } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { ChainTable } from './chain-table.tsx';

/** The chain as a drawing (or its table), then the address book. */
export function PartnerList() {
  const words = useWords();
  const t = words.partners;
  const { client } = useMe();
  const item = usePlace().query.get('item') ?? undefined;
  const partners = useLive('partners', ['partner'], async (signal) => (await client.call('partners', { signal })).partners);
  const chain = useLive(`chain ${item ?? ''}`, ['exchange', 'record', 'partner'], (signal) =>
    client.call('chain', { query: { item }, signal }),
  );
  const action = (
    <>
      <Go href="/partners/search">{t.search}</Go>
      <Go weight="main" href="/partners/new">
        {t.add}
      </Go>
    </>
  );
  return (
    <Page title={words.rooms.partners} purpose={t.purpose} action={action}>
      <Load live={partners}>
        {(data) =>
          data.length === 0 ? (
            <Empty text={t.empty} />
          ) : (
            <>
              <Load live={chain}>{(view) => <Chain chain={view} />}</Load>
              <Section title={t.list}>
                <AddressBook partners={data} />
              </Section>
            </>
          )
        }
      </Load>
    </Page>
  );
}

const ANY = '-';

function Chain({ chain }: { chain: ChainView }) {
  const words = useWords();
  const read = useRead();
  const t = words.partners;
  const choose = chain.items.length > 1 && (
    <Pick
      bare
      label={t.ofItem}
      options={[{ id: ANY, name: t.anyItem }, ...chain.items.map(({ id, name }) => ({ id, name: read(name) }))]}
      value={chain.item ?? ANY}
      onChange={(id) => setQuery('item', id === ANY ? null : id)}
    />
  );
  return <Drawn title={t.chain} aside={choose} picture={<TierMap chain={chain} label={t.chain} />} table={<ChainTable chain={chain} />} />;
}

function AddressBook({ partners }: { partners: readonly PartnerView[] }) {
  const words = useWords();
  const t = words.partners;
  const columns: readonly Column<PartnerView>[] = [
    { key: 'name', head: t.name, text: (p) => p.name, cell: (p) => <Link href={to('partners', p.did)}>{p.name}</Link> },
    { key: 'relation', head: t.relation, text: (p) => t.relations[p.relation], cell: (p) => t.relations[p.relation] },
    {
      key: 'reach',
      head: t.reach.title,
      text: (p) => t.reach.states[p.reach.state],
      cell: (p) => (
        <span className="stack tight">
          <ReachBadge reach={p.reach} />
          {p.reach.since && (
            <span className="quiet small">
              <Time at={p.reach.since} />
            </span>
          )}
        </span>
      ),
    },
    { key: 'short', head: t.shortName, text: (p) => p.shortName, cell: (p) => <code>{p.shortName}</code> },
    { key: 'groups', head: t.groups, text: (p) => p.groups.join(', '), cell: (p) => p.groups.join(', ') },
    { key: 'did', head: t.did, text: (p) => p.did, cell: (p) => <code>{p.did}</code> },
  ];
  return <DataTable label={t.list} rows={partners} columns={columns} keyOf={(p) => p.did} tools />;
}
