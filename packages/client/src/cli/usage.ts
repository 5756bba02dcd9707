import type { Text } from '@madang/core/text.ts';

/** The command was written wrongly: what is wrong and what to write instead. */
export class UsageError extends Error {
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.name = 'UsageError';
    this.text = text;
  }
}

/** The known word with the fewest letters changed, when it is near enough to have been meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((k) => ({ k, d: distance(word, k) })).sort((a, b) => a.d - b.d);
  const best = ranked[0];
  return best && best.d <= Math.max(2, Math.floor(word.length / 3)) ? best.k : undefined;
}

/** Letters to insert, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** "X is unknown", with the word that was probably meant. */
export function unknown(what: Text, word: string, known: readonly string[]): UsageError {
  const meant = nearest(word, known);
  return new UsageError({
    ko: `모르는 ${what.ko}입니다: ${word}. ${meant ? `${meant}인지 확인하세요.` : `다음 가운데 하나를 쓰세요: ${known.join(', ')}`}`,
    en: `Unknown ${what.en}: ${word}. ${meant ? `Did you mean ${meant}?` : `Use one of: ${known.join(', ')}`}`,
  });
}
