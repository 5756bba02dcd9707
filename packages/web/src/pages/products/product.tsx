import { useLanguage } from '../../language.tsx';
import { useLive } from '../../live.ts';
import { Crumb } from '../../parts/crumb.tsx';
import { Load } from '../../parts/load.tsx';
import { Page } from '../../parts/page.tsx';
import { recordName } from '../../parts/record-name.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';
import { BomTab } from './bom.tsx';
import { FootprintTab } from './footprint.tsx';
import { OverviewTab } from './overview.tsx';
import { PassportTab } from './passport.tsx';
import './products.css';

const TABS = ['overview', 'bom', 'footprint', 'passport'] as const;
type Tab = (typeof TABS)[number];

export function ProductPage({ id, tab }: { id: string; tab: string }) {
  const { lang, words } = useLanguage();
  const { client } = useMe();
  const record = useLive(`record item ${id}`, ['record'], (signal) => client.call('record', { params: { kind: 'item', id }, signal }));
  const on: Tab = TABS.find((t) => t === tab) ?? 'overview';
  const name = record.data ? recordName(record.data, lang) : id;
  return (
    <Page title={name} above={<Crumb href="/products">{words.rooms.products}</Crumb>}>
      <Tabs
        label={name}
        tabs={TABS.map((t) => ({
          href: t === 'overview' ? to('products', id) : to('products', id, t),
          name: words.products.tabs[t],
          on: t === on,
        }))}
      />
      {on === 'overview' && <Load live={record}>{(data) => <OverviewTab record={data} />}</Load>}
      {on === 'bom' && <BomTab item={id} />}
      {on === 'footprint' && <FootprintTab item={id} />}
      {on === 'passport' && <PassportTab item={id} />}
    </Page>
  );
}
