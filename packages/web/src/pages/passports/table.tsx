import type { PassportRef } from '@madang/core/api/views.ts';
import { Link } from 'react-aria-components';
import { useRead, useWords } from '../../language.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Time } from '../../parts/time.tsx';
import { useMe } from '../../session.tsx';
import { pagePath } from './page-path.ts';

export function PassportTable({ passports, tools = false }: { passports: readonly PassportRef[]; tools?: boolean }) {
  const words = useWords();
  const read = useRead();
  const { me } = useMe();
  const t = words.passports;
  const columns: readonly Column<PassportRef>[] = [
    { key: 'name', head: t.product, text: (p) => read(p.name), cell: (p) => <Link href={pagePath(p, me.id)}>{read(p.name)}</Link> },
    { key: 'maker', head: t.maker, text: (p) => p.receivedFrom?.name ?? me.name, cell: (p) => p.receivedFrom?.name ?? me.name },
    { key: 'id', head: t.id, text: (p) => p.id, cell: (p) => <code>{p.id}</code> },
    { key: 'at', head: t.created, text: (p) => p.createdAt, cell: (p) => <Time at={p.createdAt} /> },
  ];
  return <DataTable label={words.rooms.passports} rows={passports} columns={columns} keyOf={(p) => p.id} tools={tools} />;
}
