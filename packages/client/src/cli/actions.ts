import type { Context, Outcome } from './context.ts';
import { UsageError, unknown } from './usage.ts';

export type Action = (context: Context, words: readonly string[]) => Promise<Outcome>;

/** Runs what the first word names; the words after it are the action's own. */
export async function act(context: Context, actions: Readonly<Record<string, Action>>): Promise<Outcome> {
  const [word, ...rest] = context.given.words;
  const known = Object.keys(actions);
  if (word === undefined)
    throw new UsageError({ ko: `무엇을 할지 쓰세요: ${known.join(', ')}`, en: `Say what to do: ${known.join(', ')}` });
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (!action) throw unknown({ ko: '동작', en: 'action' }, word, known);
  return action(context, rest);
}

/** Exactly these words, none missing and none too many; `names` are what a usage error calls them. */
export function exactly<const Names extends readonly string[]>(words: readonly string[], ...names: Names): { [K in keyof Names]: string } {
  const missing = names[words.length];
  if (words.length < names.length) throw new UsageError({ ko: `<${missing}>이(가) 빠졌습니다.`, en: `<${missing}> is missing.` });
  const extra = words[names.length];
  if (extra !== undefined) throw new UsageError({ ko: `남는 말이 있습니다: ${extra}`, en: `One word too many: ${extra}` });
  return [...words] as { [K in keyof Names]: string };
}
