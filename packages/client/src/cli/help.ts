import type { Text } from '@madang/core/text.ts';
import type { Command } from './context.ts';
import { EXITS } from './exit.ts';
import { COMMON, type Options } from './options.ts';
import { pairs } from './table.ts';

type T = (text: Text) => string;

const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
const block = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...indent(lines)]);
const optionLines = (options: Options, t: T) =>
  pairs(
    Object.entries(options).map(([name, { value, text, multiple }]) => [
      `--${name}${value ? ` ${value}` : ''}${multiple ? ' …' : ''}`,
      t(text),
    ]),
  );
const exitLines = (t: T) => pairs(Object.values(EXITS).map(({ code, text }) => [String(code), t(text)]));

/** All commands, the options that each understands, and the exit codes. */
export function overview(commands: Readonly<Record<string, Command>>, t: T): string[] {
  return [
    t({
      ko: '마당: 각 기업이 데이터를 갖고, 정한 상대에게만 보여 주는 공급망 데이터 스페이스',
      en: 'Madang: a supply-chain data space where each firm keeps its data and shows it to whom it chooses',
    }),
    ...block(t({ ko: '쓰는 법', en: 'Usage' }), ['madang <command> [--help]']),
    ...block(t({ ko: '명령', en: 'Commands' }), pairs(Object.entries(commands).map(([name, { summary }]) => [name, t(summary)]))),
    ...block(t({ ko: '모든 명령의 옵션', en: 'Options of every command' }), optionLines(COMMON, t)),
    ...block(t({ ko: '종료 코드', en: 'Exit codes' }), exitLines(t)),
  ];
}

export function helpOf(command: Command, t: T): string[] {
  return [
    t(command.summary),
    ...block(
      t({ ko: '쓰는 법', en: 'Usage' }),
      command.usage.map((line) => `madang ${line}`),
    ),
    ...block(t({ ko: '옵션', en: 'Options' }), optionLines(command.options, t)),
    ...block(t({ ko: '예', en: 'Example' }), [`madang ${command.example}`]),
    ...block(t({ ko: '모든 명령의 옵션', en: 'Options of every command' }), optionLines(COMMON, t)),
    ...block(t({ ko: '종료 코드', en: 'Exit codes' }), exitLines(t)),
  ];
}
