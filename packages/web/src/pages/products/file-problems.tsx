import type { Text } from '@madang/core/text.ts';
import { useRead, useWords } from '../../language.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';

interface Problem {
  readonly row: number;
  readonly column: string;
  readonly cell?: string;
  readonly found: string;
  readonly expected: Text;
  readonly problem: Text;
}

/** Every wrong cell of a refused file: where it is, what stands there, what belongs there. */
export function FileProblems({ error }: { error: unknown }) {
  const words = useWords();
  const read = useRead();
  const t = words.errors;
  const problems = problemsOf(error);
  if (problems.length === 0) return null;
  const columns: readonly Column<Problem>[] = [
    { key: 'row', head: t.row, numeric: true, text: (p) => String(p.row), cell: (p) => <span className="figure">{p.row}</span> },
    { key: 'column', head: t.column, text: (p) => p.column, cell: (p) => `${p.column}${p.cell ? ` (${p.cell})` : ''}` },
    {
      key: 'found',
      head: words.exchanges.found,
      text: (p) => p.found,
      cell: (p) => (p.found === '' ? words.common.none : <code>{p.found}</code>),
    },
    { key: 'wrong', head: t.wrong, text: (p) => read(p.problem), cell: (p) => read(p.problem), long: true },
    { key: 'expected', head: t.expected, text: (p) => read(p.expected), cell: (p) => read(p.expected), long: true },
  ];
  return (
    <DataTable label={t.wrong} rows={problems} columns={columns} keyOf={(p) => `${p.row} ${p.column} ${p.cell ?? ''} ${p.problem.en}`} />
  );
}

function problemsOf(error: unknown): readonly Problem[] {
  const data = (error as { data?: { errors?: unknown } } | null)?.data;
  return Array.isArray(data?.errors) ? (data.errors as Problem[]) : [];
}
