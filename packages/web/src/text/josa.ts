const HANGUL = 0xac00;

/** Whether a word ends in a sound that takes 을/이/은: read from its last letter or digit; anything unknown counts as a vowel. */
export function endsInConsonant(word: string): boolean {
  const last = word.replace(/[^\p{L}\p{N}]+$/u, '').at(-1) ?? '';
  const code = last.charCodeAt(0) - HANGUL;
  if (code >= 0 && code < 11_172) return code % 28 !== 0;
  return '013678lmnrLMNR'.includes(last) && last !== '';
}

/** A word with the right particle: `josa('여권', '을', '를')` is `여권을`. */
export const josa = (word: string, afterConsonant: string, afterVowel: string): string =>
  word + (endsInConsonant(word) ? afterConsonant : afterVowel);
