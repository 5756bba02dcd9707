import { parseArgs } from 'node:util';
import type { Text } from '@madang/core/text.ts';
import { UsageError, unknown } from './usage.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly text: Text;
  /** What stands for the value in the help, such as `<day>`. */
  readonly value?: string;
  readonly multiple?: true;
}
export type Options = Readonly<Record<string, Option>>;

/** Understood by every command. */
export const COMMON: Options = {
  json: { type: 'boolean', text: { ko: '결과를 JSON 하나로만 출력', en: 'print the result as one JSON value and nothing else' } },
  lang: {
    type: 'string',
    value: '<ko|en>',
    text: { ko: '언어 (기본: LANG 환경 변수, 없으면 한국어)', en: 'language (default: by LANG, else Korean)' },
  },
  url: { type: 'string', value: '<address>', text: { ko: '서버 주소 (또는 MADANG_URL)', en: 'address of the server (or MADANG_URL)' } },
  key: { type: 'string', value: '<key>', text: { ko: '관리 키 (또는 MADANG_KEY)', en: 'management key (or MADANG_KEY)' } },
  as: {
    type: 'string',
    value: '<id>',
    text: {
      ko: '데이터 폴더의 demo.json에 있는 참여기업으로 실행',
      en: 'act as a participant whose key is in demo.json of the data folder',
    },
  },
  data: {
    type: 'string',
    value: '<folder>',
    text: { ko: '데이터 폴더 (또는 MADANG_DATA, 기본 .madang)', en: 'data folder (or MADANG_DATA, default .madang)' },
  },
  help: { type: 'boolean', text: { ko: '도움말', en: 'this help' } },
};

/** What a command was given, checked against its options. */
export class Given {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, readonly (string | true)[]>;

  constructor(words: readonly string[], values: ReadonlyMap<string, readonly (string | true)[]>) {
    this.words = words;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last value given. */
  text(name: string): string | undefined {
    const value = this.#values.get(name)?.at(-1);
    return value === true ? undefined : value;
  }

  /** All values, those that hold commas taken apart; undefined when the option was not given. */
  list(name: string): [string, ...string[]] | undefined {
    const all = this.#values
      .get(name)
      ?.flatMap((v) => String(v).split(','))
      .map((v) => v.trim())
      .filter((v) => v !== '');
    return all && all.length > 0 ? (all as [string, ...string[]]) : undefined;
  }

  /** All values as they were written. */
  all(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((v) => v !== true);
  }

  /** Seconds; error when it is not a number. */
  seconds(name: string, fallback: number): number {
    const text = this.text(name);
    const value = text === undefined ? fallback : Number(text);
    if (Number.isFinite(value) && value >= 0) return value;
    throw new UsageError({ ko: `--${name}에는 초를 숫자로 쓰세요: ${text}`, en: `--${name} takes a number of seconds: ${text}` });
  }

  /** A number above 0; error when it is not one. */
  number(name: string): number {
    const value = Number(this.text(name));
    if (Number.isFinite(value) && value > 0) return value;
    throw new UsageError({ ko: `--${name}에는 0보다 큰 수를 쓰세요.`, en: `--${name} takes a number above 0.` });
  }

  needed(name: string): string {
    const value = this.text(name);
    if (value) return value;
    throw new UsageError({ ko: `--${name} 값이 필요합니다.`, en: `--${name} is needed.` });
  }
}

/** Reads the arguments. Throws UsageError for what is unknown, lacks its value, or has one too many. */
export function parse(args: readonly string[], own: Options): Given {
  const known: Options = { ...own, ...COMMON };
  const options = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type, multiple: true }]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const words: string[] = [];
  const values = new Map<string, (string | true)[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { type, value: place } = known[token.name] ?? notKnown(token.rawName, known);
    if (type === 'string' && (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))) {
      throw new UsageError({ ko: `${token.rawName} 뒤에 값을 쓰세요: ${place}`, en: `${token.rawName} needs a value: ${place}` });
    }
    if (type === 'boolean' && token.value !== undefined)
      throw new UsageError({ ko: `${token.rawName}에는 값을 쓰지 않습니다.`, en: `${token.rawName} takes no value.` });
    values.set(token.name, [...(values.get(token.name) ?? []), type === 'string' ? token.value! : true]);
  }
  return new Given(words, values);
}

function notKnown(name: string, known: Options): never {
  throw unknown(
    { ko: '옵션', en: 'option' },
    name,
    Object.keys(known).map((k) => `--${k}`),
  );
}
