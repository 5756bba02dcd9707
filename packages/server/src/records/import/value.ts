import type { Text } from '@madang/core/text.ts';

/** A cell's value as it is stored, or what is wrong with the cell and what to write instead. */
export type Value = { readonly value: string; readonly notice?: Text } | { readonly problem: Text; readonly expected: Text };

export const good = (value: string, notice?: Text): Value => (notice ? { value, notice } : { value });
export const wrong = (problem: Text, expected: Text): Value => ({ problem, expected });

/** Full-width letters and digits as ordinary ones, the many spaces and minus signs as one; trimmed. */
export const halfWidth = (text: string): string => text.normalize('NFKC').replaceAll(/[−–—]/g, '-').replaceAll(/\s+/g, ' ').trim();
