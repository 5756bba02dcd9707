import type { RecordView } from '@madang/core/api/views.ts';
import type { Item } from '@madang/core/item.ts';
import { labelOf } from '@madang/core/units.ts';
import { Link } from 'react-aria-components';
import { useLanguage } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Go } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { recordName } from '../../parts/record-name.ts';
import { Time } from '../../parts/time.tsx';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';

const MOST = 500;

export function ProductList() {
  const { words } = useLanguage();
  const { client } = useMe();
  const items = useLive(
    'records item',
    ['record'],
    async (signal) => (await client.call('records', { params: { kind: 'item' }, query: { limit: MOST }, signal })).records,
  );
  const action = (
    <Go weight="main" href="/products/import">
      {words.products.import}
    </Go>
  );
  return (
    <Page title={words.rooms.products} purpose={words.products.purpose} action={action}>
      <Load live={items}>{(data) => (data.length === 0 ? <Empty text={words.products.empty} /> : <Items items={data} />)}</Load>
    </Page>
  );
}

function Items({ items }: { items: readonly RecordView[] }) {
  const { lang, words } = useLanguage();
  const t = words.products;
  const unit = (r: RecordView) => {
    const { declaredUnit } = r.body as Partial<Item>;
    return declaredUnit ? labelOf(declaredUnit)[lang] : '';
  };
  const from = (r: RecordView) => r.receivedFrom?.name ?? t.own;
  const columns: readonly Column<RecordView>[] = [
    {
      key: 'name',
      head: t.name,
      text: (r) => recordName(r, lang),
      cell: (r) => <Link href={to('products', r.id)}>{recordName(r, lang)}</Link>,
    },
    { key: 'id', head: t.id, text: (r) => r.id, cell: (r) => <code>{r.id}</code> },
    { key: 'unit', head: t.unit, text: unit, cell: unit },
    { key: 'from', head: t.origin, text: from, cell: from },
    { key: 'at', head: t.updated, text: (r) => r.writtenAt, cell: (r) => <Time at={r.writtenAt} /> },
  ];
  return <DataTable label={words.rooms.products} rows={items} columns={columns} keyOf={(r) => r.id} tools />;
}
