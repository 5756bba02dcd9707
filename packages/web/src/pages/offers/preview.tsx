import { useState } from 'react';
import { grouped } from '../../format.ts';
import { useWords } from '../../language.tsx';
import { Button } from '../../parts/button.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Fold } from '../../parts/fold.tsx';
import { Code } from '../../parts/terms.tsx';
import { leavesOf } from './fields.ts';

/** A footprint's totals fit; a passport's hundred values are asked for. */
const FEW = 24;

type Line = ReturnType<typeof leavesOf>[number];

/** What the other side will get, value by value; the very bytes on demand. */
export function Preview({ value, label }: { value: unknown; label?: string }) {
  const t = useWords().offers;
  const name = label ?? t.preview;
  const [whole, setWhole] = useState(false);
  const lines = leavesOf(value);
  const left = lines.length - FEW;
  const columns: readonly Column<Line>[] = [
    { key: 'path', head: t.previewField, text: (l) => l.path, cell: (l) => <code>{l.path}</code> },
    { key: 'value', head: t.previewValue, text: (l) => l.text, cell: (l) => l.text },
  ];
  return (
    <div className="stack tight">
      <DataTable label={name} rows={whole ? lines : lines.slice(0, FEW)} columns={columns} keyOf={(l) => l.path} />
      {left > 0 && !whole && (
        <div className="row">
          <Button weight="quiet" onPress={() => setWhole(true)}>
            {t.previewRest(grouped(left))}
          </Button>
        </div>
      )}
      <Fold title={t.previewJson}>
        <Code name={t.previewJson} value={value} />
      </Fold>
    </div>
  );
}
