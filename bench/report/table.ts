import type { Text } from '@madang/core/text.ts';
import { type Figure, isMet, ratioOf, type Target } from '../figure.ts';
import { show } from './number.ts';
import { PEERS } from './peers.ts';

type Language = keyof Text;

const WORDS = {
  ko: { head: ['측정', '값', '비교 대상', '비율', '목표', '달성'], most: '이하', least: '이상', yes: '예', no: '아니요', all: '전부' },
  en: {
    head: ['figure', 'value', 'beside it', 'ratio', 'target', 'met'],
    most: 'at most',
    least: 'at least',
    yes: 'yes',
    no: 'no',
    all: 'all',
  },
};

/** All figures as a markdown table, and the peers' in one of their own. */
export function table(figures: readonly Figure[], language: Language): string {
  const words = WORDS[language];
  const rows = figures.map((figure) => {
    const { name, value, unit, beside } = figure;
    const met = isMet(figure);
    return [
      name[language],
      show(value, unit),
      beside ? `${beside.what[language]} ${show(beside.value, unit)}` : '',
      beside && unit !== '' ? (ratioOf(figure) as number).toFixed(2) : '',
      figure.target ? aim(figure.target, unit, language) : '',
      met === undefined ? '' : met ? words.yes : words.no,
    ];
  });
  return `${markdown(words.head, rows, [1, 3])}\n\n${peers(language)}`;
}

function aim({ of, is, limit }: Target, unit: string, language: Language): string {
  const { most, least, all } = WORDS[language];
  if (unit === '') return all;
  const amount = of === 'value' ? show(limit, unit) : `${limit} ×`;
  const side = is === 'at most' ? most : least;
  return language === 'ko' ? `${amount} ${side}` : `${side} ${amount}`;
}

function peers(language: Language): string {
  const { note, head, rows } = PEERS;
  return `${note[language]}\n\n${markdown(
    head[language],
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell[language]))),
    [],
  )}`;
}

/** `right`: columns of numbers. */
function markdown(head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, n) => (right.includes(n) ? '---:' : '---'))), ...rows.map(line)].join('\n');
}
