import type { Finding } from '@madang/core/check.ts';
import { MadangError } from '@madang/core/error.ts';
import { checkFootprint, footprintWarnings } from '@madang/core/footprint/check.ts';
import type { Footprint } from '@madang/core/footprint/pact.ts';
import { fill, type Text } from '@madang/core/text.ts';
import type { ImportContext } from './column.ts';
import { decode, UNDECODABLE } from './decode.ts';
import { type JsonFault, lineOf, scanJson } from './json-scan.ts';
import { IMPORT_LIMITS, tooManyRows } from './limits.ts';
import { type RowProblem, rejected, shown } from './problem.ts';

const SYNTAX = {
  syntax: {
    problem: { ko: 'JSON 문법에 맞지 않습니다.', en: 'This is not valid JSON.' },
    expected: { ko: '괄호, 쉼표, 따옴표를 확인하세요.', en: 'Check brackets, commas and quotes here.' },
  },
  depth: {
    problem: { ko: '괄호가 너무 깊게 겹쳐 있습니다.', en: 'The brackets are nested too deeply.' },
    expected: { ko: 'PACT 탄소발자국 형식', en: 'the form of a PACT footprint' },
  },
  duplicate: {
    problem: { ko: '같은 키가 한 객체에 두 번 있습니다.', en: 'The object has the same key twice.' },
    expected: { ko: '하나만 남기세요.', en: 'Keep one of the two.' },
  },
};

const WARNING: Text = {
  ko: '{line}번째 줄: {path} = {found}. 맞지 않을 수 있는 값: {ko}',
  en: 'Line {line}: {path} = {found} is doubtful: expected {en}',
};

interface Found {
  readonly footprints: readonly Footprint[];
  readonly notices: readonly Text[];
}

/**
 * Reads PACT 3 footprints: one, an array, or `{ "data": [ … ] }`. Of the participant itself they must pass the strict check; of other
 * companies a broken sum is a notice, since footprints published elsewhere break it widely. Error `import_rejected`: row is the line.
 */
export function readJson(bytes: Uint8Array, context: ImportContext): Found {
  const { text } = decode(bytes);
  const damaged = text.indexOf('\uFFFD');
  if (damaged >= 0) throw rejected([{ ...faultAt(text, { at: damaged, kind: 'syntax' }), ...UNDECODABLE }]);
  const faults = scanJson(text);
  if (faults.length > 0) throw rejected(faults.map((fault) => faultAt(text, fault)));
  const listed = elements(JSON.parse(text));
  if (listed.length === 0) throw new MadangError('import_empty');
  if (listed.length >= IMPORT_LIMITS.rows) throw tooManyRows();

  const findings: { pointer: string; finding: Finding; twin?: true }[] = [];
  const warnings: { pointer: string; finding: Finding }[] = [];
  const footprints: Footprint[] = [];
  const seen = new Set<string>();
  for (const { value, pointer } of listed) {
    const under = (finding: Finding) => ({ pointer: pointer + (finding.path === '/' ? '' : finding.path), finding });
    try {
      const footprint = checkFootprint(value, { strict: isOwn(value, context) });
      if (seen.has(footprint.id))
        findings.push({ ...under({ path: '/id', found: footprint.id, expected: SYNTAX.duplicate.expected }), twin: true });
      seen.add(footprint.id);
      warnings.push(...footprintWarnings(footprint).map(under));
      footprints.push(footprint);
    } catch (cause) {
      if (!(cause instanceof MadangError) || !Array.isArray(cause.data)) throw cause;
      findings.push(...(cause.data as Finding[]).map(under));
    }
  }
  const places = locate(
    text,
    [...findings, ...warnings].map((f) => f.pointer),
  );
  if (findings.length > 0) {
    throw rejected(
      findings.map(({ pointer, finding, twin }) => ({
        ...places(pointer),
        found: shown(finding.found),
        problem: twin
          ? { ko: '같은 id의 탄소발자국이 파일에 두 번 있습니다.', en: 'The file has two footprints of this id.' }
          : { ko: `${pointer}: 값이 규칙에 맞지 않습니다.`, en: `${pointer}: the value breaks a rule.` },
        expected: finding.expected,
      })),
    );
  }
  return {
    footprints,
    notices: warnings.map(({ pointer, finding }) =>
      fill(WARNING, { line: places(pointer).row, path: pointer, found: finding.found, ...finding.expected }),
    ),
  };
}

const isOwn = (value: unknown, context: ImportContext): boolean => {
  const ids = (value as Partial<Footprint> | null)?.companyIds;
  return Array.isArray(ids) && ids.some((id) => context.companyIds.includes(id));
};

function elements(value: unknown): { value: unknown; pointer: string }[] {
  const data = (value as { data?: unknown } | null)?.data;
  const at = (list: unknown[], pointer: string) => list.map((element, i) => ({ value: element, pointer: `${pointer}/${i}` }));
  if (Array.isArray(value)) return at(value, '');
  if (Array.isArray(data)) return at(data, '/data');
  return [{ value, pointer: '' }];
}

function faultAt(text: string, fault: JsonFault): RowProblem {
  const { line, column } = lineOf(text, fault.at);
  const found = fault.key ?? text.slice(fault.at, fault.at + 20);
  return { row: line, column: String(column), found: shown(found), ...SYNTAX[fault.kind] };
}

/** Where values stand in the text; a value that is missing stands where the nearest object around it begins. */
function locate(text: string, pointers: readonly string[]): (pointer: string) => { row: number; column: string } {
  const around = (pointer: string) => pointer.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
  const wanted = new Set(pointers.flatMap(around));
  const places = new Map<string, number>();
  if (wanted.size > 0) scanJson(text, (pointer, at) => wanted.has(pointer) && places.set(pointer, at));
  return (pointer) => {
    const at =
      around(pointer)
        .map((p) => places.get(p))
        .findLast((place) => place !== undefined) ?? 0;
    const { line, column } = lineOf(text, at);
    return { row: line, column: String(column) };
  };
}
