import type { MadangError } from '../error.ts';
import type { Text } from '../text.ts';

/** A sentence in both languages as entries of `reason`: JSON-LD language strings, which plain JSON readers can show as well. */
export function toReason({ ko, en }: Text): readonly [object, object] {
  return [
    { '@value': ko, '@language': 'ko' },
    { '@value': en, '@language': 'en' },
  ];
}

/** `code` and `reason` of a termination, suspension or error message, from the error that caused it. */
export function whyOf(error: MadangError): { readonly code: string; readonly reason: readonly unknown[] } {
  return { code: error.code, reason: toReason(error.text) };
}

function plain(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  const value = typeof entry === 'object' && entry !== null && '@value' in entry ? entry['@value'] : entry;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const language = (entry: unknown) => (typeof entry === 'object' && entry !== null && '@language' in entry ? entry['@language'] : undefined);

/** What a peer gave as `reason`, readable whatever its form; entries without a language appear in both. Undefined when it gave none. */
export function fromReason(reason: readonly unknown[] | undefined): Text | undefined {
  if (reason === undefined || reason.length === 0) return undefined;
  const inLanguage = (wanted: string) => {
    const fitting = reason.filter((entry) => language(entry) === wanted || language(entry) === undefined);
    return (fitting.length > 0 ? fitting : reason).map(plain).join(' ');
  };
  return { ko: inLanguage('ko'), en: inLanguage('en') };
}
