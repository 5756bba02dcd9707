import { useWords } from '../../language.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fold } from '../../parts/fold.tsx';
import { Code } from '../../parts/terms.tsx';
import { leavesOf } from './fields.ts';

type Line = ReturnType<typeof leavesOf>[number];

/** What the other side will get, value by value; the very bytes on demand. */
export function Preview({ value }: { value: unknown }) {
  const t = useWords().offers;
  const columns: readonly Column<Line>[] = [
    { key: 'path', head: t.previewField, text: (l) => l.path, cell: (l) => <code>{l.path}</code> },
    { key: 'value', head: t.previewValue, text: (l) => l.text, cell: (l) => l.text },
  ];
  return (
    <div className="stack tight">
      <DataTable label={t.preview} rows={leavesOf(value)} columns={columns} keyOf={(l) => l.path} />
      <Fold title={t.previewJson}>
        <Code name={t.previewJson} value={value} />
      </Fold>
    </div>
  );
}
