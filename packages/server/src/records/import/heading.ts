import type { Column, Table } from './column.ts';
import { address, type GridRow, isBlank, letter } from './grid.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { type RowProblem, shown } from './problem.ts';
import { loose } from './value-list.ts';

export interface Placed {
  readonly column: Column;
  /** Place in the row, from 0. */
  readonly index: number;
  /** The heading as the file has it. */
  readonly heading: string;
}

const headingsOf = (column: Column) => [column.heading.ko, column.heading.en, column.key, ...(column.aliases ?? [])];

/** Edits (insert, delete, replace) from one text to another; Korean by its letters, so that 수랑 is near 수량. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

function nearest(heading: string, columns: readonly Column[]): Column | undefined {
  const wanted = loose(heading).normalize('NFD').slice(0, 60);
  const ranked = columns.flatMap((column) =>
    headingsOf(column).map((name) => {
      const known = loose(name).normalize('NFD');
      return { column, far: distance(wanted, known) / Math.max(wanted.length, known.length) };
    }),
  );
  const best = ranked.reduce((a, b) => (b.far < a.far ? b : a));
  return best.far <= 0.5 ? best.column : undefined;
}

/** The first row that has content in a column, by column. */
function firstUses(rows: readonly GridRow[]): Map<number, { row: number; text: string }> {
  const uses = new Map<number, { row: number; text: string }>();
  for (const row of rows) {
    row.cells.forEach((cell, index) => {
      if (!isBlank(cell) && !uses.has(index)) uses.set(index, { row: row.number, text: cell!.text });
    });
  }
  return uses;
}

/** Finds the columns of the table in the row of headings; every heading that is unknown, doubled, absent or empty over content is a problem. */
export function placeColumns(table: Table, header: GridRow, below: readonly GridRow[]): { placed: Placed[]; problems: RowProblem[] } {
  const placed: Placed[] = [];
  const problems: RowProblem[] = [];
  const used = firstUses(below);
  const known = new Map(table.columns.flatMap((column) => headingsOf(column).map((name) => [loose(name), column] as const)));
  const width = [...used.keys()].reduce((most, index) => Math.max(most, index + 1), header.cells.length);
  for (let index = 0; index < width; index++) {
    const cell = header.cells[index];
    const at = { row: header.number, column: letter(index), cell: address(header.number, index) };
    if (isBlank(cell)) {
      const use = used.get(index);
      if (use) problems.push({ ...at, row: use.row, cell: address(use.row, index), found: shown(use.text), ...NO_HEADING });
      continue;
    }
    const heading = cell!.text.trim();
    if (cell!.kind === 'bad') {
      problems.push({ ...at, found: shown(heading), problem: cell!.problem, expected: cell!.expected });
      continue;
    }
    const column = known.get(loose(heading));
    const twin = placed.find((p) => p.column === column);
    if (column && !twin) placed.push({ column, index, heading });
    else if (column && twin) problems.push({ ...at, found: shown(heading), ...doubled(twin) });
    else
      problems.push({
        ...at,
        found: shown(heading),
        ...unknown(problems.length < IMPORT_LIMITS.listedErrors ? nearest(heading, table.columns) : undefined),
      });
  }
  for (const column of table.columns) {
    if (!column.required || placed.some((p) => p.column === column)) continue;
    const { ko, en } = column.heading;
    problems.push({
      row: header.number,
      column: `${ko} / ${en}`,
      found: '',
      problem: { ko: '꼭 필요한 열이 없습니다.', en: 'A required column is missing.' },
      expected: { ko: `'${ko}' 열을 넣으세요.`, en: `Add the column “${en}”.` },
    });
  }
  return { placed, problems };
}

const NO_HEADING = {
  problem: { ko: '값은 있는데 제목이 없는 열입니다.', en: 'The column has values but no heading.' },
  expected: { ko: '제목을 쓰거나 이 열의 값을 지우세요.', en: 'Write the heading, or delete the values of this column.' },
};

const doubled = (twin: Placed) => ({
  problem: {
    ko: `${letter(twin.index)}열의 '${twin.heading}'와(과) 같은 뜻의 제목입니다.`,
    en: `It means the same as “${twin.heading}” in column ${letter(twin.index)}.`,
  },
  expected: { ko: '두 열 가운데 하나만 남기세요.', en: 'Keep one of the two columns.' },
});

const unknown = (near: Column | undefined) => ({
  problem: { ko: '모르는 제목입니다.', en: 'The heading is not known.' },
  expected: near
    ? {
        ko: `'${near.heading.ko}' 열이라면 제목을 그렇게 고치고, 아니면 열을 지우세요.`,
        en: `If it is “${near.heading.en}”, write that; otherwise delete the column.`,
      }
    : { ko: '서식에 있는 제목을 쓰거나 열을 지우세요.', en: 'Use a heading of the template, or delete the column.' },
});
