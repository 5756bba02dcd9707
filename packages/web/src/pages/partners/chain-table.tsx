import type { ChainNode, ChainView } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { percent } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { LOOK_OF_CHAIN } from '../../parts/look.ts';
import { chainWord } from '../../parts/words.ts';
import { to } from '../../router.ts';

/** The drawing of the chain as rows: who, which tier, what state, to whom, how much. */
export function ChainTable({ chain }: { chain: ChainView }) {
  const words = useWords();
  const t = words.partners;
  const name = (n: ChainNode | undefined) => n?.party?.name ?? t.private;
  const byId = new Map(chain.nodes.map((n) => [n.id, n]));
  const out = (n: ChainNode) => chain.edges.filter((e) => e.from === n.id);
  const receivers = (n: ChainNode) =>
    out(n)
      .map((e) => name(byId.get(e.to)))
      .join(', ');
  const shares = (n: ChainNode) =>
    out(n)
      .flatMap((e) => (e.share === null ? [] : [percent(e.share.toFixed(4))]))
      .join(', ');
  const columns: readonly Column<ChainNode>[] = [
    {
      key: 'name',
      head: t.name,
      text: name,
      cell: (n) => (n.party && n.state !== 'self' ? <Link href={to('partners', n.party.did)}>{n.party.name}</Link> : name(n)),
    },
    { key: 'tier', head: t.tier, text: (n) => t.tierName(n.tier), cell: (n) => t.tierName(n.tier) },
    {
      key: 'state',
      head: t.state,
      text: (n) => chainWord(words, n),
      cell: (n) => <Badge look={LOOK_OF_CHAIN[n.state]} word={chainWord(words, n)} />,
    },
    { key: 'to', head: t.to, text: receivers, cell: receivers },
    { key: 'share', head: t.share, numeric: true, text: shares, cell: (n) => <span className="figure">{shares(n)}</span> },
    { key: 'products', head: t.products, text: (n) => n.products.join(', '), cell: (n) => n.products.join(', ') },
  ];
  return <DataTable label={t.chain} rows={chain.nodes} columns={columns} keyOf={(n) => n.id} />;
}
