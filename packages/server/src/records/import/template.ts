import { utils, write } from '@e965/xlsx';
import type { Column } from './column.ts';
import { type ImportKind, TABLES } from './tables.ts';
import { unitSymbols } from './value-list.ts';

export type TemplateFormat = 'xlsx' | 'csv';
type Lang = 'ko' | 'en';

const HELP = {
  ko: { sheet: '도움말', heads: ['제목', '필수', '설명', '쓸 수 있는 값'], required: '필수', optional: '' },
  en: { sheet: 'Help', heads: ['heading', 'required', 'what it is', 'permitted values'], required: 'required', optional: '' },
} as const;

const NUMBER = { ko: '숫자(1234.5)', en: 'number (1234.5)' };
const DAY = { ko: '날짜(2026-11-23)', en: 'date (2026-11-23)' };
const MONTH = { ko: '연월(2026-11)', en: 'year and month (2026-11)' };
const COUNTRY = { ko: '국가 코드(KR) 또는 이름', en: 'country code (KR) or name' };
const ANY = { ko: '글자', en: 'text' };

/**
 * The sheet that a supplier fills in: headings and one example row to write over. XLSX has a second sheet that explains each column;
 * CSV is UTF-8 with byte order mark, so that Excel shows Korean. Both are read back by `readFile`.
 */
export function template(kind: ImportKind, format: TemplateFormat, lang: Lang): Uint8Array {
  const { columns, sheet } = TABLES[kind];
  const headings = columns.map((column) => column.heading[lang]);
  const example = columns.map((column) => column.example?.[lang] ?? '');
  if (format === 'csv') return new TextEncoder().encode(`\uFEFF${[headings, example].map(csvLine).join('')}`);
  const filled = utils.aoa_to_sheet([headings, columns.map((column, i) => cell(column, example[i]!))]);
  filled['!cols'] = headings.map((heading) => ({ wch: Math.max(12, heading.length * (lang === 'ko' ? 2 : 1)) }));
  const book = utils.book_new();
  utils.book_append_sheet(book, filled, sheet[lang]);
  utils.book_append_sheet(book, helpSheet(columns, lang), HELP[lang].sheet);
  return new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer);
}

const csvLine = (cells: readonly string[]): string =>
  `${cells.map((text) => (/[",\r\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\r\n`;

const cell = (column: Column, text: string): string | number | null => {
  if (text === '') return null;
  return column.type === 'decimal' ? Number(text) : text;
};

function helpSheet(columns: readonly Column[], lang: Lang) {
  const { heads, required, optional } = HELP[lang];
  const rows = columns.map((column) => [
    column.heading[lang],
    column.required ? required : optional,
    column.help[lang],
    permitted(column, lang),
  ]);
  const help = utils.aoa_to_sheet([[...heads], ...rows]);
  help['!cols'] = [24, 8, 70, 60].map((wch) => ({ wch }));
  return help;
}

function permitted(column: Column, lang: Lang): string {
  switch (column.type) {
    case 'decimal':
      return NUMBER[lang];
    case 'day':
      return DAY[lang];
    case 'month':
      return MONTH[lang];
    case 'country':
      return COUNTRY[lang];
    case 'unit':
      return unitSymbols(column.declared);
    case 'choice':
      return column.choices.map((choice) => choice[lang]).join(', ');
    default:
      return ANY[lang];
  }
}
