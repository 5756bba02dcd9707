import type { CoverageLine, CoverageView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { duration } from '../../format.ts';
import { useLanguage, useRead } from '../../language.tsx';
import { useAct, useLive } from '../../live.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button, Go } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Load } from '../../parts/load.tsx';
import { LOOK_OF_LINE } from '../../parts/look.ts';
import { Progress } from '../../parts/progress.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { to } from '../../router.ts';
import { useMe } from '../../session.tsx';

/** The parts of a product, who answered for each, and one step that asks everyone who is missing. */
export function BomTab({ item }: { item: string }) {
  const { words } = useLanguage();
  const { client } = useMe();
  const t = words.products.bom;
  const coverage = useLive(`coverage ${item}`, ['record', 'exchange'], (signal) => client.call('coverage', { params: { item }, signal }));
  const ask = useAct(async () => {
    await client.call('collectFootprints', { body: { item } });
    coverage.reload();
  });
  const action = (
    <Button weight={coverage.data?.complete ? 'plain' : 'main'} onPress={ask.run} isDisabled={ask.busy}>
      {t.askAll}
    </Button>
  );
  return (
    <Section title={words.products.tabs.bom} purpose={t.purpose} action={action}>
      <Trouble error={ask.error} />
      {ask.busy && <Progress what={t.asking} leave />}
      <Load live={coverage}>{(data) => <Lines coverage={data} />}</Load>
    </Section>
  );
}

function Lines({ coverage }: { coverage: CoverageView }) {
  const { lang, words } = useLanguage();
  const read = useRead();
  const t = words.products.bom;
  if (coverage.lines.length === 0) {
    return (
      <Empty text={t.empty}>
        <Go href="/products/import">{words.products.import}</Go>
      </Empty>
    );
  }
  const why = (l: CoverageLine) => l.reasons.map((r) => read(r.text)).join(' ');
  const word = (l: CoverageLine) => words.products.line[l.status];
  const columns: readonly Column<CoverageLine>[] = [
    { key: 'name', head: t.part, text: (l) => l.name, cell: (l) => l.name },
    {
      key: 'supplier',
      head: t.supplier,
      text: (l) => l.supplier?.name ?? '',
      cell: (l) =>
        l.supplier ? <Link href={to('partners', l.supplier.did)}>{l.supplier.name}</Link> : <span className="quiet">{t.noSupplier}</span>,
    },
    { key: 'status', head: t.status, text: word, cell: (l) => <Badge look={LOOK_OF_LINE[l.status]} word={word(l)} /> },
    { key: 'why', head: t.reason, text: why, cell: why, long: true },
    {
      key: 'exchange',
      head: t.exchange,
      cell: (l) =>
        l.exchange && (
          <Link href={to('exchanges', l.exchange)} aria-label={`${words.common.open}: ${l.name}`}>
            {words.common.open}
          </Link>
        ),
    },
    {
      key: 'took',
      head: t.took,
      numeric: true,
      text: (l) => String(l.took),
      cell: (l) => (l.took > 0 ? <span className="figure">{duration(l.took, lang)}</span> : ''),
    },
  ];
  const missing = coverage.lines.filter((l) => l.status !== 'received' && l.status !== 'own').length;
  return (
    <div className="stack">
      <p className="row">
        <Badge look={coverage.complete ? 'force' : 'mine'} word={coverage.complete ? t.complete : t.incomplete(missing)} />
        {coverage.complete && <Link href={to('products', coverage.item, 'footprint')}>{words.products.footprint.compute}</Link>}
      </p>
      <DataTable label={words.products.tabs.bom} rows={coverage.lines} columns={columns} keyOf={(l) => l.line} tools />
    </div>
  );
}
