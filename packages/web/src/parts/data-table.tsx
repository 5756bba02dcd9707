// biome-ignore-all lint/a11y/noRedundantRoles: on a phone the rows are laid out as cards, which takes a table's own roles away
import { type ReactNode, useId, useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { grouped } from '../format.ts';
import { useLanguage } from '../language.tsx';
import { setQuery, usePlace } from '../router.ts';
import { Button } from './button.tsx';
import { saveCsv } from './csv.ts';
import './data-table.css';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** What is sorted, found and exported. Without it the column only shows. */
  readonly text?: (row: Row) => string;
  readonly numeric?: boolean;
  /** Sentences: on a phone they take the whole width. */
  readonly long?: boolean;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** With a name the table can be searched and exported; the words searched for stand in the address. */
  readonly tools?: boolean;
  readonly isOn?: (row: Row) => boolean;
  readonly filter?: ReactNode;
}

type Order = { readonly key: string; readonly down: boolean };

/** A table that people live in: sorted by its heads, found by words, exported as seen; cards on a phone. */
export function DataTable<Row>({ label, rows, columns, keyOf, tools = false, isOn, filter }: Props<Row>) {
  const { lang, words } = useLanguage();
  const { query } = usePlace();
  const [order, setOrder] = useState<Order | null>(null);
  const asked = tools ? (query.get('q') ?? '') : '';
  const shown = sorted(found(rows, columns, asked), columns, order, lang);
  return (
    <div className="table-frame">
      {tools && (
        <div className="table-tools no-print">
          <SearchField className="find" value={asked} onChange={(q) => setQuery('q', q)}>
            <Label className="unseen">{`${label}: ${words.common.search}`}</Label>
            <Input placeholder={words.common.search} />
          </SearchField>
          {filter}
          <span className="figure quiet small">{words.common.rows(grouped(shown.length))}</span>
          <Button weight="quiet" onPress={() => saveCsv(label, shown, columns)}>
            {words.common.exportCsv}
          </Button>
        </div>
      )}
      {shown.length === 0 && rows.length > 0 ? (
        <p className="quiet">{words.common.noMatch}</p>
      ) : (
        <table className="table" role="table" aria-label={label}>
          <Heads columns={columns} order={order} onOrder={setOrder} />
          <tbody role="rowgroup">
            {shown.map((row) => (
              <tr key={keyOf(row)} role="row" aria-current={isOn?.(row) ? 'true' : undefined}>
                {columns.map((c) => (
                  <td key={c.key} role="cell" data-head={c.head} className={c.numeric ? 'numeric' : c.long ? 'long' : undefined}>
                    {c.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Heads<Row>({
  columns,
  order,
  onOrder,
}: {
  columns: readonly Column<Row>[];
  order: Order | null;
  onOrder: (order: Order | null) => void;
}) {
  const { words } = useLanguage();
  const id = useId();
  return (
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((c) => {
          const on = order?.key === c.key;
          const next = !on ? { key: c.key, down: false } : order.down ? null : { key: c.key, down: true };
          const direction = on ? (order.down ? 'descending' : 'ascending') : undefined;
          return (
            <th
              key={c.key}
              id={id + c.key}
              role="columnheader"
              scope="col"
              aria-sort={direction}
              className={c.numeric ? 'numeric' : undefined}
            >
              {c.text ? (
                <button type="button" className="sort" title={words.common.sortBy(c.head)} onClick={() => onOrder(next)}>
                  {c.head}
                  <span aria-hidden="true">{on ? (order.down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              ) : (
                c.head
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function found<Row>(rows: readonly Row[], columns: readonly Column<Row>[], asked: string): readonly Row[] {
  const words = asked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const all = columns
      .map((c) => c.text?.(row) ?? '')
      .join(' ')
      .toLocaleLowerCase();
    return words.every((w) => all.includes(w));
  });
}

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null, lang: string): readonly Row[] {
  const column = columns.find((c) => c.key === order?.key);
  if (!order || !column?.text) return rows;
  const text = column.text;
  const collator = new Intl.Collator(lang, { numeric: true });
  const compare = column.numeric
    ? (a: Row, b: Row) => Number(text(a)) - Number(text(b))
    : (a: Row, b: Row) => collator.compare(text(a), text(b));
  return [...rows].sort((a, b) => (order.down ? compare(b, a) : compare(a, b)));
}
