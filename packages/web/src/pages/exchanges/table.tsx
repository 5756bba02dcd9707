import type { ExchangeView } from '@madang/core/api/views.ts';
import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';
import { useWords } from '../../language.tsx';
import { Badge } from '../../parts/badge.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { lookOfExchange } from '../../parts/look.ts';
import { Time } from '../../parts/time.tsx';
import { stateWord } from '../../parts/words.ts';
import { to } from '../../router.ts';

interface Props {
  exchanges: readonly ExchangeView[];
  label: string;
  tools?: boolean;
  filter?: ReactNode;
  openId?: string | undefined;
  /** Only what tells the lines apart. */
  few?: boolean;
}

/** One line for each negotiation and transfer. With one open beside, only what tells the lines apart. */
export function ExchangeTable({ exchanges, label, tools = false, filter, openId, few = false }: Props) {
  const words = useWords();
  const t = words.exchanges;
  const what: Column<ExchangeView> = {
    key: 'what',
    head: t.what,
    text: (e) => e.title,
    cell: (e) => <Link href={to('exchanges', e.id)}>{e.title}</Link>,
  };
  const partner: Column<ExchangeView> = { key: 'partner', head: t.partner, text: (e) => e.partner.name, cell: (e) => e.partner.name };
  const state: Column<ExchangeView> = {
    key: 'state',
    head: t.state,
    text: (e) => stateWord(words, e.protocol, e.state),
    cell: (e) => <Badge look={lookOfExchange(e)} word={stateWord(words, e.protocol, e.state)} />,
  };
  const rest: readonly Column<ExchangeView>[] = [
    { key: 'protocol', head: t.protocol, text: (e) => t.protocols[e.protocol], cell: (e) => t.protocols[e.protocol] },
    { key: 'role', head: t.role, text: (e) => t.roles[e.role], cell: (e) => t.roles[e.role] },
  ];
  const updated: Column<ExchangeView> = {
    key: 'updated',
    head: t.updated,
    text: (e) => e.updatedAt,
    cell: (e) => <Time at={e.updatedAt} />,
  };
  const columns = openId ? [what, partner, state] : few ? [what, partner, state, updated] : [what, partner, state, ...rest, updated];
  return (
    <DataTable
      label={label}
      rows={exchanges}
      columns={columns}
      keyOf={(e) => e.id}
      tools={tools}
      filter={filter}
      isOn={(e) => e.id === openId}
    />
  );
}
