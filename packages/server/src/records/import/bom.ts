import { type BomLine, checkBomLine } from '@madang/core/footprint/bom.ts';
import { checked } from './finding.ts';
import type { RowProblem } from './problem.ts';
import type { ReadRow } from './rows.ts';

const FACTOR_KEYS = ['dataType', 'source', 'status'] as const;

/** Record id of a line, unambiguous whatever the two ids are. */
const lineId = (line: Pick<BomLine, 'item' | 'line'>): string => `${line.item}:${line.line.replaceAll(':', '%3A')}`;

export function bomRecord(row: ReadRow): { id: string; body: BomLine } | RowProblem[] {
  const { values } = row;
  const problems = factorProblems(row);
  if (problems.length > 0) return problems;
  const { factor, dataType, source, status, note, component, supplier, ...rest } = values;
  const body = {
    ...rest,
    component: component ?? null,
    supplier: supplier ?? null,
    ...(factor && { factor: { value: factor, dataType, source, status } }),
    ...(note && { note }),
  };
  const line = checked(row, () => checkBomLine(body), keyOf);
  return Array.isArray(line) ? line : { id: lineId(line), body: line };
}

/** A factor comes with data type, source and status, and they with it: a figure without a source is none. */
function factorProblems(row: ReadRow): RowProblem[] {
  if (row.values.factor !== undefined) {
    return FACTOR_KEYS.filter((key) => row.values[key] === undefined).map((key) => ({
      ...row.at(key),
      problem: { ko: '배출계수는 있는데 이 칸이 비어 있습니다.', en: 'There is a factor, but this cell is empty.' },
      expected: { ko: '배출계수의 자료 구분, 출처, 상태를 모두 쓰세요.', en: 'Give data type, source and status of the factor.' },
    }));
  }
  const given = FACTOR_KEYS.filter((key) => row.values[key] !== undefined);
  if (given.length === 0) return [];
  return [
    {
      ...row.at(given[0]!),
      problem: { ko: '배출계수가 없는데 이 칸에 값이 있습니다.', en: 'There is a value here, but no factor.' },
      expected: {
        ko: '배출계수를 쓰거나, 자료 구분·출처·상태를 비우고 설명은 비고에 쓰세요.',
        en: 'Write the factor, or empty data type, source and status and use the note.',
      },
    },
  ];
}

function keyOf(path: string): string {
  const [, first = '', second] = path.split('/');
  return first === 'factor' && second && second !== 'value' ? second : first;
}
